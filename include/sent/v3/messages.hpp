#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <sent/client.hpp>
#include <sent/json_text.hpp>
#include <sent/open_enum.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/common.hpp>

namespace sent {
inline namespace v3 {

/// Which way a message went. The set is open.
class MessageDirection : public OpenEnum<MessageDirection> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant outbound{"OUTBOUND"};
    static constexpr Constant inbound{"INBOUND"};
};

/// How a sender is chosen among several. The set is open.
class SenderStrategy : public OpenEnum<SenderStrategy> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant sticky{"sticky"};
    static constexpr Constant geo{"geo"};
};

/// The template that a message is made of, by id or by name, but not both.
struct TemplateRef {
    std::optional<std::string> id{};
    std::optional<std::string> name{};
    /// Name of the template variable to its value. Every variable that the template declares
    /// (Template::variables) needs one; other names are ignored. A template with an image header declares
    /// `header_image`: a public https URL, which is fetched when the message is sent.
    std::map<std::string, std::string> parameters{};
};

/// The senders that may be used on a channel.
struct SenderChoice {
    /// Active senders of this account, E.164. If several fit, one with the recipient's area code is
    /// preferred.
    std::vector<std::string> from{};
    /// Kept by the service, but not acted on yet.
    std::optional<std::string> country{};
    /// Kept by the service, but not acted on yet.
    std::optional<SenderStrategy> strategy{};
};

/// What the service accepts in one send.
inline constexpr std::size_t max_recipients_per_request = 1000;

/// `POST /v3/messages`: sends a message to each recipient, on each channel.
///
/// **Several channels are a broadcast, not a fallback order:** each recipient gets one message on each of
/// them, and each is billed. For a message that goes out once by whatever works, leave `channel` empty. See
/// message_count().
struct SendMessageRequest {
    /// Required: 1 to 1,000 numbers, E.164. Messages::send_to_many() splits longer lists.
    std::vector<std::string> to{};
    /// Empty: the service chooses one (Channel::automatic). More than one: a broadcast, one billed message
    /// for each.
    std::vector<Channel> channel{};
    /// `template` on the wire. Either this or `text`.
    std::optional<TemplateRef> template_ref{};
    /// Free text, which the service judges for each message after the 202 (`docs/v3.md`, "Free text"). On
    /// WhatsApp alone it goes out within 24 hours of the contact's last WhatsApp message, else the message is
    /// FAILED. On other channels it goes out once the contact has replied, or for 7 days after the last
    /// approved template, else the message is BLOCKED.
    std::optional<std::string> text{};
    /// 1 minute to 30 days ahead. Goes out with an explicit offset, as the service demands. Balance, approval
    /// and quiet hours are looked at when the message is released, and quiet hours can hold it longer.
    std::optional<Timestamp> scheduled_at{};
    /// Public https URLs, fetched after the send. MMS only, where they take the place of the template's
    /// media; every other channel ignores them. If the service chooses the channel, only a message with media
    /// can go out as MMS.
    std::vector<std::string> media_urls{};
    /// MMS only, where it takes the place of the template's subject; every other channel ignores it.
    std::optional<std::string> subject{};
    /// Senders by channel (`sms`, ...; `sent` is refused). This does not choose channels: `channel` does. A
    /// channel without a list may use any sender. If no listed number is an active sender, the request is
    /// accepted and the message ends BLOCKED with `BUSINESS_029`.
    std::map<std::string, std::vector<SenderChoice>> channels{};
};

/// How many messages the request makes, each of which is billed: recipients times channels.
[[nodiscard]] SENT_EXPORT std::size_t message_count(const SendMessageRequest& request) noexcept;

/// One of the messages that a send has made.
struct SentMessage {
    /// For Messages::get(). May be absent.
    std::optional<std::string> message_id{};
    std::string to{};
    /// Empty: the service chooses; it is not the channel that was chosen.
    Channel channel{};
    /// Text with the parameters filled in.
    std::optional<std::string> body{};
};

/// What `POST /v3/messages` answers. Accepted is not delivered: lack of balance, an unapproved template or a
/// closed conversation show later, as BLOCKED, and an opt-out as FILTERED.
struct SendMessageResponse {
    MessageStatus status{};
    std::optional<std::string> template_id{};
    std::optional<std::string> template_name{};
    std::vector<SentMessage> recipients{};
    /// Of scheduled sends.
    std::optional<Timestamp> scheduled_at{};
};

