#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
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

/// Direction of a message. Open enumeration: see OpenEnum.
class MessageDirection : public OpenEnum<MessageDirection> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant outbound{"OUTBOUND"};
    static constexpr Constant inbound{"INBOUND"};
};

/// How the service chooses among several senders. Open enumeration: see OpenEnum.
class SenderStrategy : public OpenEnum<SenderStrategy> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant sticky{"sticky"};
    static constexpr Constant geo{"geo"};
};

/// Selects the template of a message. Set either `id` or `name`.
struct TemplateRef {
    std::optional<std::string> id{};
    std::optional<std::string> name{};
    /// Values of the template's variables, by name of the variable. Every variable that the template declares
    /// (Template::variables) needs a value; the service ignores other names. A template with an image header
    /// declares `header_image`: a public https URL, which the service fetches when it sends the message.
    std::map<std::string, std::string> parameters{};
};

/// The senders that the service may use on a channel.
struct SenderChoice {
    /// Active senders of this account, E.164. If several fit, the service prefers one with the recipient's
    /// area code.
    std::vector<std::string> from{};
    /// The service stores it but does not use it yet.
    std::optional<std::string> country{};
    /// The service stores it but does not use it yet.
    std::optional<SenderStrategy> strategy{};
};

/// Maximum number of recipients that the service accepts in one send.
inline constexpr std::size_t max_recipients_per_request = 1000;

/// Sends a message to each recipient on each channel: `POST /v3/messages`. See Messages::send().
///
/// **Several channels are a broadcast, not an order of preference:** each recipient gets one message on each
/// channel, and each message is billed. To send each recipient one message on a channel that the service
/// chooses, leave `channel` empty. See message_count().
struct SendMessageRequest {
    /// Required. 1 to 1,000 numbers, E.164. Messages::send_to_many() splits longer lists.
    std::vector<std::string> to{};
    /// If it is empty, which is the default, the service chooses one channel (Channel::automatic). If it has
    /// several, each recipient gets one billed message on each.
    std::vector<Channel> channel{};
    /// Template of the message. Set either this or `text`. `template` on the wire.
    std::optional<TemplateRef> template_ref{};
    /// Free text. The service decides about each message after the 202 (`docs/v3.md`, "Free text"). On
    /// WhatsApp alone, the message is sent within 24 hours of the contact's last WhatsApp message; otherwise
    /// it is FAILED. On other channels, it is sent if the contact has replied, or for 7 days after the last
    /// approved template; otherwise it is BLOCKED.
    std::optional<std::string> text{};
    /// Time of a scheduled send, 1 minute to 30 days from now. The library writes it with an explicit offset,
    /// which the service requires. The service checks balance, approval and quiet hours when it releases the
    /// message; quiet hours can hold it longer.
    std::optional<Timestamp> scheduled_at{};
    /// Public https URLs, which the service fetches after the send. Only for MMS, where they replace the
    /// template's media; every other channel ignores them. If the service chooses the channel, only a message
    /// with media can be sent as MMS.
    std::vector<std::string> media_urls{};
    /// Only for MMS, where it replaces the template's subject; every other channel ignores it.
    std::optional<std::string> subject{};
    /// Permitted senders by channel (`sms`, ...; the service refuses `sent`). It does not select channels:
    /// `channel` does. A channel that is not listed may use any sender. If none of the listed numbers is an
    /// active sender, the service accepts the request and the message ends as BLOCKED with `BUSINESS_029`.
    std::map<std::string, std::vector<SenderChoice>> channels{};
};

/// Returns the number of messages that the request creates, each of which is billed: recipients times
/// channels. An empty `channel` counts as one.
[[nodiscard]] SENT_EXPORT std::size_t message_count(const SendMessageRequest& request) noexcept;

/// One message that a send created.
struct SentMessage {
    /// Id for Messages::get(). The service may leave it out.
    std::optional<std::string> message_id{};
    std::string to{};
    /// Channel as requested. If it is empty, the service chooses; the member does not show the choice.
    Channel channel{};
    /// Text with the parameters filled in.
    std::optional<std::string> body{};
};

/// Answer to `POST /v3/messages`. The service has accepted the messages; it has not delivered them. If the
/// balance is too low, the template is not approved or no conversation is open, the message becomes BLOCKED
/// later. If the contact has opted out, it becomes FILTERED.
struct SendMessageResponse {
    MessageStatus status{};
    std::optional<std::string> template_id{};
    std::optional<std::string> template_name{};
    std::vector<SentMessage> recipients{};
    /// Only for a scheduled send.
    std::optional<Timestamp> scheduled_at{};
};

