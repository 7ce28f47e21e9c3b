// The code blocks of docs/webhooks.md.
#include <chrono>
#include <functional>
#include <iostream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

#include <nlohmann/json.hpp>

#include <sent/json.hpp>
#include <sent/sent.hpp>
#include <sent/webhooks.hpp>

namespace {

const std::string secret = "whsec_c2VudC1jcHAtc2RrLXRlc3Qtc2lnbmluZy1rZXktMDE=";
const std::string new_secret = "whsec_dGVzdC13ZWJob29rLXNlY3JldA==";

/// What an HTTP server hands over.
struct Request {
    sent::Headers headers{};
    std::string body{};
};

Request delivery(std::string body, const std::string& signed_with = secret) {
    const sent::webhooks::Signer signer(
        {.secret = sent::Secret{signed_with}, .endpoint_id = "7ba7b820-9dad-11d1"});
    return {signer.sign(body).value(), std::move(body)};
}

std::string status_event(const std::string& event, const std::string& status, const std::string& time) {
    return R"({"field":"message","event":")" + event + R"(","timestamp":"2026-08-01T09:00:06Z","payload":{)" +
           R"("message_id":"c0a8012e-5f43-4b57-a1d1-2f0d7f6e9b10","message_status":")" + status +
           R"(","channel":"sms","outbound_number":"+12025550123","updated_at":")" + time + R"("}})";
}

int handled = 0;

void handle(const sent::webhooks::Event& /*event*/) {
    ++handled;
}

// One receiver for all.
const sent::webhooks::Verifier verifier{{.secrets = secret}};
sent::webhooks::Deduplicator seen;
sent::webhooks::StatusTracker statuses;

int receive(const Request& request) {
    const auto event = verifier.verify(request.headers, request.body);
    if (!event) {
        return sent::webhooks::response_status(event.error());  // 401, 400, ...
    }
    auto claim = seen.claim(sent::webhooks::dedupe_key(request.headers, request.body, *event));
    if (claim.in_progress()) {
        return 503;  // another thread has it, and may fail yet: come again
    }
    if (claim) {
        handle(*event);
        claim.commit();
    }
    return 200;
}

/// What an HTTP server takes back.
struct Reply {
    int status = 0;
    std::string body{};
};

const std::string callback_secret = "whsec_dm9pY2UtY2FsbGJhY2stc2VjcmV0";
const sent::webhooks::Verifier caller_verifier{{.secrets = callback_secret}};

Reply answer(const Request& request) {
    using sent::webhooks::VoiceAnswer;
    const auto question = caller_verifier.verify_question(request.headers, request.body);
    if (!question) {
        return {sent::webhooks::response_status(question.error()), ""};  // 401, 400, ...
    }
    const auto connected = question->from.kind == sent::CallPartyKind::user
                               ? VoiceAnswer::connect_to_number({question->to.number.value_or("")})
                               : VoiceAnswer::connect_to_user({"agent-7"});
    return {200, connected.value_or(VoiceAnswer::reject()).json()};
}

bool answers_calls() {
    const std::string call = R"({"type":"call.request","callId":"call_1","direction":"inbound",)"
                             R"("from":{"kind":"number","number":"+12025550123"}})";
    return answer(delivery(call, callback_secret)).body ==
               R"({"action":{"action":"connectToUser","identity":"agent-7"}})" &&
           answer(delivery(call, secret)).status == 401;
}

bool takes_each_delivery_once() {
    const auto request = delivery(status_event("message.delivered", "DELIVERED", "2026-08-01T09:00:05Z"));
    handled = 0;
    const int first = receive(request);
    const int second = receive(request);
    auto forged = request;
    forged.body += ' ';
    return first == 200 && second == 200 && receive(forged) == 401 && handled == 1;
}

bool raw_body() {
    const auto request = delivery(R"({ "field": "templates", "payload": { "status": "APPROVED" } })");
    const auto tree = nlohmann::json::parse(request.body);

    const auto event = verifier.verify(request.headers, request.body);  // not tree.dump()

    return event && !verifier.verify(request.headers, tree.dump());
}