/// `GET /v3/messages/{id}`.
struct GetMessageRequest {
    std::string id{};
};

/// A button as it was sent.
struct MessageButton {
    std::string type{};
    std::string value{};
    std::optional<std::string> text{};
    std::optional<std::string> postback_data{};
};

/// A picture or the like that came with a message.
struct MessageMedia {
    std::string url{};
    std::string media_type{};
};

/// A message's content after the parameters were filled in.
struct MessageBody {
    std::optional<std::string> header{};
    std::string content{};
    std::optional<std::string> footer{};
    std::vector<MessageButton> buttons{};
    /// MMS.
    std::optional<std::string> subject{};
    std::vector<MessageMedia> media{};
    /// Media of the header, as it comes. See header_media_of().
    RawJson header_media{};
};

/// A picture, video or document above a message's text.
struct MessageHeaderMedia {
    /// `image`, `video`, `document`.
    std::string type{};
    std::string url{};
};

/// MessageBody::header_media, read. Nothing if there is none.
[[nodiscard]] SENT_EXPORT std::optional<MessageHeaderMedia> header_media_of(const MessageBody& body);

/// One step of a message's life.
struct MessageEvent {
    MessageStatus status{};
    std::optional<Timestamp> timestamp{};
    std::optional<std::string> description{};
};

/// A message. What the service leaves out is empty.
struct Message {
    std::string id{};
    std::string customer_id{};
    std::string contact_id{};
    /// E.164.
    std::string phone{};
    std::string phone_international{};
    /// ISO 3166-1 alpha-2.
    std::string region_code{};
    std::optional<std::string> template_id{};
    std::optional<std::string> template_name{};
    std::optional<TemplateCategory> template_category{};
    Channel channel{};
    std::optional<MessageBody> message_body{};
    MessageStatus status{};
    MessageDirection direction{};
    std::optional<Timestamp> created_at{};
    /// A number on the wire; the documentation names no currency. The exact text is in an activity's `price`.
    std::optional<double> price{};
    std::optional<double> active_contact_price{};
    std::vector<MessageEvent> events{};
    /// Only of a message that is or was held, by SendMessageRequest::scheduled_at or by quiet hours. If it
    /// was cancelled, the time that was called off.
    std::optional<Timestamp> scheduled_at{};
    /// Open.
    RawJson metadata{};
};

/// `GET /v3/messages/{id}/activities`.
struct GetMessageActivitiesRequest {
    std::string id{};
};

/// Something that happened to a message.
struct MessageActivity {
    MessageStatus status{};
    std::string description{};
    std::optional<std::string> from{};
    std::optional<Timestamp> timestamp{};
    /// A decimal number with 4 places, as text.
    std::optional<std::string> price{};
    std::optional<std::string> active_contact_price{};
    /// SCHEDULED only. A message that quiet hours moved has two such activities.
    std::optional<Timestamp> scheduled_at{};
    /// Why the message got no further, such as `DELIVERY_007` (`docs/errors.md`, "Reason codes"). Open.
    std::optional<std::string> reason_code{};
    /// The same as a sentence, whose wording may change.
    std::optional<std::string> reason{};
};

/// All that happened to a message.
struct MessageActivities {
    std::string message_id{};
    /// Newest first.
    std::vector<MessageActivity> activities{};
    std::optional<Pagination> pagination{};
};

/// Whether a text has the form of E.164: `+`, a digit that is not 0, 6 to 14 more digits, and nothing else.
/// Whether there is such a number, the service knows.
[[nodiscard]] SENT_EXPORT bool is_e164(std::string_view number) noexcept;

/// How Messages::send_to_many splits a long list.
struct SendToManyOptions {
    /// Recipients in a request: 1 to 1,000, which is what the service accepts.
    std::size_t recipients_per_request = max_recipients_per_request;
    /// Requests under way at once.
    std::size_t max_in_flight = 4;
    /// Leaves out numbers that are not E.164 (see is_e164()): one of them would have the service refuse the
    /// whole request, and its other recipients would get nothing.
    bool leave_out_bad_numbers = true;
    /// For every request. Of an idempotency key each request gets its own part (`key-1`, `key-2`, ...), so
    /// that the same list with the same key and `recipients_per_request` takes effect once.
    CallOptions call{};
    /// As BulkOptions::max_outage.
    std::chrono::milliseconds max_outage{std::chrono::minutes{5}};
    /// Leaves out numbers that stand earlier in the list, however they are spelled: each would get the
    /// message twice.
    bool leave_out_repeated_numbers = true;
};

