#include "testing/emulator/message_events.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "testing/emulator/ids.hpp"
#include "testing/emulator/webhook_queue.hpp"
#include "testing/emulator/world.hpp"

namespace sent::testing::emulator {
namespace {

struct Price {
    std::string_view channel;
    std::string_view price;
};

constexpr std::array<Price, 4> prices{
    {{"sms", "0.0412"}, {"whatsapp", "0.0150"}, {"rcs", "0.0200"}, {"mms", "0.0620"}}};

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

// To the URL that a v1 message brings with it.
void report_to_webhook_url(World& world, const Message& message) {
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

}  // namespace

void reach(World& world, const std::string& id, MessageEvent event) {
    auto* message = world.store.messages.find(id);
    if (message == nullptr) {
        return;
    }
    message->events.push_back(std::move(event));
    if (message->status() == "delivered") {
        message->price = price_of(message->channel);
    }
    on_message_event(world, *message);
}

void on_message_event(World& world, const Message& message) {
    report_to_webhook_url(world, message);
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
