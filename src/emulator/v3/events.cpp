#include "emulator/v3/events.hpp"

#include <algorithm>
#include <utility>

#include "emulator/state/account.hpp"
#include "emulator/state/event_types.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/views.hpp"
#include "emulator/webhooks/deliveries.hpp"

namespace sent::testing::emulator {
namespace {

template <typename Range>
bool contains(const Range& range, const std::string& value) {
    return std::find(range.begin(), range.end(), value) != range.end();
}

bool wants(const Subscription& subscription, const Event& event) {
    if (!contains(subscription.event_types, event.family)) {
        return false;
    }
    if (!subscription.event_filters) {
        return true;
    }
    const auto filter = subscription.event_filters->find(event.family);
    return filter == subscription.event_filters->end() || filter->second.empty() ||
           contains(filter->second, event.sub_type);
}

// Returns the webhook's own subscription, or the organization's subscription for its profiles.
const Subscription* subscription_for(const Webhook& webhook, const std::string& profile) {
    if (webhook.profile == profile) {
        return &webhook.subscription;
    }
    return webhook.profile.empty() && webhook.of_profiles ? &*webhook.of_profiles : nullptr;
}

}  // namespace

Json event_envelope(const Event& event) {
    Json envelope{{"field", event.family}};
    if (!event.sub_type.empty()) {
        envelope["event"] = event_type_name(event.family, event.sub_type);
    }
    envelope["timestamp"] = short_timestamp(event.time);
    envelope["payload"] = event.payload;
    return envelope;
}

void publish_event(World& world, const std::string& profile, const Event& event) {
    for (const auto& webhook : world.store.webhooks) {
        const auto* subscription = subscription_for(webhook, profile);
        if (webhook.active && subscription != nullptr && wants(*subscription, event)) {
            deliver_event(world, webhook, event, Attempts::with_retries);
        }
    }
}

Event contact_event(const World& world, const Contact& contact, const Message& said, std::string sub_type) {
    Json payload{{"account_id", customer_id(world, said.profile)},
                 {"contact_id", contact.id},
                 {"from", contact.number.e164},
                 {"to", organization_number},
                 {"channel", said.channel},
                 {"opt_out", contact.opted_out},
                 {"source", "INBOUND_KEYWORD"},
                 {"message_id", said.id},
                 {"template_id", nullptr},
                 {"text", said.body.content}};
    // Over RCS, contacts write to an agent, which has no number.
    if (said.channel == "rcs") {
        payload["to"] = nullptr;
        payload["agent_id"] = organization_agent;
    }
    return {"contact", std::move(sub_type), said.events.back().time, std::move(payload)};
}

// All channels of a template are decided at once, so the event does not name one.
Event template_event(const World& world, const Template& row, Time time) {
    return {"templates",
            {},
            time,
            Json{{"account_id", customer_id(world, row.profile)},
                 {"template_id", row.id},
                 {"template_name", row.name},
                 {"whatsapp_template_id", row.whatsapp_id},
                 {"status", row.status},
                 {"language", row.language},
                 {"category", row.category},
                 {"reason", nullptr}}};
}

void on_template_event(World& world, const Template& row, Time time) {
    publish_event(world, row.profile, template_event(world, row, time));
}

}  // namespace sent::testing::emulator
