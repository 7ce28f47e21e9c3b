// Webhook endpoints: what can be subscribed to, an endpoint of one's own, a test delivery, a new secret.
//
//   export SENT_DM_API_KEY=...
//   SENT_WEBHOOK_URL=https://... ./15_manage_webhooks
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>

#include <sent/sent.hpp>

namespace {

std::string setting(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') {
        std::cerr << "Please set " << name << ".\n";
        std::exit(2);
    }
    return value;
}

int fail(const sent::Error& error) {
    std::cerr << error << '\n';
    return 1;
}

/// Whether the log of the endpoint has a delivery that has not ended.
bool has_pending(const sent::Webhooks& webhooks, const std::string& id) {
    for (const auto& event : webhooks.all_events({.id = id})) {
        if (event && event->delivery_status == sent::WebhookDeliveryStatus::pending) {
            return true;
        }
    }
    return false;
}

}  // namespace

int main() {
    const auto url = setting("SENT_WEBHOOK_URL");
    const sent::Client client;
    const auto webhooks = client.webhooks();

    const auto types = webhooks.event_types();
    if (!types) {
        return fail(types.error());
    }
    for (const auto& type : types->items) {
        std::cout << type.name << ": " << type.sub_types.size() << " kinds of events\n";
    }

    const auto created = webhooks.create({
        .display_name = "Delivery events",
        .endpoint_url = url,
        .event_types = {"message"},
        .event_filters = sent::EventFilters{{"message", {"delivered", "failed"}}},
    });
    if (!created) {
        return fail(created.error());
    }
    // Deliveries are verified with this. Keep it well: it is not shown again.
    std::cout << "created " << created->id << (created->signing_secret ? ", with its secret\n" : "\n");

    const auto tested = webhooks.test(created->id, "message.delivered");
    if (!tested) {
        return fail(tested.error());
    }
    std::cout << (tested->success ? "the endpoint took a test event\n"
                                  : "the endpoint refused a test event\n");
    // A delivery takes a moment, and a removed endpoint gets none.
    for (int i = 0; i < 50 && has_pending(webhooks, created->id); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
    for (const auto& event : webhooks.all_events({.id = created->id})) {
        if (!event) {
            return fail(event.error());
        }
        std::cout << "in the log: " << event->event_type << ", " << event->delivery_status << '\n';
    }

    // An update replaces the whole: give name, URL and event types, even to change one of them.
    const auto updated = webhooks.update({
        .id = created->id,
        .display_name = "All message events",
        .endpoint_url = url,
        .event_types = {"message"},
        .event_filters = sent::null,
    });
    if (!updated) {
        return fail(updated.error());
    }

    // The old secret is void at once, so let the receiver know the new one first thing.
    const auto rotated = webhooks.rotate_secret(created->id);
    if (!rotated) {
        return fail(rotated.error());
    }
    const auto off = webhooks.toggle_status(created->id, false);
    if (!off) {
        return fail(off.error());
    }
    std::cout << updated->display_name << (off->is_active ? " is on\n" : " is off\n");

    if (const auto removed = webhooks.remove(created->id); !removed) {
        return fail(removed.error());
    }
    std::cout << "removed\n";
}