/// Reads a message: `GET /v3/messages/{id}`. See Messages::get().
struct GetMessageRequest {
    /// Required.
    std::string id{};
};

/// A button as it was sent.
struct MessageButton {
    std::string type{};
    std::string value{};
    std::optional<std::string> text{};
    std::optional<std::string> postback_data{};
};

/// A media file, such as a picture, of a message.
struct MessageMedia {
    std::string url{};
    /// Such as `image/png`.
    std::optional<std::string> media_type{};
};

/// Content of a message after the parameters were filled in.
struct MessageBody {
    std::optional<std::string> header{};
    std::string content{};
    std::optional<std::string> footer{};
    std::vector<MessageButton> buttons{};
    /// Only for MMS.
    std::optional<std::string> subject{};
    std::vector<MessageMedia> media{};
    /// Media of the header, as JSON. header_media_of() reads it.
    RawJson header_media{};
};

/// A picture, video or document above the text of a message.
struct MessageHeaderMedia {
    /// `image`, `video` or `document`.
    std::string type{};
    std::string url{};
};

/// Reads MessageBody::header_media. Returns nothing if the message has no header media.
[[nodiscard]] SENT_EXPORT std::optional<MessageHeaderMedia> header_media_of(const MessageBody& body);

/// One status change of a message.
struct MessageEvent {
    MessageStatus status{};
    std::optional<Timestamp> timestamp{};
    std::optional<std::string> description{};
};

/// A message. Members that the service leaves out are empty.
struct Message {
    std::string id{};
    std::string customer_id{};
    std::string contact_id{};
    /// Number of the contact, E.164.
    std::string phone{};
    std::string phone_international{};
    /// Country of the contact, ISO 3166-1 alpha-2.
    std::string region_code{};
    std::optional<std::string> template_id{};
    std::optional<std::string> template_name{};
    std::optional<TemplateCategory> template_category{};
    Channel channel{};
    std::optional<MessageBody> message_body{};
    MessageStatus status{};
    MessageDirection direction{};
    std::optional<Timestamp> created_at{};
    /// Price. It is a number on the wire, and the service does not document the currency.
    /// MessageActivity::price has the exact text.
    std::optional<double> price{};
    std::optional<double> active_contact_price{};
    std::vector<MessageEvent> events{};
    /// Only for a message that is or was held, by SendMessageRequest::scheduled_at or by quiet hours. If the
    /// message was cancelled, this is the time for which it was scheduled.
    std::optional<Timestamp> scheduled_at{};
    /// JSON of any shape.
    RawJson metadata{};
};

/// Reads the activities of a message: `GET /v3/messages/{id}/activities`. See Messages::activities().
struct GetMessageActivitiesRequest {
    /// Required.
    std::string id{};
};

/// One activity of a message, such as a status change.
struct MessageActivity {
    MessageStatus status{};
    std::string description{};
    std::optional<std::string> from{};
    std::optional<Timestamp> timestamp{};
    /// A decimal number with 4 places, as text.
    std::optional<std::string> price{};
    std::optional<std::string> active_contact_price{};
    /// Only for SCHEDULED. If quiet hours moved the message, it has two such activities.
    std::optional<Timestamp> scheduled_at{};
    /// Code of the reason why the message was not delivered, such as `DELIVERY_007` (`docs/errors.md`,
    /// "Reason codes"). The set is open.
    std::optional<std::string> reason_code{};
    /// The same reason as a sentence, whose wording may change.
    std::optional<std::string> reason{};
};

/// Activities of a message.
struct MessageActivities {
    std::string message_id{};
    /// Newest first.
    std::vector<MessageActivity> activities{};
    std::optional<Pagination> pagination{};
};

/// Returns whether the text has the form of E.164: `+`, a digit that is not 0, 6 to 14 more digits, and
/// nothing else. It does not check that the number exists. Thread-safe.
[[nodiscard]] SENT_EXPORT bool is_e164(std::string_view number) noexcept;

