#include "emulator/v3/lifecycle.hpp"

#include <algorithm>
#include <utility>

#include "emulator/state/account.hpp"
#include "emulator/state/message_events.hpp"
#include "emulator/state/world.hpp"

namespace sent::testing::emulator {
namespace {

constexpr std::chrono::hours whatsapp_window{24};
constexpr std::chrono::hours template_window{24 * 7};
constexpr std::chrono::hours quiet_hours{8};

bool has_open_whatsapp_window(const Contact& contact, Time now) {
    const auto wrote = contact.wrote_at.find("whatsapp");
    return wrote != contact.wrote_at.end() && now - wrote->second <= whatsapp_window;
}

// A contact that has replied once, on any channel, accepts free text until it opts out.
bool has_open_conversation(const Contact& contact, Time now) {
    return !contact.wrote_at.empty() ||
           (contact.got_template_at && now - *contact.got_template_at <= template_window);
}

std::optional<MessageEvent> find_obstacle_to_text(const Message& message, const Contact& contact, Time time) {
    if (message.channel == "whatsapp" && message.channel_chosen) {
        return has_open_whatsapp_window(contact, time)
                   ? std::nullopt
                   : std::optional(MessageEvent{"failed", time,
                                                "WhatsApp takes free text within 24 hours of the contact's "
                                                "last message.",
                                                "WHATSAPP_TEMPLATE_REQUIRED"});
    }
    return has_open_conversation(contact, time)
               ? std::nullopt
               : std::optional(MessageEvent{"blocked", time, "Free text needs an open conversation.",
                                            "CONVERSATION_TEMPLATE_REQUIRED"});
}

// Returns why the message cannot be delivered, or nothing.
std::optional<MessageEvent> find_obstacle(World& world, const Message& message, Time time) {
    const auto* contact = world.store.contacts.find(message.contact_id);
    if (contact != nullptr && contact->opted_out) {
        return MessageEvent{"filtered", time, "The recipient has opted out.", "BUSINESS_004"};
    }
    if (!message.sender.empty() && !is_active_sender(world, message.profile, message.sender)) {
        return MessageEvent{"blocked", time, "None of the listed senders is active.", "BUSINESS_029"};
    }
    if (message.template_id) {
        const auto* row = world.store.templates.find(*message.template_id);
        if (row != nullptr && !row->published) {
            return MessageEvent{"blocked", time, "The template is not approved.", "BUSINESS_005"};
        }
        return std::nullopt;
    }
    return find_obstacle_to_text(message, contact == nullptr ? Contact{} : *contact, time);
}

// Ignores a contact that was removed meanwhile.
void note_way(World& world, Message& message, Time time) {
    auto* contact = world.store.contacts.find(message.contact_id);
    if (contact != nullptr && message.template_id) {
        contact->got_template_at = time;
    }
    const bool is_text = !message.template_id && !message.channel_chosen;
    if (is_text && message.channel == "whatsapp" &&
        (contact == nullptr || !has_open_whatsapp_window(*contact, time))) {
        message.channel = "sms";
    }
}

void reach_at(World& world, const Message& message, Time when, const char* status) {
    plan_step(world, message, when, [&world, status](const Message& found, Time time) {
        reach(world, found.id, {status, time, std::nullopt});
    });
}

// Continues from QUEUED.
void route(World& world, Message& message, Time time) {
    if (auto obstacle = find_obstacle(world, message, time)) {
        reach(world, message.id, *std::move(obstacle));
        return;
    }
    note_way(world, message, time);
    message.channel_chosen = true;
    if (message.sender.empty()) {
        message.sender = organization_number;
    }
    reach(world, message.id, {"routed", time, std::nullopt});
    const auto step = world.options().delivery_delay / 4;
    reach_at(world, message, time + step, "sent");
    reach_at(world, message, time + 3 * step, "delivered");
}

void route_later(World& world, const Message& message, Time queued_at) {
    plan_step(world, message, queued_at + world.options().delivery_delay / 4,
              [&world](Message& found, Time time) { route(world, found, time); });
}

void queue(World& world, const Message& message, Time time) {
    reach(world, message.id, {"queued", time, std::nullopt});
    route_later(world, message, time);
}

// The message may have been forgotten, cancelled or held again, or a test may have changed its status.
void release(World& world, const std::string& id, int life, Time time) {
    const auto* message = world.store.messages.find(id);
    if (message != nullptr && message->life != life) {
        return;
    }
    world.store.held_messages.erase(id);
    if (message != nullptr && message->status() == "scheduled") {
        queue(world, *message, time);
    }
}

void hold(World& world, Message& message, Time now, Time until) {
    ++message.life;
    message.scheduled_at = until;
    reach(world, message.id, {"scheduled", now, std::nullopt});
    world.store.held_messages.insert(message.id);
    world.at(until,
             [&world, id = message.id, life = message.life](Time time) { release(world, id, life, time); });
}

}  // namespace

void start_v3_life(World& world, Message& message) {
    on_message_event(world, message);
    if (message.scheduled_at) {
        hold(world, message, message.created_at, *message.scheduled_at);
    } else {
        route_later(world, message, message.created_at);
    }
}

void hold_for_quiet_hours(World& world, Message& message) {
    message.held_by_quiet_hours = true;
    hold(world, message, world.now(), world.now() + quiet_hours);
}

void cancel_held(World& world, Message& message) {
    ++message.life;
    world.store.held_messages.erase(message.id);
    reach(world, message.id, {"cancelled", world.now(), std::nullopt});
}

void start_again(World& world, Message& message) {
    ++message.life;
    queue(world, message, world.now());
}

bool is_active_sender(World& world, const std::string& profile, const std::string& number) {
    const auto* row = world.store.profiles.find(profile);
    return number == organization_number ||
           (row != nullptr && (row->sending_number == number || row->whatsapp_number == number));
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
