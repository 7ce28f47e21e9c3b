// Sends a message and waits until a delivery says what became of it, rather than asking again and again; when
// none comes in time, asks. Sender and receiver are one program here.
//
//   export SENT_DM_API_KEY=...
//   SENT_PHONE_NUMBER=+1... SENT_TEMPLATE_ID=... SENT_PORT=8080 SENT_WEBHOOK_URL=https://...
//   ./23_wait_for_delivery_event
//
// SENT_WEBHOOK_URL leads to SENT_PORT of this machine; without it the emulator's deliveries arrive, but not
// the service's.
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <iostream>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <variant>

#include <httplib.h>

#include <sent/sent.hpp>
#include <sent/webhooks.hpp>

namespace {

namespace webhooks = sent::webhooks;

std::string setting(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') {
        std::cerr << "Please set " << name << ".\n";
        std::exit(2);
    }
    return value;
}

// Statuses by message. A delivery may be here before the sender knows the message's id, so all are kept.
class Statuses {
  public:
    void apply(const webhooks::MessageStatusEvent& event) {
        const auto change = latest_.apply(event);
        const std::lock_guard lock{mutex_};
        if (change == webhooks::StatusChange::undecidable) {
            unclear_[event.message_id] = event.updated_at;
        } else if (change == webhooks::StatusChange::applied) {
            reasons_[event.message_id] = event.reason_code.value_or("");
        }
        changed_.notify_all();
    }

    // Why the message has the status that it has; empty when no delivery says so.
    std::string reason_of(const std::string& id) {
        const std::lock_guard lock{mutex_};
        return reasons_[id];
    }

    // Ends with the status that the message has then, final or not.
    sent::MessageStatus wait_until_final(const sent::Client& client, const std::string& id,
                                         std::chrono::seconds patience) {
        const auto deadline = std::chrono::steady_clock::now() + patience;
        const auto news = [&] { return sent::is_final(status_of(id)) || unclear_.count(id) != 0; };
        std::unique_lock lock{mutex_};
        while (changed_.wait_until(lock, deadline, news) && !sent::is_final(status_of(id))) {
            const auto unclear = unclear_.extract(id);
            lock.unlock();
            // A failure and another status of one second: only the service knows which came last.
            const auto message = client.messages().get(id);
            if (message && !unclear.empty()) {
                latest_.set(id, {message->status, unclear.mapped()});
            }
            lock.lock();
        }
        return status_of(id);
    }

  private:
    sent::MessageStatus status_of(const std::string& id) const {
        const auto held = latest_.find(id);
        return held ? held->status : sent::MessageStatus{};
    }

    webhooks::StatusTracker latest_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, std::optional<sent::Timestamp>> unclear_;
    std::map<std::string, std::string> reasons_;
};

int send_and_wait(const sent::Client& client, Statuses& statuses) {
    const auto reply = client.messages().send({
        .to = {setting("SENT_PHONE_NUMBER")},
        .template_ref = sent::TemplateRef{.id = setting("SENT_TEMPLATE_ID"),
                                          .parameters = {{"name", "Ada"}, {"order_id", "12345"}}},
    });
    if (!reply || reply->recipients.empty() || !reply->recipients.front().message_id) {
        std::cerr << (reply ? "no message id\n" : to_string(reply.error()) + '\n');
        return 1;
    }
    const auto& id = *reply->recipients.front().message_id;

    auto status = statuses.wait_until_final(client, id, std::chrono::seconds{30});
    if (!sent::is_final(status)) {
        std::cout << "no delivery says so in time, asking\n";
        if (const auto message = client.messages().get(id)) {
            status = message->status;
        }
    }
    std::cout << id << ": " << status << '\n';
    if (status == sent::MessageStatus::failed || status == sent::MessageStatus::blocked) {
        // Deliveries from before October 2026 do not say why.
        if (const auto code = statuses.reason_of(id); !code.empty()) {
            std::cout << code << '\n';
        } else if (const auto reason = client.messages().failure_reason(id); reason && *reason) {
            std::cout << (*reason)->reason_code.value_or("no code") << ": " << (*reason)->description << '\n';
        }
    }
    return status == sent::MessageStatus::delivered || status == sent::MessageStatus::read ? 0 : 1;
}

}  // namespace

int main() {
    httplib::Server server;
    const char* const fixed_port = std::getenv("SENT_PORT");
    const int port = fixed_port != nullptr && server.bind_to_port("0.0.0.0", std::atoi(fixed_port))
                         ? std::atoi(fixed_port)
                         : server.bind_to_any_port("127.0.0.1");
    const char* const url = std::getenv("SENT_WEBHOOK_URL");

    const sent::Client client;
    const auto endpoint = client.webhooks().create({
        .display_name = "Wait for deliveries",
        .endpoint_url = url != nullptr ? url : "http://127.0.0.1:" + std::to_string(port) + "/webhooks",
        .event_types = {"message"},
    });
    if (!endpoint || !endpoint->signing_secret) {
        std::cerr << (endpoint ? "no secret\n" : to_string(endpoint.error()) + '\n');
        return 1;
    }

    const webhooks::Verifier verifier{{.secrets = *endpoint->signing_secret}};
    Statuses statuses;
    server.Post(".*", [&](const httplib::Request& request, httplib::Response& response) {
        const auto event = verifier.verify(request.headers, request.body);
        response.status = event ? 200 : webhooks::response_status(event.error());
        if (event) {
            if (const auto* status = std::get_if<webhooks::MessageStatusEvent>(&event->payload)) {
                statuses.apply(*status);  // harmless when repeated
            }
        }
    });
    std::thread thread{[&server] { server.listen_after_bind(); }};
    const int result = send_and_wait(client, statuses);
    server.stop();
    thread.join();
    (void)client.webhooks().remove(endpoint->id);
    return result;
}
