#include <sent/v3/messages.hpp>

#include <algorithm>
#include <optional>
#include <utility>

#include "json/decode.hpp"
#include "json/field.hpp"
#include "operations/v3/replays.hpp"
#include "operations/v3/routes.hpp"

namespace sent::detail {
namespace {

constexpr Field template_ref_fields[] = {
    field<&TemplateRef::id>("id"),
    field<&TemplateRef::name>("name"),
    field<&TemplateRef::parameters>("parameters"),
};
constexpr StructInfo template_ref_info{"v3::TemplateRef", template_ref_fields};

constexpr Field sender_choice_fields[] = {
    field<&SenderChoice::from>("from"),
    field<&SenderChoice::country>("country"),
    field<&SenderChoice::strategy>("strategy"),
};
constexpr StructInfo sender_choice_info{"v3::SenderChoice", sender_choice_fields};

constexpr Field send_message_fields[] = {
    field<&SendMessageRequest::to>("to").required(),
    field<&SendMessageRequest::channel>("channel"),
    field<&SendMessageRequest::template_ref>("template"),
    field<&SendMessageRequest::text>("text"),
    field<&SendMessageRequest::scheduled_at>("scheduled_at"),
    field<&SendMessageRequest::media_urls>("media_urls"),
    field<&SendMessageRequest::subject>("subject"),
    field<&SendMessageRequest::channels>("channels"),
};
constexpr StructInfo send_message_info{"v3::SendMessageRequest", send_message_fields};

constexpr Field sent_message_fields[] = {
    field<&SentMessage::message_id>("message_id"),
    field<&SentMessage::to>("to"),
    field<&SentMessage::channel>("channel"),
    field<&SentMessage::body>("body"),
};
constexpr StructInfo sent_message_info{"v3::SentMessage", sent_message_fields};

constexpr Field send_message_response_fields[] = {
    field<&SendMessageResponse::status>("status"),
    field<&SendMessageResponse::template_id>("template_id"),
    field<&SendMessageResponse::template_name>("template_name"),
    field<&SendMessageResponse::recipients>("recipients"),
    field<&SendMessageResponse::scheduled_at>("scheduled_at"),
};
constexpr StructInfo send_message_response_info{"v3::SendMessageResponse", send_message_response_fields};

constexpr Field get_message_fields[] = {
    field<&GetMessageRequest::id>("id").in_path(),
};
constexpr StructInfo get_message_info{"v3::GetMessageRequest", get_message_fields};

constexpr Field message_button_fields[] = {
    field<&MessageButton::type>("type"),
    field<&MessageButton::value>("value"),
    field<&MessageButton::text>("text"),
    field<&MessageButton::postback_data>("postbackData"),
};
constexpr StructInfo message_button_info{"v3::MessageButton", message_button_fields};

constexpr Field message_media_fields[] = {
    field<&MessageMedia::url>("url"),
    field<&MessageMedia::media_type>("mediaType"),
};
constexpr StructInfo message_media_info{"v3::MessageMedia", message_media_fields};

constexpr Field message_body_fields[] = {
    field<&MessageBody::header>("header"),
    field<&MessageBody::content>("content"),
    field<&MessageBody::footer>("footer"),
    field<&MessageBody::buttons>("buttons"),
    field<&MessageBody::subject>("subject"),
    field<&MessageBody::media>("media"),
    field<&MessageBody::header_media>("headerMedia"),
};
constexpr StructInfo message_body_info{"v3::MessageBody", message_body_fields};

constexpr Field message_header_media_fields[] = {
    field<&MessageHeaderMedia::type>("type"),
    field<&MessageHeaderMedia::url>("url"),
};
constexpr StructInfo message_header_media_info{"v3::MessageHeaderMedia", message_header_media_fields};

constexpr Field message_event_fields[] = {
    field<&MessageEvent::status>("status"),
    field<&MessageEvent::timestamp>("timestamp"),
    field<&MessageEvent::description>("description"),
};
constexpr StructInfo message_event_info{"v3::MessageEvent", message_event_fields};

constexpr Field message_fields[] = {
    field<&Message::id>("id"),
    field<&Message::customer_id>("customer_id"),
    field<&Message::contact_id>("contact_id"),
    field<&Message::phone>("phone"),
    field<&Message::phone_international>("phone_international"),
    field<&Message::region_code>("region_code"),
    field<&Message::template_id>("template_id"),
    field<&Message::template_name>("template_name"),
    field<&Message::template_category>("template_category"),
    field<&Message::channel>("channel"),
    field<&Message::message_body>("message_body"),
    field<&Message::status>("status"),
    field<&Message::direction>("direction"),
    field<&Message::created_at>("created_at"),
    field<&Message::price>("price"),
    field<&Message::active_contact_price>("active_contact_price"),
    field<&Message::events>("events"),
    field<&Message::scheduled_at>("scheduled_at"),
    field<&Message::metadata>("metadata"),
};
constexpr StructInfo message_info{"v3::Message", message_fields};

constexpr Field get_message_activities_fields[] = {
    field<&GetMessageActivitiesRequest::id>("id").in_path(),
};
constexpr StructInfo get_message_activities_info{"v3::GetMessageActivitiesRequest",
                                                 get_message_activities_fields};

constexpr Field message_activity_fields[] = {
    field<&MessageActivity::status>("status"),
    field<&MessageActivity::description>("description"),
    field<&MessageActivity::from>("from"),
    field<&MessageActivity::timestamp>("timestamp"),
    field<&MessageActivity::price>("price"),
    field<&MessageActivity::active_contact_price>("active_contact_price"),
    field<&MessageActivity::scheduled_at>("scheduled_at"),
    field<&MessageActivity::reason_code>("reason_code"),
    field<&MessageActivity::reason>("reason"),
};
constexpr StructInfo message_activity_info{"v3::MessageActivity", message_activity_fields};

constexpr Field message_activities_fields[] = {
    field<&MessageActivities::message_id>("message_id"),
    field<&MessageActivities::activities>("activities"),
    field<&MessageActivities::pagination>("pagination"),
};
constexpr StructInfo message_activities_info{"v3::MessageActivities", message_activities_fields};

Route::Problem check_send(const void* request) {
    const auto& send = *static_cast<const SendMessageRequest*>(request);
    if (send.to.size() > max_recipients_per_request) {
        return {"to", "has more than 1,000 recipients: split it, or let Messages::send_to_many() do so"};
    }
    return {};
}

Route::ReplayMismatch other_send(const HttpRequest& request, const void* response, std::string_view body) {
    const auto mismatch = compare_send(sent_request<SendMessageRequest>(request),
                                       *static_cast<const SendMessageResponse*>(response), body);
    if (mismatch.other_template) {
        return {"with another template"};
    }
    if (mismatch.other_text) {
        return {"with another text"};
    }
    if (mismatch.other_recipients) {
        return {"to other recipients"};
    }
    if (mismatch.fewer_recipients) {
        return {"to some of its recipients or channels only", true};
    }
    return {};
}

constexpr Route send_route() noexcept {
    auto route = v3_write_route("v3.messages.send", "POST", "/v3/messages", send_message_info,
                                &send_message_response_info);
    route.rate_class = RateClass::message;
    route.message_count = [](const void* request) {
        return message_count(*static_cast<const SendMessageRequest*>(request));
    };
    route.check = &check_send;
    route.replay_mismatch = &other_send;
    return route;
}

constexpr Route send_message_route = send_route();
constexpr Route get_message_route =
    v3_read_route("v3.messages.get", "/v3/messages/{id}", get_message_info, message_info);
constexpr Route get_message_activities_route =
    v3_read_route("v3.messages.activities", "/v3/messages/{id}/activities", get_message_activities_info,
                  message_activities_info);

}  // namespace

const StructInfo& Described<TemplateRef>::info() noexcept {
    return template_ref_info;
}
const StructInfo& Described<SenderChoice>::info() noexcept {
    return sender_choice_info;
}
const StructInfo& Described<SendMessageRequest>::info() noexcept {
    return send_message_info;
}
const StructInfo& Described<SentMessage>::info() noexcept {
    return sent_message_info;
}
const StructInfo& Described<SendMessageResponse>::info() noexcept {
    return send_message_response_info;
}
const StructInfo& Described<GetMessageRequest>::info() noexcept {
    return get_message_info;
}
const StructInfo& Described<MessageButton>::info() noexcept {
    return message_button_info;
}
const StructInfo& Described<MessageMedia>::info() noexcept {
    return message_media_info;
}
const StructInfo& Described<MessageBody>::info() noexcept {
    return message_body_info;
}
const StructInfo& Described<MessageHeaderMedia>::info() noexcept {
    return message_header_media_info;
}
const StructInfo& Described<MessageEvent>::info() noexcept {
    return message_event_info;
}
const StructInfo& Described<Message>::info() noexcept {
    return message_info;
}
const StructInfo& Described<GetMessageActivitiesRequest>::info() noexcept {
    return get_message_activities_info;
}
const StructInfo& Described<MessageActivity>::info() noexcept {
    return message_activity_info;
}
const StructInfo& Described<MessageActivities>::info() noexcept {
    return message_activities_info;
}

}  // namespace sent::detail