bool keys() {
    const auto request = delivery(status_event("message.sent", "SENT", "2026-08-01T09:00:03Z"));
    const auto& headers = request.headers;
    const auto event = verifier.verify(headers, request.body);

    const auto key =
        sent::webhooks::dedupe_key(headers, request.body, *event);  // not headers.get("x-webhook-id")
    const bool is_new = seen.first_time(key);

    return is_new && !seen.first_time(key);
}

bool several_secrets() {
    const auto request = delivery("{}", new_secret);
    const auto& old_secret = secret;

    const sent::webhooks::Verifier rotating{{.secrets = {old_secret, new_secret}}};

    return rotating.verify(request.headers, request.body).has_value();
}

bool order() {
    const auto newer =
        sent::webhooks::parse_event(status_event("message.delivered", "DELIVERED", "2026-08-01T09:00:05Z"));
    const auto late =
        sent::webhooks::parse_event(status_event("message.sent", "SENT", "2026-08-01T09:00:03Z"));
    std::string shown;
    const auto show = [&shown](const sent::MessageStatus& status) { shown += status.str() + ' '; };
    for (const auto& event : {newer.value(), late.value()}) {
        if (const auto* status = std::get_if<sent::webhooks::MessageStatusEvent>(&event.payload)) {
            if (statuses.apply(*status) == sent::webhooks::StatusChange::applied) {
                show(status->message_status);
            }
        }
    }
    return shown == "DELIVERED ";
}

/// Orders with their statuses.
class Orders {
  public:
    bool update(const sent::webhooks::MessageStatusEvent& event) {
        const auto order = statuses_.find(event.message_id);
        if (order == statuses_.end()) {
            return false;
        }
        if (sent::webhooks::compare_statuses(order->second, {event.message_status, event.updated_at}) ==
            sent::webhooks::StatusChange::applied) {
            order->second = {event.message_status, event.updated_at};
        }
        return true;
    }
    void store(const std::string& message_id) { statuses_[message_id] = {}; }
    std::string status_of(const std::string& message_id) { return statuses_[message_id].status.str(); }

  private:
    std::map<std::string, sent::webhooks::TrackedStatus> statuses_;
};

Orders orders;
sent::webhooks::EarlyStatuses early;

void on_status(const sent::webhooks::MessageStatusEvent& event) {
    early.deliver(event,
                  [](const auto& status) { return orders.update(status); });  // true: a row has this id
}

void on_sent(const std::string& message_id) {
    orders.store(message_id);  // committed
    for (const auto& event : early.take(message_id)) {
        orders.update(event);
    }
}

bool early_status() {
    const auto event =
        sent::webhooks::parse_event(status_event("message.sent", "SENT", "2026-08-01T09:00:03Z")).value();
    const auto& status = std::get<sent::webhooks::MessageStatusEvent>(event.payload);
    on_status(status);
    on_sent(status.message_id);
    return orders.status_of(status.message_id) == "SENT" && early.size() == 0;
}

std::map<std::string, std::string> secrets;

void store_secret(const std::string& webhook_id, const std::string& webhook_secret) {
    secrets[webhook_id] = webhook_secret;
}

std::optional<std::string> stored_secret(const std::string& webhook_id) {
    const auto found = secrets.find(webhook_id);
    return found == secrets.end() ? std::nullopt : std::optional{found->second};
}

std::optional<std::string> secret_of_endpoint(const sent::Client& client, const std::string& url) {
    const auto found = client.webhooks().find_or_create(
        {.display_name = "Delivery events", .endpoint_url = url, .event_types = {"message"}});
    if (!found) {
        return std::nullopt;
    }
    if (found->webhook.signing_secret) {
        store_secret(found->webhook.id,
                     *found->webhook.signing_secret);  // keep it: it may not be shown again
    }
    if (!found->webhook.is_active) {
        (void)client.webhooks().toggle_status(found->webhook.id, true);  // ten failures turned it off
    }
    return stored_secret(found->webhook.id);  // if it is lost: rotate_secret
}

