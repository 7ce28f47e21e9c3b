#include <sent/v3/channels.hpp>

#include "json/field.hpp"
#include "operations/rows.hpp"
#include "operations/v3/replays.hpp"
#include "operations/v3/sms_market.hpp"

namespace sent::detail {
namespace {

void finish_overview(void* response, const HttpRequest& /*request*/, std::string_view /*body*/) {
    for (auto& market : static_cast<ChannelOverview*>(response)->sms) {
        complete_sender(market);
    }
}

}  // namespace

SENT_TABLE(MmsMarket,
           field<&MmsMarket::country>("country"),
           field<&MmsMarket::number_type>("number_type"),
           field<&MmsMarket::sender_value>("sender_value"),
           field<&MmsMarket::status>("status"));
SENT_EMPTY_TABLE(GetChannelsRequest);
SENT_TABLE(ChannelOverview,
           field<&ChannelOverview::customer_id>("customer_id"),
           field<&ChannelOverview::sms>("sms"),
           field<&ChannelOverview::whatsapp>("whatsapp"),
           field<&ChannelOverview::rcs>("rcs"),
           field<&ChannelOverview::mms>("mms"),
           field<&ChannelOverview::voice>("voice"));

SENT_OPERATION(GetChannelsRequest,
               read("v3.channels.get", "/v3/channels", "Get everything that the account sends from")
                   .finishes(&finish_overview));

SENT_OPERATIONS(v3_channels, GetChannelsRequest);

}  // namespace sent::detail

namespace sent {

inline namespace v3 {

Result<ChannelOverview> Channels::get(const CallOptions& options) const {
    return client_.call(GetChannelsRequest{}, options);
}

}  // namespace v3
}  // namespace sent
