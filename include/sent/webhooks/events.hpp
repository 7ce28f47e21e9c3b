#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <sent/export.hpp>
#include <sent/json_text.hpp>
#include <sent/result.hpp>
#include <sent/timestamp.hpp>
#include <sent/webhooks/account_events.hpp>
#include <sent/webhooks/call_events.hpp>
#include <sent/webhooks/event_names.hpp>
#include <sent/webhooks/link_events.hpp>
#include <sent/webhooks/message_events.hpp>

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
