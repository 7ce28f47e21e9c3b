#include <sent/v3/whatsapp_channels.hpp>

#include "json/field.hpp"
#include "operations/rows.hpp"
#include "operations/v3/replays.hpp"

namespace sent::detail {
namespace {

Route::ReplayMismatch other_account(const HttpRequest& request, const void* response,
                                    std::string_view /*body*/) {
    return mismatch_unless(may_be_same_name(sent_request<CreateWhatsappChannelRequest>(request).waba_id,
                                            static_cast<const WhatsappChannel*>(response)->waba_id),
                           "for another account");
}

}  // namespace

SENT_TABLE(CreateWhatsappChannelRequest,
           field<&CreateWhatsappChannelRequest::waba_id>("waba_id").required(),
           field<&CreateWhatsappChannelRequest::phone_number_id>("phone_number_id"));
SENT_TABLE(WhatsappChannel,
           field<&WhatsappChannel::waba_id>("waba_id"),
           field<&WhatsappChannel::phone_number_id>("phone_number_id"),
           field<&WhatsappChannel::solution_id>("solution_id"),
           field<&WhatsappChannel::owner_business_id>("owner_business_id"),
           field<&WhatsappChannel::status>("status"),
           field<&WhatsappChannel::reason_code>("reason_code"),
           field<&WhatsappChannel::reason>("reason"));

SENT_OPERATION(CreateWhatsappChannelRequest,
               keyed_write("v3.channels.whatsapp.create", "POST", "/v3/channels/whatsapp",
                           "Connect a WhatsApp Business Account")
                   .checks_replays(&other_account));

SENT_OPERATIONS(v3_whatsapp_channels, CreateWhatsappChannelRequest);

}  // namespace sent::detail

namespace sent {

inline namespace v3 {

Result<WhatsappChannel> WhatsappChannels::create(const CreateWhatsappChannelRequest& request,
                                                 const CallOptions& options) const {
    return client_.call(request, options);
}

}  // namespace v3
}  // namespace sent
