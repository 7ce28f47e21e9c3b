#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <sent/export.hpp>
#include <sent/json_text.hpp>
#include <sent/open_enum.hpp>
#include <sent/operation.hpp>
#include <sent/result.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/common.hpp>

/// @file
/// Content of a delivery. Needs no client.
///
///     const auto event = sent::webhooks::parse_event(body);              // after Verifier::verify() only
///     if (event) {
///         if (const auto* status = std::get_if<sent::webhooks::MessageStatusEvent>(&event->payload)) ...
///     }
///
/// A member that the delivery omits, or sends as null or in an unexpected type, is empty. Members that this
/// version does not know are in Event::raw.

namespace sent::webhooks {

/// What an event is about (`field` on the wire). The service may add values.
class EventFamily : public OpenEnum<EventFamily> {
  public:
    using OpenEnum::OpenEnum;
    /// The status of a message, or a received message. The old name `messages` is read as this.
    static constexpr Constant message{"message"};
    /// The review of a template.
    static constexpr Constant templates{"templates"};
    /// The consent of a contact.
    static constexpr Constant contact{"contact"};
    /// The setup of a channel.
    static constexpr Constant channel{"channel"};
    /// A call.
    static constexpr Constant call{"call"};
    /// A tracked link or file.
    static constexpr Constant link{"link"};
};

/// Known values of Event::event. Events of the family `templates` have no name; events of the family
/// `channel` may have further names.
namespace event_names {
inline constexpr std::string_view message_queued = "message.queued";
inline constexpr std::string_view message_routed = "message.routed";
inline constexpr std::string_view message_scheduled = "message.scheduled";
inline constexpr std::string_view message_sent = "message.sent";
inline constexpr std::string_view message_delivered = "message.delivered";
inline constexpr std::string_view message_read = "message.read";
inline constexpr std::string_view message_failed = "message.failed";
inline constexpr std::string_view message_filtered = "message.filtered";
inline constexpr std::string_view message_blocked = "message.blocked";
inline constexpr std::string_view message_cancelled = "message.cancelled";
inline constexpr std::string_view message_received = "message.received";
inline constexpr std::string_view contact_opt_in = "contact.opt_in";
inline constexpr std::string_view contact_opt_out = "contact.opt_out";
inline constexpr std::string_view contact_help = "contact.help";
inline constexpr std::string_view contact_custom_keyword = "contact.custom_keyword";
inline constexpr std::string_view channel_submitted = "channel.submitted";
inline constexpr std::string_view channel_activated = "channel.activated";
inline constexpr std::string_view channel_deactivated = "channel.deactivated";
inline constexpr std::string_view channel_removed = "channel.removed";
inline constexpr std::string_view call_initiated = "call.initiated";
inline constexpr std::string_view call_answered = "call.answered";
inline constexpr std::string_view call_completed = "call.completed";
inline constexpr std::string_view call_failed = "call.failed";
inline constexpr std::string_view call_recording_ready = "call.recording_ready";
inline constexpr std::string_view link_clicked = "link.clicked";
inline constexpr std::string_view link_downloaded = "link.downloaded";
inline constexpr std::string_view link_expired = "link.expired";
inline constexpr std::string_view link_revoked = "link.revoked";
}  // namespace event_names

/// A message that you sent has reached a status. Deliveries arrive in any order: apply one only if its
/// `updated_at` is newer than the stored one (see StatusTracker).
struct MessageStatusEvent {
    std::string account_id{};
    std::string message_id{};
    /// FAILED is not always final: see is_final().
    MessageStatus message_status{};
    /// Channel::automatic before the message is routed. Channel::undecided if it ended before that.
    Channel channel{};
    /// Number of the **recipient**, E.164.
    std::string outbound_number{};
    /// Number of the sender, if the event has it.
    std::optional<std::string> inbound_number{};
    std::optional<std::string> template_id{};
    std::optional<std::string> template_name{};
    std::optional<std::string> agent_id{};
    /// When the status was reached.
    std::optional<Timestamp> updated_at{};
    /// The text as it was sent, at most 3,072 characters.
    std::optional<std::string> body{};
    /// Why the message is held. SCHEDULED only.
    std::optional<std::string> schedule_reason{};
    /// SCHEDULED: when the message will be released. CANCELLED: the time that was cancelled.
    std::optional<Timestamp> scheduled_at{};
    /// Reason for FAILED, FILTERED and BLOCKED, such as `DELIVERY_007` or `BUSINESS_003` (`docs/errors.md`,
    /// "Reason codes"). The service may add codes. Deliveries from before October 2026 have none: see
    /// Messages::failure_reason().
    std::optional<std::string> reason_code{};
    /// The reason as a sentence. Its wording may change.
    std::optional<std::string> reason{};
};

/// A file of a received message.
struct ReceivedMedia {
    /// The carrier's own link. It is public and expires after some days, so fetch the file soon.
    std::optional<std::string> url{};
    std::optional<std::string> mime_type{};
    std::optional<std::int64_t> size_bytes{};
    std::optional<std::string> hash_sha256{};
};

/// A contact has written to you: `message.received`. Consent keywords (STOP and similar) arrive here too, but
/// the service has already acted on them. A tap on an RCS chip arrives with the text of the chip.
struct InboundMessage {
    std::string account_id{};
    std::string message_id{};
    /// `provider` in deliveries from before May 2026.
    Channel channel{};
    /// Number of **the contact who wrote**, E.164. Read from `from` if `inbound_number` is missing.
    std::string inbound_number{};
    /// **Your number**, E.164. Read from `to` if `outbound_number` is missing.
    std::string outbound_number{};
    std::optional<std::string> text{};
    std::optional<Timestamp> received_at{};
    /// Same as `received_at`.
    std::optional<Timestamp> updated_at{};
    /// Files of the message. MMS only.
    std::vector<ReceivedMedia> media{};
};

/// The review of a template has a result: family `templates`.
struct TemplateEvent {
    std::string account_id{};
    std::string template_id{};
    std::string template_name{};
    /// Empty until the template is approved.
    std::string whatsapp_template_id{};
    TemplateStatus status{};
    std::string language{};
    TemplateCategory category{};
    /// Each channel of a template is reviewed separately. If it is empty, the decision applies to the whole
    /// template, and a rejection blocks every channel.
    Channel channel{};
    /// Why the template was rejected.
    std::optional<std::string> reason{};
    /// Only for the service's own auto-reply templates, which are reviewed as well.
    std::optional<AutoReplyAction> auto_reply_action{};
};

/// Source of a consent signal. The service may add values.
class ConsentSource : public OpenEnum<ConsentSource> {
  public:
    using OpenEnum::OpenEnum;
    /// The contact has written a keyword.
    static constexpr Constant inbound_keyword{"INBOUND_KEYWORD"};
    /// The provider of the channel reported it.
    static constexpr Constant provider_signal{"PROVIDER_SIGNAL"};
};

/// A contact has opted in or out, asked for help, or written one of your own keywords: `contact.opt_in`,
/// `contact.opt_out`, `contact.help`, `contact.custom_keyword`. Only the first two change the consent. If
/// there are two such events, the one with the later Event::timestamp applies; within the same second, read
/// the contact.
struct ContactEvent {
    std::string account_id{};
    std::string contact_id{};
    /// Same as `from`. Deliveries from before October 2026 use this name.
    std::string phone_number{};
    Channel channel{};
    /// Whether the contact is opted out after the signal. If the member is missing, it follows from the
    /// event's name.
    bool opt_out = false;
    ConsentSource source{};
    /// Id of the message that carried the signal.
    std::optional<std::string> message_id{};
    /// What the contact wrote.
    std::optional<std::string> text{};
    /// The **contact's** number, E.164. Reply to it.
    std::string from{};
    /// **Your** number, E.164. Absent for RCS and for signals without a number.
    std::optional<std::string> to{};
    /// Agent that the contact wrote to. RCS only.
    std::optional<std::string> agent_id{};
    /// The auto-reply template that matched. For `contact.custom_keyword` it shows which keyword.
    std::optional<std::string> template_id{};
};

/// State of a channel's setup. The service may add values.
class ChannelStatus : public OpenEnum<ChannelStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant provisioning{"PROVISIONING"};
    /// The setup waits for you.
    static constexpr Constant action_needed{"ACTION_NEEDED"};
    static constexpr Constant pending_review{"PENDING_REVIEW"};
    static constexpr Constant active{"ACTIVE"};
    static constexpr Constant inactive{"INACTIVE"};
};

