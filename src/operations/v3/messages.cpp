#include <sent/v3/messages.hpp>

#include <algorithm>
#include <optional>
#include <utility>

#include "json/decode.hpp"
#include "json/field.hpp"
#include "operations/rows.hpp"
#include "operations/v3/replays.hpp"

namespace sent::detail {
namespace {

Route::InvalidMember check_send(const void* request) {
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

std::size_t messages_of(const void* request) {
    return message_count(*static_cast<const SendMessageRequest*>(request));
}

}  // namespace

SENT_TABLE(TemplateRef,
           field<&TemplateRef::id>("id"),
           field<&TemplateRef::name>("name"),
           field<&TemplateRef::parameters>("parameters"));
SENT_TABLE(SenderChoice,
           field<&SenderChoice::from>("from"),
           field<&SenderChoice::country>("country"),
           field<&SenderChoice::strategy>("strategy"));
SENT_TABLE(SendMessageRequest,
           field<&SendMessageRequest::to>("to").required(),
           field<&SendMessageRequest::channel>("channel"),
           field<&SendMessageRequest::template_ref>("template"),
           field<&SendMessageRequest::text>("text"),
           field<&SendMessageRequest::scheduled_at>("scheduled_at"),
           field<&SendMessageRequest::media_urls>("media_urls"),
           field<&SendMessageRequest::subject>("subject"),
           field<&SendMessageRequest::channels>("channels"));
SENT_TABLE(SentMessage,
           field<&SentMessage::message_id>("message_id"),
           field<&SentMessage::to>("to"),
           field<&SentMessage::channel>("channel"),
           field<&SentMessage::body>("body"));
SENT_TABLE(SendMessageResponse,
           field<&SendMessageResponse::status>("status"),
           field<&SendMessageResponse::template_id>("template_id"),
           field<&SendMessageResponse::template_name>("template_name"),
           field<&SendMessageResponse::recipients>("recipients"),
           field<&SendMessageResponse::scheduled_at>("scheduled_at"));
SENT_TABLE(GetMessageRequest,
           field<&GetMessageRequest::id>("id").in_path());
SENT_TABLE(CancelMessageRequest,
           field<&CancelMessageRequest::id>("id").in_path());
SENT_TABLE(ResendMessageRequest,
           field<&ResendMessageRequest::id>("id").in_path());
SENT_TABLE(MessageButton,
           field<&MessageButton::type>("type"),
           field<&MessageButton::value>("value"),
           field<&MessageButton::text>("text"),
           field<&MessageButton::postback_data>("postbackData"));
SENT_TABLE(MessageMedia,
           field<&MessageMedia::url>("url"),
           field<&MessageMedia::media_type>("mediaType"));
SENT_TABLE(MessageBody,
           field<&MessageBody::header>("header"),
           field<&MessageBody::content>("content"),
           field<&MessageBody::footer>("footer"),
           field<&MessageBody::buttons>("buttons"),
           field<&MessageBody::subject>("subject"),
           field<&MessageBody::media>("media"),
           field<&MessageBody::header_media>("headerMedia"));
SENT_TABLE(MessageHeaderMedia,
           field<&MessageHeaderMedia::type>("type"),
           field<&MessageHeaderMedia::url>("url"));
SENT_TABLE(MessageEvent,
           field<&MessageEvent::status>("status"),
           field<&MessageEvent::timestamp>("timestamp"),
           field<&MessageEvent::description>("description"));
SENT_TABLE(Message,
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
           field<&Message::metadata>("metadata"));
SENT_TABLE(GetMessageActivitiesRequest,
           field<&GetMessageActivitiesRequest::id>("id").in_path());
SENT_TABLE(MessageActivity,
           field<&MessageActivity::status>("status"),
           field<&MessageActivity::description>("description"),
           field<&MessageActivity::from>("from"),
           field<&MessageActivity::timestamp>("timestamp"),
           field<&MessageActivity::price>("price"),
           field<&MessageActivity::active_contact_price>("active_contact_price"),
           field<&MessageActivity::scheduled_at>("scheduled_at"),
           field<&MessageActivity::reason_code>("reason_code"),
           field<&MessageActivity::reason>("reason"));
SENT_TABLE(MessageActivities,
           field<&MessageActivities::message_id>("message_id"),
           field<&MessageActivities::activities>("activities"),
           field<&MessageActivities::pagination>("pagination"));

SENT_OPERATION(SendMessageRequest, keyed_write("v3.messages.send", "POST", "/v3/messages",
                                               "Send a message to one or more recipients")
                                       .counts(&messages_of)
                                       .checks(&check_send)
                                       .checks_replays(&other_send));
SENT_OPERATION(GetMessageRequest, read("v3.messages.get", "/v3/messages/{id}", "Get a message"));
SENT_OPERATION(GetMessageActivitiesRequest, read("v3.messages.activities", "/v3/messages/{id}/activities",
                                                 "List the activities of a message"));

// The answer to a resend may name another id, and its request names nothing else: a replay has nothing to
// compare.
SENT_OPERATION(ResendMessageRequest,
               keyed_write("v3.messages.resend", "POST", "/v3/messages/{id}/resend", "Send a message again")
                   .counts(&one_message));
SENT_OPERATION(CancelMessageRequest, keyed_write("v3.messages.cancel", "POST", "/v3/messages/{id}/cancel",
                                                 "Cancel a message that is held")
                                         .without_sandbox()
                                         .checks_replays(&other_id<Message>));

SENT_OPERATIONS(v3_messages, SendMessageRequest, GetMessageRequest, GetMessageActivitiesRequest,
                ResendMessageRequest, CancelMessageRequest);

}  // namespace sent::detail

namespace sent {

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

Result<Message> Messages::cancel(std::string id, const CallOptions& options) const {
    return client_.call(CancelMessageRequest{std::move(id)}, options);
}

Result<SendMessageResponse> Messages::resend(std::string id, const CallOptions& options) const {
    return client_.call(ResendMessageRequest{std::move(id)}, options);
}

Result<MessageActivities> Messages::activities(std::string id, const CallOptions& options) const {
    return client_.call(GetMessageActivitiesRequest{std::move(id)}, options);
}

}  // namespace v3
}  // namespace sent