namespace sent {

const Route& operation<SendMessageRequest>::route() noexcept {
    return detail::send_message_route;
}
const Route& operation<GetMessageRequest>::route() noexcept {
    return detail::get_message_route;
}
const Route& operation<GetMessageActivitiesRequest>::route() noexcept {
    return detail::get_message_activities_route;
}

inline namespace v3 {

std::optional<MessageHeaderMedia> header_media_of(const MessageBody& body) {
    if (body.header_media.text.empty() || body.header_media.text.front() != '{') {
        return std::nullopt;
    }
    MessageHeaderMedia media;
    (void)detail::decode(body.header_media.text, media);
    return media;
}

std::size_t message_count(const SendMessageRequest& request) noexcept {
    return request.to.size() * std::max<std::size_t>(request.channel.size(), 1);
}

Result<SendMessageResponse> Messages::send(const SendMessageRequest& request,
                                           const CallOptions& options) const {
    return client_.call(request, options);
}

Result<Message> Messages::get(std::string id, const CallOptions& options) const {
    return client_.call(GetMessageRequest{std::move(id)}, options);
}

Result<MessageActivities> Messages::activities(std::string id, const CallOptions& options) const {
    return client_.call(GetMessageActivitiesRequest{std::move(id)}, options);
}

}  // namespace v3
}  // namespace sent
