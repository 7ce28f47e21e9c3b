#pragma once

#include <string>
#include <string_view>

#include <sent/export.hpp>
#include <sent/webhooks/events.hpp>
#include <sent/webhooks/headers.hpp>

namespace sent::webhooks {

/// What tells deliveries of the same event from those of others, over all of its retries (webhooks contract,
/// section 3): `x-webhook-event-id` where it is there, once, else the SHA-256 of the body in hexadecimal.
/// Never `x-webhook-id`, which is the endpoint's, nor the timestamp, which changes with each attempt. The
/// event id is not signed: where handling an event twice does harm, use business_key() as well.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string dedupe_key(const HeaderView& headers,
                                                          std::string_view raw_body);

/// The same from what the event says, which is signed: also for an event that is published twice, with two
/// ids.
/// | payload | key |
/// |---|---|
/// | MessageStatusEvent | `message_id:message_status:updated_at` |
/// | InboundMessage | `message_id` |
/// | TemplateEvent | `template_id:status` |
/// | ContactEvent | `contact_id:event:timestamp`, of the envelope |
/// | CallEvent | `call_id:event`, and `:recording_id` where there is one |
///
/// Empty for all others, and where the id is missing: then there is dedupe_key() only.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string business_key(const Event& event);

}  // namespace sent::webhooks