/// A document of a channel's registration.
struct ComplianceDocument {
    std::string key{};
    std::string document_id{};
    std::string file_name{};
};

/// A channel's registration with the carriers.
struct ChannelCompliance {
    /// The API does not define its structure.
    RawJson brand{};
    /// The API does not define its structure.
    RawJson campaign{};
    std::vector<ComplianceDocument> documents{};
    /// The API does not define its structure. Only the newest deliveries have it.
    RawJson campaigns{};
};

/// The setup of a channel has changed: `channel.submitted`, `channel.activated`, `channel.deactivated`,
/// `channel.removed` and others. Event and status are independent: a correction of a live channel is
/// `channel.submitted` with ACTIVE. When the service removes a sender, it sent `channel.deactivated` until
/// October 2026 and sends `channel.removed` since then: handle both.
struct ChannelEvent {
    std::string account_id{};
    Channel channel{};
    /// Country code, ISO 3166-1 alpha-2.
    std::string country{};
    /// Empty if the channel has none.
    std::string number_type{};
    std::optional<std::string> sender_value{};
    ChannelStatus status{};
    /// `CHANNEL_...`. Empty while the status is ACTIVE.
    std::optional<std::string> reason_code{};
    std::optional<std::string> reason{};
    std::optional<ChannelCompliance> compliance{};
    std::optional<Timestamp> updated_at{};
};

