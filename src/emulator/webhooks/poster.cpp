#include "emulator/webhooks/poster.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include "emulator/http/quiet_thread.hpp"
#include "emulator/http/url.hpp"

namespace sent::testing::emulator {
namespace {

constexpr std::size_t most_threads = 16;
constexpr std::chrono::milliseconds stop_interval{10};

}  // namespace

WebhookPoster::~WebhookPoster() {
    stop();
}

bool WebhookPoster::add(PostJob job) {
    const std::lock_guard lock(mutex_);
    if (stopping_ || !provide_thread()) {
        return false;
    }
    waiting_.push_back(std::move(job));
    changed_.notify_all();
    return true;
}

// Starts a thread, unless one is idle or the limit is reached. Returns false if there is no thread at all.
bool WebhookPoster::provide_thread() {
    if (idle_ > waiting_.size() || threads_.size() >= most_threads) {
        return true;
    }
    try {
        threads_.push_back(start_quiet_thread([this] { run(); }));
    } catch (const std::system_error&) {
        return !threads_.empty();
    }
    return true;
}

void WebhookPoster::clear() {
    const std::lock_guard lock(mutex_);
    waiting_.clear();
    cut_short();
}

void WebhookPoster::cut_short() {
    for (auto* connection : current_) {
        connection->cut_short();
    }
}

void WebhookPoster::stop() {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
    // A post can be cut short only when it is connected, which takes a moment.
    while (!changed_.wait_for(lock, stop_interval, [this] { return ended_ == threads_.size(); })) {
        cut_short();
    }
    auto threads = std::move(threads_);
    threads_.clear();
    ended_ = 0;
    lock.unlock();
    for (auto& thread : threads) {
        thread.join();
    }
}

std::list<PostJob>::iterator WebhookPoster::next_job() {
    return std::find_if(waiting_.begin(), waiting_.end(),
                        [this](const PostJob& job) { return busy_lanes_.count(job.lane) == 0; });
}

void WebhookPoster::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        ++idle_;
        changed_.wait(lock, [this] { return stopping_ || next_job() != waiting_.end(); });
        --idle_;
        if (stopping_) {
            break;
        }
        const auto next = next_job();
        const PostJob job = std::move(*next);
        waiting_.erase(next);
        busy_lanes_.insert(job.lane);
        perform(job, lock);
        busy_lanes_.erase(job.lane);
        changed_.notify_all();
    }
    ++ended_;
    changed_.notify_all();
}

// Releases the lock while it waits.
void WebhookPoster::perform(const PostJob& job, std::unique_lock<std::mutex>& lock) {
    lock.unlock();
    const auto post = job.prepare();
    if (!post) {
        lock.lock();
        return;
    }
    WebhookConnection connection(parse_url(post->url).value_or(Url{}), {post->timeout, post->timeout});
    lock.lock();
    current_.insert(&connection);
    lock.unlock();
    const auto answer = connection.post(post->headers, post->body);
    lock.lock();
    current_.erase(&connection);
    if (!stopping_) {
        lock.unlock();
        job.finish(answer);
        lock.lock();
    }
}

}  // namespace sent::testing::emulator
