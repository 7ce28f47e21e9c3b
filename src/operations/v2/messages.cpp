#include <sent/v2/messages.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/rows.hpp"

namespace sent::detail {

using v2::GetMessageRequest;
using v2::Message;
using v2::MessageBody;
using v2::MessageButton;
using v2::MessageEvent;
using v2::SendQuickMessageRequest;
using v2::SendToContactRequest;
using v2::SendToPhoneRequest;

SENT_TABLE(SendToContactRequest,
           field<&SendToContactRequest::contact_id>("contactId").required(),
           field<&SendToContactRequest::template_id>("templateId").required(),
           field<&SendToContactRequest::template_variables>("templateVariables"));
SENT_TABLE(SendToPhoneRequest,
           field<&SendToPhoneRequest::phone_number>("phoneNumber").required(),
           field<&SendToPhoneRequest::template_id>("templateId").required(),
           field<&SendToPhoneRequest::template_variables>("templateVariables"));
SENT_TABLE(SendQuickMessageRequest,
           field<&SendQuickMessageRequest::phone_number>("phoneNumber").required(),
           field<&SendQuickMessageRequest::custom_message>("customMessage").required());
SENT_TABLE(GetMessageRequest,
           field<&GetMessageRequest::id>("id").in_path());
SENT_TABLE(MessageButton,
           field<&MessageButton::type>("type"),
           field<&MessageButton::value>("value"));
SENT_TABLE(MessageBody,
           field<&MessageBody::header>("header"),
           field<&MessageBody::content>("content"),
           field<&MessageBody::footer>("footer"),
           field<&MessageBody::buttons>("buttons"));
SENT_TABLE(MessageEvent,
           field<&MessageEvent::status>("status"),
           field<&MessageEvent::timestamp>("timestamp"),
           field<&MessageEvent::description>("description"));
SENT_TABLE(Message,
           field<&Message::id>("id"),
           field<&Message::customer_id>("customerId"),
           field<&Message::contact_id>("contactId"),
           field<&Message::phone_number>("phoneNumber"),
           field<&Message::phone_number_international>("phoneNumberInternational"),
           field<&Message::region_code>("regionCode"),
           field<&Message::template_id>("templateId"),
           field<&Message::template_name>("templateName"),
           field<&Message::template_category>("templateCategory"),
           field<&Message::channel>("channel"),
           field<&Message::message_body>("messageBody"),
           field<&Message::status>("status"),
           field<&Message::created_at>("createdAt"),
           field<&Message::corrected_price>("correctedPrice"),
           field<&Message::events>("events"));

SENT_OPERATION(SendToContactRequest, legacy_send("v2.messages.send_to_contact", "/v2/messages/contact",
                                                 "Send a template message to a contact"));
SENT_OPERATION(SendToPhoneRequest, legacy_send("v2.messages.send_to_phone", "/v2/messages/phone",
                                               "Send a template message to a phone number"));
SENT_OPERATION(SendQuickMessageRequest,
               legacy_send("v2.messages.send_quick_message", "/v2/messages/quick-message",
                           "Send a text without a template of your own"));
SENT_OPERATION(GetMessageRequest,
               read("v2.messages.get", "/v2/messages/{id}", "Get a message with its events"));

SENT_OPERATIONS(v2_messages, SendToContactRequest, SendToPhoneRequest, SendQuickMessageRequest,
                GetMessageRequest);

}  // namespace sent::detail

namespace sent {

namespace v2 {

Result<void> Messages::send_to_contact(const SendToContactRequest& request,
                                       const CallOptions& options) const {
    return client_.call(request, options);
}

Result<void> Messages::send_to_phone(const SendToPhoneRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

Result<void> Messages::send_quick_message(const SendQuickMessageRequest& request,
                                          const CallOptions& options) const {
    return client_.call(request, options);
}

Result<Message> Messages::get(std::string id, const CallOptions& options) const {
    return client_.call(GetMessageRequest{std::move(id)}, options);
}

}  // namespace v2
}  // namespace sent
