#include "testing/emulator/webhook_queue.hpp"

#include <chrono>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <httplib.h>

#include "testing/emulator/quiet_thread.hpp"
#include "testing/emulator/url.hpp"

namespace sent::testing::emulator {
namespace {

using std::chrono::milliseconds;

constexpr int most_attempts = 4;
constexpr milliseconds first_pause{100};
constexpr milliseconds connect_timeout{300};
constexpr milliseconds transfer_timeout{1000};
constexpr milliseconds stop_interval{10};
constexpr std::size_t records_kept = 10000;
constexpr std::size_t most_waiting = 100000;

std::string scheme_host_port(const Url& url) {
    // Not left to a resolver: whatever it says about localhost, nothing leaves the machine.
    const std::string host = url.host == "localhost" ? "127.0.0.1" : url.host;
    const bool ipv6 = host.find(':') != std::string::npos;
    return (url.secure ? "https://" : "http://") + (ipv6 ? '[' + host + ']' : host) + ':' +
           std::to_string(url.port);
}

// The target is sent as the client gave it; httplib has renamed the switch over time.
template <typename Client>
auto send_target_verbatim(Client& client, int /*preferred*/) -> decltype(client.set_path_encode(false)) {
    return client.set_path_encode(false);
}

template <typename Client>
auto send_target_verbatim(Client& client, long /*otherwise*/) -> decltype(client.set_url_encode(false)) {
    return client.set_url_encode(false);
}

}  // namespace

// One attempt, which another thread can cut short.
class WebhookQueue::Connection {
  public:
    explicit Connection(const Url& url) : client_(scheme_host_port(url)), target_(url.target) {
        client_.set_connection_timeout(connect_timeout);
        client_.set_read_timeout(transfer_timeout);
        client_.set_write_timeout(transfer_timeout);
        send_target_verbatim(client_, 0);
#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
        // Receivers on this machine have certificates that they signed themselves.
        client_.enable_server_certificate_verification(false);
#endif
    }

    // The status of the answer; 0 when there was none.
    int post(const WebhookPost& post) {
        httplib::Headers headers;
        for (const auto& [name, value] : post.headers) {
            headers.emplace(name, value);
        }
        const auto answer = client_.Post(target_, headers, post.body, "application/json");
        return answer ? answer->status : 0;
    }

    void cut_short() {
        client_.stop();
    }

  private:
    httplib::Client client_;
    std::string target_;
};

WebhookQueue::~WebhookQueue() {
    stop();
}

void WebhookQueue::add(WebhookPost post) {
    const auto url = parse_url(post.url);
    const std::lock_guard lock(mutex_);
    if (!url || !is_loopback(url->host)) {
        record(post, 0, 0, "refused");
        return;
    }
    if (stopping_) {
        return;
    }
    if (!thread_.joinable()) {
        try {
            thread_ = start_quiet_thread([this] { run(); });
        } catch (const std::system_error&) {
            record(post, 0, 0, "gave_up");
            return;
        }
    }
    if (waiting_.size() >= most_waiting) {
        record(post, 0, 0, "gave_up");
        return;
    }
    waiting_.push_back(std::move(post));
    changed_.notify_all();
}

void WebhookQueue::record(const WebhookPost& post, int attempts, int http_status, const char* outcome) {
    done_.push_back(WebhookDelivery{post.url, post.message_id, post.event, attempts, http_status, outcome});
    if (done_.size() > records_kept) {
        done_.pop_front();
    }
}

std::vector<WebhookDelivery> WebhookQueue::deliveries() const {
    const std::lock_guard lock(mutex_);
    return {done_.begin(), done_.end()};
}

void WebhookQueue::clear() {
    const std::lock_guard lock(mutex_);
    ++clears_;
    waiting_.clear();
    done_.clear();
    changed_.notify_all();
}

void WebhookQueue::stop() {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
    if (!thread_.joinable()) {
        return;
    }
    // An attempt can only be cut short once it is connected, and connecting takes a moment.
    while (!changed_.wait_for(lock, stop_interval, [this] { return ended_; })) {
        if (current_ != nullptr) {
            current_->cut_short();
        }
    }
    auto thread = std::move(thread_);
    lock.unlock();
    thread.join();
}

void WebhookQueue::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (stopping_) {
            break;
        }
        const auto post = std::move(waiting_.front());
        waiting_.pop_front();
        deliver(post, lock);
    }
    ended_ = true;
    changed_.notify_all();
}

void WebhookQueue::deliver(const WebhookPost& post, std::unique_lock<std::mutex>& lock) {
    const auto clears_before = clears_;
    const auto obsolete = [&] { return stopping_ || clears_ != clears_before; };
    auto pause = first_pause;
    for (int attempts = 1; !obsolete(); ++attempts) {
        const int status = attempt(post, lock);
        if (obsolete()) {
            return;
        }
        if (status >= 200 && status < 300) {
            record(post, attempts, status, "delivered");
            return;
        }
        if (attempts == most_attempts) {
            record(post, attempts, status, "gave_up");
            return;
        }
        changed_.wait_for(lock, pause, obsolete);
        pause *= 2;
    }
}

// The status of the answer; 0 when there was none. The lock is released meanwhile.
int WebhookQueue::attempt(const WebhookPost& post, std::unique_lock<std::mutex>& lock) {
    lock.unlock();
    std::unique_ptr<Connection> connection;
    try {
        connection = std::make_unique<Connection>(parse_url(post.url).value_or(Url{}));
    } catch (const std::invalid_argument&) {
        // httplib was built without TLS: an attempt without an answer
    }
    lock.lock();
    current_ = connection.get();
    lock.unlock();
    const int status = connection ? connection->post(post) : 0;
    lock.lock();
    current_ = nullptr;
    return status;
}

}  // namespace sent::testing::emulator
