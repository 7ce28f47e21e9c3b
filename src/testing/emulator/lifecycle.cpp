#include "testing/emulator/lifecycle.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "testing/emulator/http_types.hpp"
#include "testing/emulator/ids.hpp"
#include "testing/emulator/webhook_queue.hpp"
#include "testing/emulator/world.hpp"

namespace sent::testing::emulator {
namespace {

constexpr auto sms_price = "0.0412";
constexpr auto whatsapp_price = "0.0150";

std::string to_upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

// The channel is named once it is chosen.
std::string event_channel(const Message& message) {
    if (message.status() == "queued") {
        return "sent";
    }
    return message.status() == "failed" ? "auto" : message.channel;
}

Json event_payload(const World& world, const Message& message) {
    Json payload{{"account_id", world.options().sender_id},      {"message_id", message.id},
                 {"message_status", to_upper(message.status())}, {"channel", event_channel(message)},
                 {"outbound_number", message.number.e164},       {"template_id", nullptr}};
    if (message.template_id) {
        payload["template_id"] = *message.template_id;
        payload["template_name"] = message.template_name;
    }
    payload["updated_at"] = short_timestamp(message.events.back().time);
    return payload;
}

void report(World& world, const Message& message) {
    if (message.webhook_url.empty()) {
        return;
    }
    const std::string event = "message." + message.status();
    const Json body{{"field", "message"},
                    {"event", event},
                    {"timestamp", short_timestamp(message.events.back().time)},
                    {"payload", event_payload(world, message)}};
    world.webhooks.add({message.webhook_url,
                        message.id,
                        event,
                        {{"x-webhook-event-type", event}, {"x-webhook-event-id", make_guid()}},
                        to_text(body)});
}

void reach(World& world, const std::string& id, MessageEvent event) {
    auto* message = world.store.messages.find(id);
    if (message == nullptr) {
        return;
    }
    message->events.push_back(std::move(event));
    if (message->status() == "delivered") {
        message->price = message->channel == "whatsapp" ? whatsapp_price : sms_price;
    }
    report(world, *message);
}

void reach_later(World& world, const Message& message, Time when, const char* status,
                 std::optional<std::string> description = std::nullopt) {
    world.at(when, [&world, id = message.id, status, description = std::move(description)](Time time) {
        reach(world, id, {status, time, description});
    });
}

std::string as_identifier(const std::string& name) {
    std::string result;
    for (const char c : to_lower(name)) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (kept) {
            result.push_back(c);
        } else if (!result.empty() && result.back() != '_') {
            result.push_back('_');
        }
    }
    return result.empty() ? "template" : result;
}

// Digits, as Meta's ids are, and the same for the same template.
std::string as_number(const std::string& guid) {
    std::string result = "1";
    for (const char c : guid) {
        if (c != '-' && result.size() < 15) {
            result.push_back(static_cast<char>('0' + (c >= 'a' ? c - 'a' : c - '0')));
        }
    }
    return result;
}

}  // namespace

void start_life(World& world, const Message& message, bool template_usable) {
    report(world, message);
    const auto delay = world.options().delivery_delay;
    if (!template_usable) {
        reach_later(world, message, message.created_at + delay / 2, "failed",
                    "The template is not approved for sending.");
        return;
    }
    reach_later(world, message, message.created_at + delay / 2, "sent");
    reach_later(world, message, message.created_at + delay, "delivered");
}

void start_review(World& world, const Template& row) {
    world.at(row.created_at + world.options().template_approval_delay, [&world, id = row.id](Time time) {
        if (auto* found = world.store.find_template(id)) {
            publish(*found);
            found->updated_at = time;
        }
    });
}

void publish(Template& row) {
    row.status = "APPROVED";
    row.published = true;
    row.whatsapp_id = as_number(row.id);
    row.whatsapp_name = as_identifier(row.name);
}

}  // namespace sent::testing::emulator