bool one_endpoint_at_every_start() {
    const sent::Client client;
    const auto first = secret_of_endpoint(client, "https://example.com/hook");
    const auto second = secret_of_endpoint(client, "https://example.com/hook");
    return first && first == second && secrets.size() == 1;
}

bool log_of_deliveries() {
    const sent::Client client;
    const auto webhook = client.webhooks().find_or_create(
        {.display_name = "Log", .endpoint_url = "https://example.com/log", .event_types = {"message"}});
    if (!webhook || !client.webhooks().test(webhook->webhook.id, "message.delivered")) {
        return false;
    }
    const auto& webhook_id = webhook->webhook.id;
    std::string said;
    const auto handle = [&said](const sent::webhooks::Event& event) { said += event.event; };
    for (const auto& logged : client.webhooks().all_events({.id = webhook_id})) {
        if (logged && logged->delivery_status == sent::WebhookDeliveryStatus::failed) {
            handle(sent::webhooks::parse_logged_event(logged->event_data));
        }
    }
    return said == "message.delivered";
}

bool every_event() {
    std::string said;
    for (
        const auto* body :
        {R"({"field":"message","event":"message.received","payload":{"inbound_number":"+1","text":"Hello"}})",
         R"({"field":"contact","event":"contact.opt_out","payload":{"contact_id":"c1"}})",
         R"({"field":"wallet","event":"wallet.low","payload":{"balance":"1.50"}})"}) {
        const auto event = sent::webhooks::parse_event(body).value();
        if (const auto* message = std::get_if<sent::webhooks::InboundMessage>(&event.payload)) {
            said += message->inbound_number + " wrote " + message->text.value_or("") + '\n';
        } else if (const auto* contact = std::get_if<sent::webhooks::ContactEvent>(&event.payload)) {
            said += contact->contact_id + (contact->opt_out ? " is out\n" : " is in\n");
        } else if (std::holds_alternative<sent::webhooks::UnknownEvent>(event.payload)) {
            said += "something new: " + event.event + '\n';  // and answer 200 all the same
        }
    }
    return said == "+1 wrote Hello\nc1 is out\nsomething new: wallet.low\n";
}

bool unknown_members() {
    const auto event = sent::webhooks::parse_event(R"({"field":"templates","payload":{"score":7}})").value();

    const nlohmann::json whole = event.raw;
    const int score = whole["payload"]["score"];

    return score == 7;
}

bool reason_of_a_failure(const sent::Client& client, const std::string& message_id) {
    const auto reason = client.messages().failure_reason(message_id);
    if (reason && *reason) {
        std::cout << (*reason)->reason_code.value_or("") << ' ' << (*reason)->description << '\n';
    }
    return reason.has_value();
}

bool asks_for_the_reason() {
    const sent::Client client;
    const auto reply = client.messages().send({.to = {"+14155550100"}, .text = "Hi"});
    return reply && !reply->recipients.empty() &&
           reason_of_a_failure(client, reply->recipients.front().message_id.value_or(""));
}

}  // namespace

int main() {
    const std::pair<const char*, bool (*)()> parts[] = {
        {"takes each delivery once", &takes_each_delivery_once},
        {"answers calls", &answers_calls},
        {"raw body", &raw_body},
        {"keys", &keys},
        {"several secrets", &several_secrets},
        {"order", &order},
        {"early status", &early_status},
        {"one endpoint at every start", &one_endpoint_at_every_start},
        {"log of deliveries", &log_of_deliveries},
        {"every event", &every_event},
        {"unknown members", &unknown_members},
        {"reason of a failure", &asks_for_the_reason}};
    int failures = 0;
    for (const auto& [name, part] : parts) {
        if (!part()) {
            std::cerr << "not as the text says: " << name << '\n';
            ++failures;
        }
    }
    return failures;
}
