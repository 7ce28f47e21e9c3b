#include "emulator/webhooks/deliveries.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include <sent/webhooks/signer.hpp>

#include "emulator/http/url.hpp"
#include "emulator/state/event_types.hpp"
#include "emulator/state/ids.hpp"
#include "emulator/state/world.hpp"

namespace sent::testing::emulator {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t events_kept = 10000;
constexpr std::size_t body_kept_in_log = 4096;
constexpr int failures_until_inactive = 10;
constexpr int longest_pause = 60;  // as a multiple of the first pause

// The event and the endpoint of a job, if both still exist.
struct Delivery {
    WebhookEvent* event = nullptr;
    Webhook* webhook = nullptr;

    explicit operator bool() const { return webhook != nullptr; }
};

Delivery find_delivery(World& world, const std::string& event_id) {
    auto* event = world.store.webhook_events.find(event_id);
    return {event, event == nullptr ? nullptr : world.store.webhooks.find(event->webhook_id)};
}

bool is_open(const WebhookEvent& event) {
    return event.status == "PENDING" || event.status == "RETRYING";
}

std::optional<OutgoingPost> prepare_post(World& world, const std::string& event_id) {
    const auto [event, webhook] = find_delivery(world, event_id);
    if (webhook == nullptr) {
        return std::nullopt;
    }
    event->started_at = event->started_at.value_or(world.now());
    webhook->last_attempt_at = world.now();
    // Uses the system's clock, not the emulator's, because a test may have moved that, and receivers compare
    // the time with theirs.
    const webhooks::Signer signer{{webhook->secret, webhook->id}};
    OutgoingPost outgoing;
    outgoing.url = webhook->endpoint_url;
    const auto headers = signer.sign(event->body, {event->event_type, event->id}).value();
    for (const auto [name, value] : headers) {
        outgoing.headers.emplace_back(name, value);
    }
    outgoing.body = event->body;
    constexpr std::chrono::hours longest{24};  // the HTTP client counts milliseconds in an int
    outgoing.timeout = std::min<std::chrono::milliseconds>(
        webhook->timeout_seconds * world.options().webhook_second, longest);
    return outgoing;
}

void close(WebhookEvent& event, const char* status, Time now) {
    event.status = status;
    event.completed_at = now;
}

void give_up(WebhookEvent& event, std::string error, Time now) {
    event.error = std::move(error);
    close(event, "FAILED", now);
}

void note_attempt(WebhookEvent& event, const WebhookAnswer& answer) {
    ++event.attempts;
    event.http_status = answer.status == 0 ? std::nullopt : std::optional<int>(answer.status);
    event.response_body =
        answer.status == 0 ? std::nullopt : std::optional(answer.body.substr(0, body_kept_in_log));
    event.error = answer.error;
    if (!answer.good() && event.error.empty()) {
        event.error = "The receiver answered with " + std::to_string(answer.status) + '.';
    }
}

void note_success(Delivery& delivery, Time now) {
    close(*delivery.event, "DELIVERED", now);
    delivery.webhook->consecutive_failures = 0;
    delivery.webhook->last_success_at = now;
}

void note_failure(Delivery& delivery, Time now) {
    close(*delivery.event, "FAILED", now);
    if (++delivery.webhook->consecutive_failures >= failures_until_inactive) {
        delivery.webhook->active = false;
    }
}

void attempt(World& world, const std::string& event_id);

void retry_later(World& world, WebhookEvent& event) {
    event.status = "RETRYING";
    const int factor = std::min(1 << (event.tries - 1), longest_pause);
    world.at(world.now() + factor * world.options().webhook_retry_delay,
             [&world, id = event.id](Time /*due*/) { attempt(world, id); });
}

void finish_attempt(World& world, const std::string& event_id, const WebhookAnswer& answer) {
    auto delivery = find_delivery(world, event_id);
    if (!delivery || !is_open(*delivery.event)) {
        return;
    }
    auto& event = *delivery.event;
    ++event.tries;
    note_attempt(event, answer);
    if (answer.good()) {
        note_success(delivery, world.now());
    } else if (event.retried && event.tries <= delivery.webhook->retry_count) {
        retry_later(world, event);
    } else {
        note_failure(delivery, world.now());
    }
}

// Does not count as one of the service's own attempts, but a success completes the event.
void finish_redelivery(World& world, const std::string& event_id, const WebhookAnswer& answer) {
    auto delivery = find_delivery(world, event_id);
    if (!delivery) {
        return;
    }
    note_attempt(*delivery.event, answer);
    if (answer.good()) {
        note_success(delivery, world.now());
    }
}

using Finish = void (*)(World&, const std::string&, const WebhookAnswer&);

bool post(World& world, const WebhookEvent& event, Finish finish) {
    return world.webhook_poster.add(
        {event.webhook_id,
         [&world, id = event.id] { return world.alone([&id](World& all) { return prepare_post(all, id); }); },
         [&world, id = event.id, finish](const WebhookAnswer& answer) {
             world.alone([&](World& all) { finish(all, id, answer); });
         }});
}

void attempt(World& world, const std::string& event_id) {
    const auto [event, webhook] = find_delivery(world, event_id);
    if (webhook == nullptr || !is_open(*event)) {
        return;
    }
    if (!webhook->active) {
        give_up(*event, "The webhook is inactive.", world.now());
        return;
    }
    auto obstacle = delivery_obstacle(webhook->endpoint_url);
    if (obstacle.empty() && !post(world, *event, finish_attempt)) {
        obstacle = "The emulator has no thread left.";
    }
    if (!obstacle.empty()) {
        give_up(*event, std::move(obstacle), world.now());
    }
}

}  // namespace

void deliver_event(World& world, const Webhook& webhook, const Event& event, Attempts attempts) {
    auto& log = world.store.webhook_events;
    while (log.size() >= events_kept) {
        log.erase_oldest();
    }
    WebhookEvent row;
    row.id = make_guid();
    row.webhook_id = webhook.id;
    row.event_type = event_type_name(event.family, event.sub_type);
    row.body = to_text(event_envelope(event));
    row.retried = attempts == Attempts::with_retries;
    row.status = "PENDING";
    row.created_at = world.now();
    attempt(world, log.add(std::move(row)).id);
}

bool redeliver_event(World& world, const std::string& event_id) {
    const auto [event, webhook] = find_delivery(world, event_id);
    return webhook != nullptr && delivery_obstacle(webhook->endpoint_url).empty() &&
           post(world, *event, finish_redelivery);
}

void forget_deliveries(World& world, const std::string& webhook_id) {
    std::vector<std::string> ids;
    for (const auto& event : world.store.webhook_events) {
        if (event.webhook_id == webhook_id) {
            ids.push_back(event.id);
        }
    }
    for (const auto& id : ids) {
        world.store.webhook_events.erase(id);
    }
}

std::string delivery_obstacle(const std::string& url) {
    const auto parsed = parse_url(url);
    return parsed && is_loopback(parsed->host) ? "" : "The emulator posts to this machine only.";
}

}  // namespace sent::testing::emulator