/// A call has changed: `call.initiated`, `call.answered`, `call.completed`, `call.failed`,
/// `call.recording_ready`.
struct CallEvent {
    std::string call_id{};
    std::string account_id{};
    /// Channel::voice.
    Channel channel{};
    /// E.164.
    std::string number{};
    std::optional<Timestamp> updated_at{};
    /// Only for `call.completed`.
    std::optional<std::int32_t> duration_seconds{};
    /// Only for `call.completed`, after the call is billed. The currency is not documented.
    std::optional<double> price{};
    /// Only for `call.failed`.
    std::optional<std::string> reason{};
    /// Only for `call.recording_ready`.
    std::optional<std::string> recording_id{};
};

/// Target of a tracked link. The service may add values.
class LinkKind : public OpenEnum<LinkKind> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant url{"url"};
    static constexpr Constant file{"file"};
};

/// Who followed a link. The service may add values.
class TrafficClass : public OpenEnum<TrafficClass> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant likely_human{"likely_human"};
    /// A scanner of a provider, not the recipient.
    static constexpr Constant provider{"provider"};
    static constexpr Constant bot{"bot"};
    static constexpr Constant unknown{"unknown"};
};

/// A tracked link was followed or has ended: `link.clicked`, `link.downloaded`, `link.expired`,
/// `link.revoked`.
struct LinkEvent {
    /// 8 characters.
    std::string record_id{};
    /// The organization, even for messages of its profiles.
    std::optional<std::string> customer_id{};
    std::optional<std::string> sender_profile_id{};
    std::optional<std::string> message_id{};
    std::optional<Channel> channel{};
    std::optional<LinkKind> link_kind{};
    std::optional<Timestamp> occurred_at{};
    std::optional<TrafficClass> traffic_class{};
    std::optional<std::string> access_country{};
    std::optional<std::string> device{};
    std::optional<std::string> browser{};
    std::optional<std::string> referrer_host{};
    std::optional<std::string> request_method{};
    std::optional<std::int32_t> status_code{};
    /// Bytes served for this request, not the size of the file.
    std::optional<std::int64_t> bytes_served{};
    std::optional<std::string> access_outcome{};
    std::optional<std::string> reference_key{};
};

/// An event that this version does not know. Answer it with a 2xx anyway.
struct UnknownEvent {
    /// Payload as received, of any type. Empty if there is none.
    RawJson payload{};
};

/// One alternative for each family, and two for `message`.
using EventPayload = std::variant<UnknownEvent, MessageStatusEvent, InboundMessage, TemplateEvent,
                                  ContactEvent, ChannelEvent, CallEvent, LinkEvent>;

/// Content of a delivery.
struct Event {
    EventFamily field{};
    /// Name of the event, such as `message.delivered`; see event_names. Empty for templates. Named `sub_type`
    /// before May 2026.
    std::string event{};
    /// When the event was emitted, to the second.
    std::optional<Timestamp> timestamp{};
    /// Only the newest deliveries have it. The service does not document its purpose.
    std::optional<std::string> request_id{};
    EventPayload payload{};
    /// The whole body as received, including unknown members.
    RawJson raw{};
};

/// Reads the body of a delivery. Verify it first, because anyone can post to a receiver. The family and the
/// name of the event decide which alternative the payload is, never the members of the payload; an unknown
/// event is an UnknownEvent. Half an emoji (`"\ud83d"`) and bytes that are not UTF-8 become U+FFFD in their
/// string, except in Event::raw.
///
/// Fails with ErrorKind::undecodable (answer 400) only if the body is not a JSON object, is nested deeper
/// than 64 levels, or has lists whose elements take more than four times the body's length plus 16 KiB. Needs
/// at most 20 times the body's length plus 64 KiB of memory. Throws only std::bad_alloc. Thread-safe.
[[nodiscard]] SENT_WEBHOOKS_EXPORT Result<Event> parse_event(std::string_view body);

/// Reads an entry of an endpoint's log of deliveries: `client.webhooks().events(...)` lists them, and
/// WebhookEvent::event_data is the body that was delivered or attempted. It needs no signature, because it
/// comes from the service itself. Never fails: what parse_event() cannot read is an UnknownEvent.
[[nodiscard]] SENT_WEBHOOKS_EXPORT Event parse_logged_event(const RawJson& event_data);

}  // namespace sent::webhooks

SENT_DETAIL_HASHABLE(sent::webhooks::EventFamily);
SENT_DETAIL_HASHABLE(sent::webhooks::ConsentSource);
SENT_DETAIL_HASHABLE(sent::webhooks::ChannelStatus);
SENT_DETAIL_HASHABLE(sent::webhooks::LinkKind);
SENT_DETAIL_HASHABLE(sent::webhooks::TrafficClass);

SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::MessageStatusEvent);
SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::ReceivedMedia);
SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::InboundMessage);
SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::TemplateEvent);
SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::ContactEvent);
SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::ComplianceDocument);
SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::ChannelCompliance);
SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::ChannelEvent);
SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::CallEvent);
SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::LinkEvent);