/// Whether Messages::send_to_many left a recipient out, and why.
enum class LeftOut {
    no,
    bad_number,      ///< the number is not E.164; see is_e164()
    repeated_number  ///< the same number stands earlier in the list, and gets the message there
};

/// What became of one recipient on one channel.
struct RecipientResult {
    std::string to{};
    /// As asked for; empty: the service chooses.
    Channel channel{};
    /// Empty when the request failed, or the service gave no id.
    std::optional<std::string> message_id{};
    /// Which of SendToManyReport::requests it belongs to. Empty if it was left out.
    std::optional<std::size_t> request{};
    /// `accepted` only if the service's reply names the recipient. `unknown` if the request was accepted, but
    /// its reply does not name the recipient.
    Outcome outcome = Outcome::not_sent;
    LeftOut left_out = LeftOut::no;
    /// Why it was left out, for people; empty if it was not. For a bad number the reason that tidy_number()
    /// gives.
    std::string reason{};
};

/// What Messages::send_to_many did.
struct SendToManyReport {
    /// In the order of the list; with several channels, each recipient's together.
    std::vector<RecipientResult> recipients{};
    /// One for each request, in order.
    std::vector<Result<SendMessageResponse>> requests{};
    /// Messages that the service has accepted.
    std::size_t accepted = 0;
    /// Messages that certainly were not accepted. Repeated numbers are not among them.
    std::size_t failed = 0;
    /// May have been accepted: ask again with the key of the request (ResponseMeta::idempotency_key), within
    /// 24 hours.
    std::size_t uncertain = 0;
    /// Messages that were left out since their number stands earlier in the list (LeftOut::repeated_number).
    std::size_t repeated = 0;
    /// Why the run ended early; empty if nothing stopped it. See BulkReport::stopped_by.
    std::optional<Error> stopped_by{};
};

