#include "emulator/webhooks/queue.hpp"

#include <chrono>
#include <system_error>
#include <utility>

#include "base/http_status.hpp"
#include "emulator/http/quiet_thread.hpp"
#include "emulator/http/url.hpp"
#include "emulator/webhooks/connection.hpp"

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

}  // namespace

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
    // An attempt can be cut short only when it is connected, which takes a moment.
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
        if (detail::is_success(status)) {
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

// Returns the status of the reply, or 0 if there was none. Releases the lock meanwhile.
int WebhookQueue::attempt(const WebhookPost& post, std::unique_lock<std::mutex>& lock) {
    WebhookConnection connection(parse_url(post.url).value_or(Url{}), {connect_timeout, transfer_timeout});
    current_ = &connection;
    lock.unlock();
    const int status = connection.post(post.headers, post.body).status;
    lock.lock();
    current_ = nullptr;
    return status;
}

}  // namespace sent::testing::emulator
