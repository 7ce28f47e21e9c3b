#include <sent/v1/messages.hpp>

#include "json/field.hpp"
#include "operations/route_builder.hpp"

namespace sent::detail {

using v1::SendToContactRequest;
using v1::SendToPhoneRequest;

namespace {

constexpr Field to_contact_fields[] = {
    field<&SendToContactRequest::contact_id>("contactId").required(),
    field<&SendToContactRequest::template_id>("templateId").required(),
    field<&SendToContactRequest::message_body>("messageBody"),
    field<&SendToContactRequest::template_variables>("templateVariables"),
    field<&SendToContactRequest::webhook_url>("webhookUrl"),
};
constexpr StructInfo to_contact_info{"v1::SendToContactRequest", to_contact_fields};

constexpr Field to_phone_fields[] = {
    field<&SendToPhoneRequest::phone_number>("phoneNumber").required(),
    field<&SendToPhoneRequest::template_id>("templateId").required(),
    field<&SendToPhoneRequest::message_body>("messageBody"),
    field<&SendToPhoneRequest::template_variables>("templateVariables"),
    field<&SendToPhoneRequest::webhook_url>("webhookUrl"),
};
constexpr StructInfo to_phone_info{"v1::SendToPhoneRequest", to_phone_fields};

/// The two names of the variables' map exclude each other.
template <class Request>
Route::Problem check_variables(const void* request) {
    const auto& send = *static_cast<const Request*>(request);
    if (send.message_body.empty() || send.template_variables.empty()) {
        return {};
    }
    return {"template_variables",
            "is set together with message_body, the same map under its earlier name: set one"};
}

template <class Request>
constexpr Route send_route(std::string_view name, std::string_view path, const StructInfo& request) noexcept {
    auto route = legacy_send_route(Generation::v1, name, path, request);
    route.check = &check_variables<Request>;
    return route;
}

constexpr Route to_contact_route =
    send_route<SendToContactRequest>("v1.messages.send_to_contact", "/v1/messages/contact", to_contact_info);
constexpr Route to_phone_route =
    send_route<SendToPhoneRequest>("v1.messages.send_to_phone", "/v1/messages/phone", to_phone_info);

}  // namespace

const StructInfo& Described<SendToContactRequest>::info() noexcept {
    return to_contact_info;
}
const StructInfo& Described<SendToPhoneRequest>::info() noexcept {
    return to_phone_info;
}

}  // namespace sent::detail

namespace sent {

const Route& operation<v1::SendToContactRequest>::route() noexcept {
    return detail::to_contact_route;
}
const Route& operation<v1::SendToPhoneRequest>::route() noexcept {
    return detail::to_phone_route;
}

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
