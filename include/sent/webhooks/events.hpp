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
/// What a delivery says. Needs no client.
///
///     const auto event = sent::webhooks::parse_event(body);              // after Verifier::verify() only
///     if (event) {
///         if (const auto* status = std::get_if<sent::webhooks::MessageStatusEvent>(&event->payload)) ...
///     }
///
/// What a delivery leaves out, or gives as null or in an unexpected type, is empty. Members that this version
/// does not know are in Event::raw.

namespace sent::webhooks {

/// What an event is about (`field` on the wire). The set is open.
class EventFamily : public OpenEnum<EventFamily> {
  public:
    using OpenEnum::OpenEnum;
    /// A message's status, or a message that came in. The old name `messages` is read as this.
    static constexpr Constant message{"message"};
    /// A template's review.
    static constexpr Constant templates{"templates"};
    /// A contact's consent.
    static constexpr Constant contact{"contact"};
    /// A channel's set-up.
    static constexpr Constant channel{"channel"};
    /// A call.
    static constexpr Constant call{"call"};
    /// A tracked link or file.
    static constexpr Constant link{"link"};
};

/// Values of Event::event. Families that are not here name no events (`templates`), or any (`channel`).
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

/// A message that you sent has reached a status. Deliveries come in any
/// order: apply it only when `updated_at` is newer than what you hold (see StatusTracker).
struct MessageStatusEvent {
    std::string account_id{};
    std::string message_id{};
    /// FAILED is not always the end, see is_final().
    MessageStatus message_status{};
    /// Channel::automatic before the message is routed, Channel::undecided when it ended before that.
    Channel channel{};
    /// The **recipient**, E.164.
    std::string outbound_number{};
    /// The sender, where it is given.
    std::optional<std::string> inbound_number{};
    std::optional<std::string> template_id{};
    std::optional<std::string> template_name{};
    std::optional<std::string> agent_id{};
    /// When the status was reached.
    std::optional<Timestamp> updated_at{};
    /// The text as it was sent, at most 3,072 characters.
    std::optional<std::string> body{};
    /// SCHEDULED only: why the message is held.
    std::optional<std::string> schedule_reason{};
    /// SCHEDULED: when the message will be released. CANCELLED: the time that was called off.
    std::optional<Timestamp> scheduled_at{};
    /// FAILED, FILTERED and BLOCKED: why, such as `DELIVERY_007` or `BUSINESS_003` (`docs/errors.md`, "Reason
    /// codes"). The set is open. Deliveries from before October 2026 have none: see
    /// Messages::failure_reason().
    std::optional<std::string> reason_code{};
    /// The same as a sentence, whose wording may change.
    std::optional<std::string> reason{};
};

/// A file that came with a message.
struct ReceivedMedia {
    /// The carrier's own link: public, and void after some days, so fetch it soon.
    std::optional<std::string> url{};
    std::optional<std::string> mime_type{};
    std::optional<std::int64_t> size_bytes{};
    std::optional<std::string> hash_sha256{};
};

/// A contact has written to you: `message.received`. Consent keywords (STOP
/// and the like) come here too, but the service has acted on them already. A tap on an RCS chip comes with
/// the chip's text.
struct InboundMessage {
    std::string account_id{};
    std::string message_id{};
    /// `provider` before May 2026.
    Channel channel{};
    /// **The contact who wrote**, E.164. Read from `from` if `inbound_number` is missing.
    std::string inbound_number{};
    /// **Your number**, E.164. Read from `to` if `outbound_number` is missing.
    std::string outbound_number{};
    std::optional<std::string> text{};
    std::optional<Timestamp> received_at{};
    /// The same as `received_at`.
    std::optional<Timestamp> updated_at{};
    /// MMS only.
    std::vector<ReceivedMedia> media{};
};

/// A template's review has come to something: family `templates`.
struct TemplateEvent {
    std::string account_id{};
    std::string template_id{};
    std::string template_name{};
    /// Empty until it is approved.
    std::string whatsapp_template_id{};
    TemplateStatus status{};
    std::string language{};
    TemplateCategory category{};
    /// Each channel of a template is reviewed by itself. Empty: the decision is for the whole template, and a
    /// rejection blocks every channel.
    Channel channel{};
    /// Why the template was rejected.
    std::optional<std::string> reason{};
    /// The service's own auto-reply templates only, which are reviewed as well.
    std::optional<AutoReplyAction> auto_reply_action{};
};

/// What a contact's consent follows from. The set is open.
class ConsentSource : public OpenEnum<ConsentSource> {
  public:
    using OpenEnum::OpenEnum;
    /// The contact has written a keyword.
    static constexpr Constant inbound_keyword{"INBOUND_KEYWORD"};
    /// The channel's provider says so.
    static constexpr Constant provider_signal{"PROVIDER_SIGNAL"};
};

/// A contact has opted in or out, asked for help, or written one of your own keywords: `contact.opt_in`,
/// `contact.opt_out`, `contact.help`, `contact.custom_keyword`. Only the
/// first two change the consent. Of two such events the one with the later Event::timestamp counts; within
/// the same second read the contact.
struct ContactEvent {
    std::string account_id{};
    std::string contact_id{};
    /// The same as `from`. Deliveries from before October 2026 have this name.
    std::string phone_number{};
    Channel channel{};
    /// Whether the contact is opted out after the signal. If it is missing, what the event's name says.
    bool opt_out = false;
    ConsentSource source{};
    /// The message that carried the signal.
    std::optional<std::string> message_id{};
    /// What the contact wrote.
    std::optional<std::string> text{};
    /// The **contact's** number, E.164. Reply to it.
    std::string from{};
    /// **Your** number, E.164. Absent for RCS and for signals without a number.
    std::optional<std::string> to{};
    /// RCS only: the agent that the contact wrote to.
    std::optional<std::string> agent_id{};
    /// The auto-reply template that matched. For `contact.custom_keyword` it says which keyword.
    std::optional<std::string> template_id{};
};

/// Where a channel's set-up stands. The set is open.
class ChannelStatus : public OpenEnum<ChannelStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant provisioning{"PROVISIONING"};
    /// Waits for you.
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
    /// Open.
    RawJson brand{};
    /// Open.
    RawJson campaign{};
    std::vector<ComplianceDocument> documents{};
    /// Open; the newest deliveries have it.
    RawJson campaigns{};
};

