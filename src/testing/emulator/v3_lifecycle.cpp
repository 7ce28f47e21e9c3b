#include "testing/emulator/v3_lifecycle.hpp"

#include <algorithm>
#include <utility>

#include "testing/emulator/account.hpp"
#include "testing/emulator/message_events.hpp"
#include "testing/emulator/world.hpp"

namespace sent::testing::emulator {
namespace {

constexpr std::chrono::hours whatsapp_window{24};

bool has_open_conversation(const Contact& contact, const std::string& channel, Time now) {
    const auto wrote = contact.wrote_at.find(channel);
    return wrote != contact.wrote_at.end() &&
           (channel != "whatsapp" || now - wrote->second <= whatsapp_window);
}

// Why the message gets no further; empty when it does.
std::optional<MessageEvent> find_obstacle(World& world, const Message& message, Time time) {
    const auto* contact = world.store.contacts.find(message.contact_id);
    if (contact != nullptr && contact->opted_out) {
        return MessageEvent{"filtered", time, "The recipient has opted out.", "ERR_CONSENT_BLOCKED"};
    }
    if (message.template_id) {
        const auto* row = world.store.templates.find(*message.template_id);
        if (row != nullptr && !row->published) {
            return MessageEvent{"blocked", time, "The template is not approved.", "BUSINESS_005"};
        }
    } else if (contact == nullptr || !has_open_conversation(*contact, message.channel, time)) {
        const char* code =
            message.channel == "whatsapp" ? "WHATSAPP_TEMPLATE_REQUIRED" : "CONVERSATION_TEMPLATE_REQUIRED";
        return MessageEvent{"blocked", time, "Free text needs an open conversation.", code};
    }
    return std::nullopt;
}

void reach_later(World& world, const std::string& id, Time when, const char* status) {
    world.at(when, [&world, id, status](Time time) { reach(world, id, {status, time, std::nullopt}); });
}

// From QUEUED on.
void route(World& world, const std::string& id, Time time) {
    auto* message = world.store.messages.find(id);
    if (message == nullptr) {
        return;
    }
    if (auto obstacle = find_obstacle(world, *message, time)) {
        reach(world, id, *std::move(obstacle));
        return;
    }
    message->channel_chosen = true;
    if (message->sender.empty()) {
        message->sender = organization_number;
    }
    reach(world, id, {"routed", time, std::nullopt});
    const auto step = world.options().delivery_delay / 4;
    reach_later(world, id, time + step, "sent");
    reach_later(world, id, time + 3 * step, "delivered");
}

void route_later(World& world, const std::string& id, Time queued_at) {
    world.at(queued_at + world.options().delivery_delay / 4,
             [&world, id](Time time) { route(world, id, time); });
}

// What became of it while it was held counts.
void release(World& world, const std::string& id, Time time) {
    const auto* message = world.store.messages.find(id);
    --world.store.held_messages;
    if (message != nullptr && message->status() == "scheduled") {
        reach(world, id, {"queued", time, std::nullopt});
        route_later(world, id, time);
    }
}

}  // namespace

void start_v3_life(World& world, const Message& message) {
    on_message_event(world, message);
    if (message.scheduled_at) {
        ++world.store.held_messages;
        world.at(*message.scheduled_at, [&world, id = message.id](Time time) { release(world, id, time); });
    } else {
        route_later(world, message.id, message.created_at);
    }
}

std::string channel_for(const Contact& contact, bool free_text) {
    const auto& wrote = contact.wrote_at;
    if (!free_text || wrote.empty()) {
        return contact.default_channel;
    }
    const auto earlier = [](const auto& left, const auto& right) { return left.second < right.second; };
    return std::max_element(wrote.begin(), wrote.end(), earlier)->first;
}

}  // namespace sent::testing::emulator
