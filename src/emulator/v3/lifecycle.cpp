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

void reach_later(World& world, const std::string& id, Time when, const char* status) {
    world.at(when, [&world, id, status](Time time) { reach(world, id, {status, time, std::nullopt}); });
}

// Continues from QUEUED.
void route(World& world, const std::string& id, Time time) {
    auto* message = world.store.messages.find(id);
    if (message == nullptr) {
        return;
    }
    if (auto obstacle = find_obstacle(world, *message, time)) {
        reach(world, id, *std::move(obstacle));
        return;
    }
    note_way(world, *message, time);
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

// The message may have changed while it was scheduled.
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
        reach(world, message.id, {"scheduled", message.created_at, std::nullopt});
        ++world.store.held_messages;
        world.at(*message.scheduled_at, [&world, id = message.id](Time time) { release(world, id, time); });
    } else {
        route_later(world, message.id, message.created_at);
    }
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