/// Options of Messages::send_to_many().
struct SendToManyOptions {
    /// Maximum number of recipients in a request, 1 to 1,000. Defaults to 1,000, the limit of the service.
    std::size_t recipients_per_request = max_recipients_per_request;
    /// Maximum number of pending requests. Defaults to 4.
    std::size_t max_in_flight = 4;
    /// If it is true, which is the default, numbers that are not E.164 (see is_e164()) are not sent to. The
    /// service refuses a whole request with one such number, so its other recipients would get nothing.
    bool leave_out_bad_numbers = true;
    /// Options of every request. If an idempotency key is set, each request gets its own key made from it
    /// (`key-1`, `key-2`, ...). Then the same list with the same key and the same `recipients_per_request`
    /// takes effect once.
    CallOptions call{};
    /// How long the run waits while the service cannot be reached, in milliseconds. Defaults to 5 minutes.
    /// See BulkOptions::max_outage.
    std::chrono::milliseconds max_outage{std::chrono::minutes{5}};
    /// If it is true, which is the default, a number that is already in the list is not sent to again, even
    /// if it is spelled differently.
    bool leave_out_repeated_numbers = true;
};

/// Whether Messages::send_to_many() left out a recipient, and why.
enum class LeftOut {
    no,
    bad_number,      ///< the number is not E.164; see is_e164()
    repeated_number  ///< the same number is earlier in the list, where it gets the message
};

/// Result for one recipient on one channel.
struct RecipientResult {
    std::string to{};
    /// Channel as requested. If it is empty, the service chooses.
    Channel channel{};
    /// Empty if the request failed or the service returned no id.
    std::optional<std::string> message_id{};
    /// Index in SendToManyReport::requests. Empty if the recipient was left out.
    std::optional<std::size_t> request{};
    /// Outcome::accepted only if the answer names the recipient. If the request was accepted but its answer
    /// does not name the recipient, Outcome::unknown.
    Outcome outcome = Outcome::not_sent;
    /// Whether the recipient was left out, and why.
    LeftOut left_out = LeftOut::no;
    /// Why the recipient was left out, as text for people; empty if it was not. For a bad number it is the
    /// reason that tidy_number() reports.
    std::string reason{};
};

/// Report of Messages::send_to_many().
struct SendToManyReport {
    /// Results in the order of the list. If there are several channels, the results of one recipient are
    /// adjacent.
    std::vector<RecipientResult> recipients{};
    /// Result of each request, in order.
    std::vector<Result<SendMessageResponse>> requests{};
    /// Number of messages that the service accepted.
    std::size_t accepted = 0;
    /// Number of messages that were certainly not accepted. Repeated numbers are not counted.
    std::size_t failed = 0;
    /// Number of messages that may have been accepted. To find out, send again with the key of the request
    /// (ResponseMeta::idempotency_key) within 24 hours.
    std::size_t uncertain = 0;
    /// Number of messages that were left out because their number is already in the list
    /// (LeftOut::repeated_number).
    std::size_t repeated = 0;
    /// Why the run ended early; empty if it ran to the end. See BulkReport::stopped_by.
    std::optional<Error> stopped_by{};
};

