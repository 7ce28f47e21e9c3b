// Receives deliveries with cpp-httplib: verifies them, takes each one once, answers before the slow work, and
// applies statuses in the order in which they were reached. Needs no client and no libcurl: links
// sent::webhooks.
//
//   SENT_WEBHOOK_SECRETS_FILE=... ./20_receive_webhooks        one secret in each line; prints its URL
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <iostream>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include <httplib.h>

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

// The secrets of now. A rotation makes the old one void at once, and it may reach this program after the
// first delivery that it signs.
class Secrets {
  public:
    explicit Secrets(std::string file) : file_(std::move(file)), verifier_(read()) {}

    sent::Result<webhooks::Event> verify(const webhooks::HeaderView& headers, const std::string& body) {
        const std::lock_guard lock{mutex_};
        auto event = verifier_.verify(headers, body);
        const bool wrong_secret = !event && (event.error().code == "WEBHOOK_NO_MATCH" ||
                                             event.error().kind == sent::ErrorKind::configuration);
        if (wrong_secret) {
            verifier_ = read();
            event = verifier_.verify(headers, body);
        }
        return event;
    }

  private:
    webhooks::Verifier read() const {
        std::vector<std::string> secrets;
        std::ifstream file{file_};
        for (std::string line; std::getline(file, line);) {
            secrets.push_back(line);
        }
        return webhooks::Verifier{{.secrets = secrets}};
    }

    std::mutex mutex_;
    std::string file_;
    webhooks::Verifier verifier_;
};

// What takes longer than an answer may. The service does not come again after a 2xx, so where no event may be
// lost, write it to a database before answering, and let this work from there.
class Worker {
  public:
    void add(webhooks::Event event) {
        {
            const std::lock_guard lock{mutex_};
            events_.push_back(std::move(event));
        }
        wake_.notify_one();
    }

  private:
    void run(const std::stop_token& stop) {
        for (std::unique_lock lock{mutex_}; wake_.wait(lock, stop, [this] { return !events_.empty(); });) {
            const auto event = std::move(events_.front());
            events_.pop_front();
            lock.unlock();
            handle(event);
            lock.lock();
        }
    }

    void handle(const webhooks::Event& event) {
        std::cout << (event.event.empty() ? event.field.str() : event.event);
        if (const auto* status = std::get_if<webhooks::MessageStatusEvent>(&event.payload)) {
            // Also of messages whose id this program does not know yet.
            const char* const became[] = {"", ", again", ", older than what is known",
                                          ", read the message to know which is newer"};
            std::cout << ' ' << status->message_id << became[static_cast<int>(statuses_.apply(*status))];
            if (status->reason_code) {
                std::cout << ", " << *status->reason_code;
            }
        } else if (const auto* message = std::get_if<webhooks::InboundMessage>(&event.payload)) {
            std::cout << ": " << message->text.value_or("(no text)");
        }
        std::cout << std::endl;
    }

    webhooks::StatusTracker statuses_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<webhooks::Event> events_;
    std::jthread thread_{[this](const std::stop_token& stop) { run(stop); }};
};

}  // namespace

int main() {
    Secrets secrets{setting("SENT_WEBHOOK_SECRETS_FILE")};
    webhooks::Deduplicator seen;
    Worker worker;

    httplib::Server server;
    server.Post("/webhooks", [&](const httplib::Request& request, httplib::Response& response) {
        // The body as it came: what a JSON library writes again has another signature.
        auto event = secrets.verify(request.headers, request.body);
        if (!event) {
            std::cerr << event.error().message << std::endl;
            response.status = webhooks::response_status(event.error());
            return;
        }
        auto claim = seen.claim(webhooks::dedupe_key(request.headers, request.body, *event));
        if (claim.in_progress()) {
            response.status = 503;  // the other one may fail yet: come again
            return;
        }
        if (claim) {
            worker.add(*std::move(event));
            claim.commit();
        }
        response.status = 200;  // to repetitions, too
    });
    const int port = server.bind_to_any_port("127.0.0.1");
    std::cout << "http://127.0.0.1:" << port << "/webhooks" << std::endl;
    return server.listen_after_bind() ? 0 : 1;
}