/// A channel's set-up has moved on: `channel.submitted`, `channel.activated`, `channel.deactivated`,
/// `channel.removed` and others. Event and status are independent: a
/// correction of a live channel is `channel.submitted` with ACTIVE. A sender that the service removes came as
/// `channel.deactivated` until October 2026, and comes as `channel.removed` since: handle both.
struct ChannelEvent {
    std::string account_id{};
    Channel channel{};
    /// ISO 3166-1 alpha-2.
    std::string country{};
    /// Empty if the channel has none.
    std::string number_type{};
    std::optional<std::string> sender_value{};
    ChannelStatus status{};
    /// `CHANNEL_...`; none while ACTIVE.
    std::optional<std::string> reason_code{};
    std::optional<std::string> reason{};
    std::optional<ChannelCompliance> compliance{};
    std::optional<Timestamp> updated_at{};
};

/// Something happened to a call: `call.initiated`, `call.answered`, `call.completed`, `call.failed`,
/// `call.recording_ready`.
struct CallEvent {
    std::string call_id{};
    std::string account_id{};
    /// Channel::voice
    Channel channel{};
    /// E.164.
    std::string number{};
    std::optional<Timestamp> updated_at{};
    /// Of `call.completed` only.
    std::optional<std::int32_t> duration_seconds{};
    /// Of `call.completed` only, once the call is billed. The documentation names no currency.
    std::optional<double> price{};
    /// Of `call.failed` only.
    std::optional<std::string> reason{};
    /// Of `call.recording_ready` only.
    std::optional<std::string> recording_id{};
};

/// What a tracked link leads to. The set is open.
class LinkKind : public OpenEnum<LinkKind> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant url{"url"};
    static constexpr Constant file{"file"};
};

/// Who has followed a link. The set is open.
class TrafficClass : public OpenEnum<TrafficClass> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant likely_human{"likely_human"};
    /// A provider's scanner, not the recipient.
    static constexpr Constant provider{"provider"};
    static constexpr Constant bot{"bot"};
    static constexpr Constant unknown{"unknown"};
};

/// A tracked link was followed or ended: `link.clicked`, `link.downloaded`, `link.expired`, `link.revoked`.
struct LinkEvent {
    /// 8 characters.
    std::string record_id{};
    /// The organization, also for the messages of its profiles.
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
    /// Of this request, not of the file.
    std::optional<std::int64_t> bytes_served{};
    std::optional<std::string> access_outcome{};
    std::optional<std::string> reference_key{};
};

/// An event that this version does not know; answer it with a 2xx all the same.
struct UnknownEvent {
    /// As it came, whatever it is; empty when there is none.
    RawJson payload{};
};

/// One alternative for each family, two for `message`.
using EventPayload = std::variant<UnknownEvent, MessageStatusEvent, InboundMessage, TemplateEvent,
                                  ContactEvent, ChannelEvent, CallEvent, LinkEvent>;

/// A delivery's content.
struct Event {
    EventFamily field{};
    /// Such as `message.delivered`, see event_names; empty for templates. `sub_type` before May 2026.
    std::string event{};
    /// When the event was emitted, to the second.
    std::optional<Timestamp> timestamp{};
    /// Of the newest deliveries; the service does not say what for.
    std::optional<std::string> request_id{};
    EventPayload payload{};
    /// The whole body as it came, unknown members included.
    RawJson raw{};
};

/// Reads a delivery's body. Verify it first: anybody can post to a receiver. Which alternative the payload is
/// follows from the family and the name of the event, never from the payload's members; one that is unknown
/// is an UnknownEvent. Half an emoji (`"\ud83d"`) and bytes that are not UTF-8 become U+FFFD in their string,
/// except in Event::raw. Fails (ErrorKind::undecodable: answer 400) only when the body is no JSON object, is
/// nested deeper than 64 levels, or has lists whose elements take more than four times the body's length and
/// 16 KiB. Needs memory of at most 20 times the body's length and 64 KiB. Never throws but std::bad_alloc.
[[nodiscard]] SENT_WEBHOOKS_EXPORT Result<Event> parse_event(std::string_view body);

/// Reads what an endpoint's log of deliveries holds: `client.webhooks().events(...)` lists them, and
/// WebhookEvent::event_data is the body that was delivered or attempted. It needs no signature, as it comes
/// from the service itself. Never fails: what parse_event() cannot read is an UnknownEvent.
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