/// Options of Messages::wait_until_final().
struct WaitOptions {
    /// Time limit of the whole wait, in milliseconds. Defaults to 2 minutes.
    std::chrono::milliseconds deadline{std::chrono::minutes{2}};
    /// Interval between the first polls, in milliseconds. Defaults to 500 ms. It doubles up to
    /// `max_interval`.
    std::chrono::milliseconds initial_interval{500};
    /// Maximum interval between polls, in milliseconds. Defaults to 15 s.
    std::chrono::milliseconds max_interval{15'000};
    /// If a message stays FAILED for this time, in milliseconds, it counts as failed for good. Defaults to 30
    /// s.
    std::chrono::milliseconds failed_for{30'000};
    /// Options of each poll. Its `cancel` ends the wait.
    CallOptions call{};
};

/// Sends messages and follows them. Thread-safe.
///
/// A send carries an idempotency key: the caller's, or one that the library makes for the call. After
/// transient failures it is retried with the same key, so it takes effect once. Without a key
/// (`ClientOptions::auto_idempotency_key = false`), the library does not retry a send if it is unknown
/// whether it took effect, and the call ends with Outcome::unknown.
class SENT_EXPORT Messages {
  public:
    explicit Messages(Client client) noexcept : client_(std::move(client)) {}

    /// Sends a message to each recipient on each channel: `POST /v3/messages`. Each message is billed. A
    /// write with an idempotency key: retried with the same key after transient failures.
    ///
    /// Errors, in addition to the errors of every call: invalid_request (no recipient, or more than 1,000),
    /// bad_request (VALIDATION_...), not_found (RESOURCE_002, RESOURCE_014) and rate_limited (BUSINESS_002,
    /// LIMIT_001).
    Result<SendMessageResponse> send(const SendMessageRequest& request,
                                     const CallOptions& options = {}) const;

    /// Sends to a list of any length, in as many requests as it needs (`POST /v3/messages`), and reports a
    /// result for each recipient. Blocks until all requests have ended. If one request fails, the others are
    /// still sent. A channel that is named twice counts once. In a callback on the transport's thread it
    /// refuses to send; see Client::bulk().
    [[nodiscard]] SendToManyReport send_to_many(const SendMessageRequest& request,
                                                const SendToManyOptions& options = {}) const;

    /// Returns the message with this id: `GET /v3/messages/{id}`. A read: retried after transient failures.
    /// If the id is unknown, the call fails with ErrorKind::not_found (RESOURCE_003).
    Result<Message> get(std::string id, const CallOptions& options = {}) const;
    /// Returns the activities of a message, newest first: `GET /v3/messages/{id}/activities`. A read: retried
    /// after transient failures.
    Result<MessageActivities> activities(std::string id, const CallOptions& options = {}) const;

    /// Returns why a message was not delivered: the latest of its activities that is FAILED, FILTERED or
    /// BLOCKED, with `reason_code` and `reason` if the service sends them. Returns nothing if there is no
    /// such activity. Use it if no delivery with MessageStatusEvent::reason_code is at hand. A message that
    /// has failed may still arrive on another channel. Calls `GET /v3/messages/{id}/activities`. A read:
    /// retried after transient failures.
    Result<std::optional<MessageActivity>> failure_reason(std::string id,
                                                          const CallOptions& options = {}) const;

    /// Polls `GET /v3/messages/{id}` until the status is final (see is_final()) or FAILED for
    /// `options.failed_for`, and returns the message. Blocks. During the first 10 seconds it accepts that the
    /// message cannot be found yet (404). It polls again after connection errors, time-outs, 429 and 5xx
    /// except 501; any other Error of a poll ends the wait. If the deadline passes first, it fails with
    /// ErrorKind::timeout, or with the Error of the last poll; a message that is FAILED then is returned. If
    /// `options.call.cancel` is cancelled, it fails with ErrorKind::cancelled.
    Result<Message> wait_until_final(std::string id, const WaitOptions& options = {}) const;
    /// Starts wait_until_final() without blocking and returns a `std::future<Result<Message>>`. Include
    /// <sent/future.hpp>. (A template, so that only its callers need that header.)
    template <class Response = Message>
    [[nodiscard]] auto submit_wait_until_final(std::string id, const WaitOptions& options = {}) const {
        return detail::FutureOf<Response>::from([&](auto promise) {
            start_waiting(std::move(id), detail::shared_callback(std::move(promise)), options);
        });
    }
    /// Starts wait_until_final() without blocking. It calls `callback` once with the Result, on the thread or
    /// executor that runs the callbacks of Client::submit().
    template <class Callback, class = std::enable_if_t<!std::is_convertible_v<Callback, WaitOptions>>>
    void submit_wait_until_final(std::string id, Callback callback, const WaitOptions& options = {}) const {
        if constexpr (std::is_invocable_v<Callback&, Result<Message>>) {
            start_waiting(std::move(id), on_executor(detail::shared_callback(std::move(callback))), options);
        } else {
            static_assert(
                detail::never<Callback>,
                "sent: the second argument of submit_wait_until_final() is sent::WaitOptions, or a callback "
                "that takes sent::Result<sent::Message>");
        }
    }
    /// Former name of submit_wait_until_final() with a callback.
    template <class Callback, class = std::enable_if_t<std::is_invocable_v<Callback&, Result<Message>>>>
    [[deprecated("use submit_wait_until_final(id, callback, options)")]] void wait_until_final(
        std::string id, Callback callback, const WaitOptions& options = {}) const {
        submit_wait_until_final(std::move(id), std::move(callback), options);
    }

  private:
    using OnMessage = std::function<void(Result<Message>)>;
    /// Calls `callback` on the thread that completes the last poll.
    void start_waiting(std::string id, OnMessage callback, const WaitOptions& options) const;
    /// Returns a callback that passes the Result to `callback` on the client's executor.
    [[nodiscard]] OnMessage on_executor(OnMessage callback) const;

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
