#include "emulator/state/message_events.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "emulator/state/account.hpp"
#include "emulator/state/event_types.hpp"
#include "emulator/state/ids.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/events.hpp"
#include "emulator/v3/views.hpp"
#include "emulator/webhooks/queue.hpp"

namespace sent::testing::emulator {
namespace {

struct Price {
    std::string_view channel;
    std::string_view price;
};

constexpr std::array<Price, 4> prices{
    {{"sms", "0.0412"}, {"whatsapp", "0.0150"}, {"rcs", "0.0200"}, {"mms", "0.0620"}}};

constexpr std::size_t longest_body = 3072;

bool was_routed(const Message& message) {
    return std::any_of(message.events.begin(), message.events.end(), [](const MessageEvent& event) {
        return event.status == "routed" || event.status == "sent";
    });
}

// Events name the channel only after it has been chosen.
std::string event_channel(const Message& message) {
    if (message.status() == "queued" || message.status() == "scheduled") {
        return "sent";
    }
    return was_routed(message) || message.status() == "failed" ? message.channel : "auto";
}

struct Reason {
    std::string_view status;
    std::string_view code;
    std::string_view sentence;
};

// Used if a test moves the message to this status without a reason.
constexpr std::array<Reason, 3> usual_reasons{
    {{"failed", "DELIVERY_007", "The recipient is not registered on the channel."},
     {"filtered", "BUSINESS_004", "The recipient has opted out."},
     {"blocked", "BUSINESS_003", "The balance is insufficient."}}};

void give_a_reason(MessageEvent& event) {
    for (const auto& reason : usual_reasons) {
        if (event.status == reason.status && event.reason_code.empty()) {
            event.reason_code = reason.code;
            event.description = event.description.value_or(std::string(reason.sentence));
        }
    }
}

// Returns at most `longest_body` bytes, and never a part of a character.
std::string shorten(const std::string& text) {
    auto end = std::min(text.size(), longest_body);
    while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return text.substr(0, end);
}

Json outbound_payload(const World& world, const Message& message) {
    Json payload{{"account_id", customer_id(world, message.profile)},
                 {"message_id", message.id},
                 {"message_status", to_upper(message.status())},
                 {"channel", event_channel(message)},
                 {"outbound_number", message.number.e164},
                 {"template_id", nullptr}};
    if (message.template_id) {
        payload["template_id"] = *message.template_id;
        payload["template_name"] = message.template_name;
    }
    payload["agent_id"] = nullptr;
    payload["body"] = shorten(message.body.content);
    const auto& event = message.events.back();
    if (!event.reason_code.empty()) {
        payload["reason_code"] = event.reason_code;
        payload["reason"] = event.description.value_or("");
    }
    if (event.status == "scheduled") {
        payload["schedule_reason"] = message.held_by_quiet_hours ? "quiet_hours" : "scheduled";
    }
    if (message.scheduled_at && (event.status == "scheduled" || event.status == "cancelled")) {
        payload["scheduled_at"] = short_timestamp(*message.scheduled_at);
    }
    payload["updated_at"] = short_timestamp(event.time);
    return payload;
}

Json inbound_payload(const World& world, const Message& message) {
    const auto time = short_timestamp(message.events.back().time);
    return Json{{"account_id", customer_id(world, message.profile)},
                {"message_id", message.id},
                {"channel", message.channel},
                {"inbound_number", message.number.e164},
                {"outbound_number", organization_number},
                {"text", message.body.content},
                {"received_at", time},
                {"updated_at", time}};
}

Event message_event(const World& world, const Message& message) {
    return {"message", message.status(), message.events.back().time, message_event_payload(world, message)};
}

// Posts the event to the URL that a v1 message specifies.
void report_to_webhook_url(World& world, const Message& message, const Event& event) {
    if (message.webhook_url.empty()) {
        return;
    }
    const auto type = event_type_name(event.family, event.sub_type);
    world.webhooks.add({message.webhook_url,
                        message.id,
                        type,
                        {{"x-webhook-event-type", type}, {"x-webhook-event-id", make_guid()}},
                        to_text(event_envelope(event))});
}

}  // namespace

void reach(World& world, const std::string& id, MessageEvent event) {
    auto* message = world.store.messages.find(id);
    if (message == nullptr) {
        return;
    }
    give_a_reason(event);
    message->events.push_back(std::move(event));
    if (message->status() == "delivered") {
        message->price = price_of(message->channel);
    }
    on_message_event(world, *message);
}

void plan_step(World& world, const Message& message, Time when, std::function<void(Message&, Time)> step) {
    world.at(when, [&world, id = message.id, life = message.life, step = std::move(step)](Time time) {
        auto* found = world.store.messages.find(id);
        if (found != nullptr && found->life == life) {
            step(*found, time);
        }
    });
}

void on_message_event(World& world, const Message& message) {
    const auto event = message_event(world, message);
    report_to_webhook_url(world, message, event);
    publish_event(world, message.profile, event);
}

Json message_event_payload(const World& world, const Message& message) {
    return message.inbound ? inbound_payload(world, message) : outbound_payload(world, message);
}

std::string_view price_of(const std::string& channel) {
    const auto* found = std::find_if(prices.begin(), prices.end(),
                                     [&channel](const Price& row) { return row.channel == channel; });
    return found == prices.end() ? prices.front().price : found->price;
}

std::string to_upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

}  // namespace sent::testing::emulator
