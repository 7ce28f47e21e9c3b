#include <sent/v1/messages.hpp>

#include "json/field.hpp"
#include "operations/rows.hpp"

namespace sent::detail {

using v1::SendToContactRequest;
using v1::SendToPhoneRequest;

namespace {

/// The map of variables has two names, and only one of them may be set.
template <class Request>
Route::InvalidMember check_variables(const void* request) {
    const auto& send = *static_cast<const Request*>(request);
    if (send.message_body.empty() || send.template_variables.empty()) {
        return {};
    }
    return {"template_variables",
            "is set together with message_body, the same map under its earlier name: set one"};
}

}  // namespace

SENT_TABLE(SendToContactRequest,
           field<&SendToContactRequest::contact_id>("contactId").required(),
           field<&SendToContactRequest::template_id>("templateId").required(),
           field<&SendToContactRequest::message_body>("messageBody"),
           field<&SendToContactRequest::template_variables>("templateVariables"),
           field<&SendToContactRequest::webhook_url>("webhookUrl"));
SENT_TABLE(SendToPhoneRequest,
           field<&SendToPhoneRequest::phone_number>("phoneNumber").required(),
           field<&SendToPhoneRequest::template_id>("templateId").required(),
           field<&SendToPhoneRequest::message_body>("messageBody"),
           field<&SendToPhoneRequest::template_variables>("templateVariables"),
           field<&SendToPhoneRequest::webhook_url>("webhookUrl"));

SENT_OPERATION(SendToContactRequest, legacy_send("v1.messages.send_to_contact", "/v1/messages/contact",
                                                 "Send a template message to a contact")
                                         .checks(&check_variables<SendToContactRequest>));
SENT_OPERATION(SendToPhoneRequest, legacy_send("v1.messages.send_to_phone", "/v1/messages/phone",
                                               "Send a template message to a phone number")
                                       .checks(&check_variables<SendToPhoneRequest>));

SENT_OPERATIONS(v1_messages, SendToContactRequest, SendToPhoneRequest);

}  // namespace sent::detail

namespace sent {

namespace v1 {

Result<void> Messages::send_to_contact(const SendToContactRequest& request,
                                       const CallOptions& options) const {
    return client_.call(request, options);
}

Result<void> Messages::send_to_phone(const SendToPhoneRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

}  // namespace v1
}  // namespace sent
