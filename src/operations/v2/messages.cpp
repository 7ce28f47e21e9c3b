#include <sent/v2/messages.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/route_builder.hpp"

namespace sent::detail {

using v2::GetMessageRequest;
using v2::Message;
using v2::MessageBody;
using v2::MessageButton;
using v2::MessageEvent;
using v2::SendQuickMessageRequest;
using v2::SendToContactRequest;
using v2::SendToPhoneRequest;

namespace {

constexpr Field to_contact_fields[] = {
    field<&SendToContactRequest::contact_id>("contactId").required(),
    field<&SendToContactRequest::template_id>("templateId").required(),
    field<&SendToContactRequest::template_variables>("templateVariables"),
};
constexpr StructInfo to_contact_info{"v2::SendToContactRequest", to_contact_fields};

constexpr Field to_phone_fields[] = {
    field<&SendToPhoneRequest::phone_number>("phoneNumber").required(),
    field<&SendToPhoneRequest::template_id>("templateId").required(),
    field<&SendToPhoneRequest::template_variables>("templateVariables"),
};
constexpr StructInfo to_phone_info{"v2::SendToPhoneRequest", to_phone_fields};

constexpr Field quick_fields[] = {
    field<&SendQuickMessageRequest::phone_number>("phoneNumber").required(),
    field<&SendQuickMessageRequest::custom_message>("customMessage").required(),
};
constexpr StructInfo quick_info{"v2::SendQuickMessageRequest", quick_fields};

constexpr Field get_fields[] = {field<&GetMessageRequest::id>("id").in_path()};
constexpr StructInfo get_info{"v2::GetMessageRequest", get_fields};

constexpr Field button_fields[] = {
    field<&MessageButton::type>("type"),
    field<&MessageButton::value>("value"),
};
constexpr StructInfo button_info{"v2::MessageButton", button_fields};

constexpr Field body_fields[] = {
    field<&MessageBody::header>("header"),
    field<&MessageBody::content>("content"),
    field<&MessageBody::footer>("footer"),
    field<&MessageBody::buttons>("buttons"),
};
constexpr StructInfo body_info{"v2::MessageBody", body_fields};

constexpr Field event_fields[] = {
    field<&MessageEvent::status>("status"),
    field<&MessageEvent::timestamp>("timestamp"),
    field<&MessageEvent::description>("description"),
};
constexpr StructInfo event_info{"v2::MessageEvent", event_fields};

constexpr Field message_fields[] = {
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
    field<&Message::events>("events"),
};
constexpr StructInfo message_info{"v2::Message", message_fields};

constexpr Route to_contact_route =
    legacy_send_route(Generation::v2, "v2.messages.send_to_contact", "/v2/messages/contact", to_contact_info);
constexpr Route to_phone_route =
    legacy_send_route(Generation::v2, "v2.messages.send_to_phone", "/v2/messages/phone", to_phone_info);
constexpr Route quick_route = legacy_send_route(Generation::v2, "v2.messages.send_quick_message",
                                                "/v2/messages/quick-message", quick_info);
constexpr Route get_route =
    read_route(Generation::v2, "v2.messages.get", "/v2/messages/{id}", get_info, message_info);

}  // namespace

const StructInfo& Described<SendToContactRequest>::info() noexcept {
    return to_contact_info;
}
const StructInfo& Described<SendToPhoneRequest>::info() noexcept {
    return to_phone_info;
}
const StructInfo& Described<SendQuickMessageRequest>::info() noexcept {
    return quick_info;
}
const StructInfo& Described<GetMessageRequest>::info() noexcept {
    return get_info;
}
const StructInfo& Described<MessageButton>::info() noexcept {
    return button_info;
}
const StructInfo& Described<MessageBody>::info() noexcept {
    return body_info;
}
const StructInfo& Described<MessageEvent>::info() noexcept {
    return event_info;
}
const StructInfo& Described<Message>::info() noexcept {
    return message_info;
}

}  // namespace sent::detail

namespace sent {

const Route& operation<v2::SendToContactRequest>::route() noexcept {
    return detail::to_contact_route;
}
const Route& operation<v2::SendToPhoneRequest>::route() noexcept {
    return detail::to_phone_route;
}
const Route& operation<v2::SendQuickMessageRequest>::route() noexcept {
    return detail::quick_route;
}
const Route& operation<v2::GetMessageRequest>::route() noexcept {
    return detail::get_route;
}

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