/// How Messages::wait_until_final polls.
struct WaitOptions {
    /// When to give up.
    std::chrono::milliseconds deadline{std::chrono::minutes{2}};
    /// Doubles up to `max_interval`.
    std::chrono::milliseconds initial_interval{500};
    std::chrono::milliseconds max_interval{15'000};
    /// A message that is FAILED for as long as this is taken to have failed for good.
    std::chrono::milliseconds failed_for{30'000};
    /// For each poll. Its `cancel` ends the wait.
    CallOptions call{};
};

/// Sending and following messages. Thread-safe.
///
/// A send carries an idempotency key, the caller's or one made for the call, and is repeated with the same
/// one when it fails for a passing reason; so it takes effect once. Without a key
/// (`ClientOptions::auto_idempotency_key = false`) it is never repeated once it may have left
/// (Outcome::unknown).
class SENT_EXPORT Messages {
  public:
    explicit Messages(Client client) noexcept : client_(std::move(client)) {}

    /// `POST /v3/messages`. Several channels are a broadcast, each message billed.
    /// Errors beside those of every call: invalid_request (no recipient, more than 1,000), bad_request
    /// (VALIDATION_...), not_found (RESOURCE_002, RESOURCE_014), rate_limited (BUSINESS_002, LIMIT_001).
    Result<SendMessageResponse> send(const SendMessageRequest& request,
                                     const CallOptions& options = {}) const;

    /// Sends to lists of any length, in as many requests as they need, and reports for each recipient. An
    /// error of one request leaves the others alone. A channel that is named twice counts once.
    [[nodiscard]] SendToManyReport send_to_many(const SendMessageRequest& request,
                                                const SendToManyOptions& options = {}) const;

    /// `GET /v3/messages/{id}`. A read. Unknown id: ErrorKind::not_found (RESOURCE_003).
    Result<Message> get(std::string id, const CallOptions& options = {}) const;
    /// `GET /v3/messages/{id}/activities`. A read; the newest come first.
    Result<MessageActivities> activities(std::string id, const CallOptions& options = {}) const;

    /// Why a message did not get through, without a delivery that says so (MessageStatusEvent::reason_code):
    /// the latest of its activities that is FAILED, FILTERED or BLOCKED, with `reason_code` and `reason`
    /// where the service gives them. Nothing when there is none. A message that has failed may still arrive
    /// by another way. A read.
    Result<std::optional<MessageActivity>> failure_reason(std::string id,
                                                          const CallOptions& options = {}) const;

    /// Reads the message again and again until its status is final (see is_final()) or FAILED for good. A
    /// message that is not there yet (404) is waited for, too. Ends with ErrorKind::timeout at the deadline,
    /// with ErrorKind::cancelled when `options.call.cancel` says so, and with the poll's Error when one
    /// fails.
    Result<Message> wait_until_final(std::string id, const WaitOptions& options = {}) const;
    /// The same without blocking: returns a future.
    [[nodiscard]] std::future<Result<Message>> submit_wait_until_final(std::string id,
                                                                       const WaitOptions& options = {}) const;
    /// The same without blocking: `callback` gets the Result, once, on the thread or executor where callbacks
    /// of Client::submit run.
    template <class Callback, class = std::enable_if_t<!std::is_convertible_v<Callback, WaitOptions>>>
    void submit_wait_until_final(std::string id, Callback callback, const WaitOptions& options = {}) const {
        if constexpr (std::is_invocable_v<Callback&, Result<Message>>) {
            auto kept = std::make_shared<Callback>(std::move(callback));
            start_waiting(
                std::move(id), [kept](Result<Message> result) { (*kept)(std::move(result)); }, options);
        } else {
            static_assert(
                detail::never<Callback>,
                "sent: the second argument of submit_wait_until_final() is sent::WaitOptions, or a callback "
                "that takes sent::Result<sent::Message>");
        }
    }
    /// The former name of submit_wait_until_final() with a callback.
    template <class Callback, class = std::enable_if_t<std::is_invocable_v<Callback&, Result<Message>>>>
    [[deprecated("use submit_wait_until_final(id, callback, options)")]] void wait_until_final(
        std::string id, Callback callback, const WaitOptions& options = {}) const {
        submit_wait_until_final(std::move(id), std::move(callback), options);
    }

  private:
    void start_waiting(std::string id, std::function<void(Result<Message>)> callback,
                       const WaitOptions& options) const;

    Client client_;
};

}  // namespace v3
}  // namespace sent

inline sent::Messages sent::Client::messages() const {
    return Messages{*this};
}

SENT_DETAIL_HASHABLE(sent::v3::MessageDirection);
SENT_DETAIL_HASHABLE(sent::v3::SenderStrategy);

SENT_DETAIL_DESCRIBE(sent::v3::TemplateRef);
SENT_DETAIL_DESCRIBE(sent::v3::SenderChoice);
SENT_DETAIL_DESCRIBE(sent::v3::SendMessageRequest);
SENT_DETAIL_DESCRIBE(sent::v3::SentMessage);
SENT_DETAIL_DESCRIBE(sent::v3::SendMessageResponse);
SENT_DETAIL_DESCRIBE(sent::v3::GetMessageRequest);
SENT_DETAIL_DESCRIBE(sent::v3::MessageButton);
SENT_DETAIL_DESCRIBE(sent::v3::MessageMedia);
SENT_DETAIL_DESCRIBE(sent::v3::MessageBody);
SENT_DETAIL_DESCRIBE(sent::v3::MessageHeaderMedia);
SENT_DETAIL_DESCRIBE(sent::v3::MessageEvent);
SENT_DETAIL_DESCRIBE(sent::v3::Message);
SENT_DETAIL_DESCRIBE(sent::v3::GetMessageActivitiesRequest);
SENT_DETAIL_DESCRIBE(sent::v3::MessageActivity);
SENT_DETAIL_DESCRIBE(sent::v3::MessageActivities);
SENT_DETAIL_OPERATION(sent::v3::SendMessageRequest, sent::v3::SendMessageResponse);
SENT_DETAIL_OPERATION(sent::v3::GetMessageRequest, sent::v3::Message);
SENT_DETAIL_OPERATION(sent::v3::GetMessageActivitiesRequest, sent::v3::MessageActivities);
