#pragma once

#include <string>
#include <string_view>

#include <sent/export.hpp>
#include <sent/webhooks/events.hpp>
#include <sent/webhooks/headers.hpp>

namespace sent::webhooks {

/// Returns a key for the event that a delivery carries. All retries of the event have the same key.
///
/// If the body identifies the event (business_key() is not empty), the key is the SHA-256 of the body in
/// lower-case hexadecimal. The unsigned `x-webhook-event-id` is then ignored: a captured delivery that is
/// replayed with another event's id is a repetition, and cannot suppress the other event. Two clicks on a
/// link can have the same body, and so can two events that this version does not know. Their key is
/// `<event id>:<SHA-256 of the body>`. A replay with a new event id then counts as a new event, for as long
/// as its signed timestamp is accepted (VerifierOptions::tolerance).
///
/// The key has at most 129 characters. It never depends on `x-webhook-id`, which names the endpoint, or on
/// the timestamp, which is new for each attempt.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string dedupe_key(const HeaderView& headers,
                                                          std::string_view raw_body, const Event& event);

/// The same for a body that has not been parsed: `<event id>:<SHA-256 of the body>`, or the SHA-256 alone if
/// `x-webhook-event-id` is missing, empty or repeated. A replay cannot suppress another event, but with a new
/// event id it counts as a new event. Prefer the overload above.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string dedupe_key(const HeaderView& headers,
                                                          std::string_view raw_body);

/// Identifies what an event says, from signed members only. Unlike dedupe_key() it also recognises an event
/// that is published twice with two bodies. Parts are joined by `:`, and empty parts are left out.
/// | payload | key |
/// |---|---|
/// | MessageStatusEvent | `message_id:message_status:channel:updated_at` |
/// | InboundMessage | `message_id` |
/// | TemplateEvent | `template_id:status:channel:timestamp` |
/// | ContactEvent | `contact_id:event:timestamp`, and `:message_id` if there is one |
/// | CallEvent | `call_id:event`, and `:recording_id` if there is one |
///
/// `timestamp` is Event::timestamp. Times are in the service's format, such as `2026-08-01T09:00:05Z`. The
/// key is empty for all other payloads, and if the id is missing: use dedupe_key() then.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string business_key(const Event& event);

}  // namespace sent::webhooks
