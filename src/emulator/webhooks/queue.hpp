#pragma once

/// @file
/// Posts events to receivers on this machine only.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <sent/testing/emulator.hpp>

#include "emulator/http/http_types.hpp"

namespace sent::testing::emulator {

class WebhookConnection;

struct WebhookPost {
    std::string url{};
    std::string message_id{};
    std::string event{};
    HeaderList headers{};
    std::string body{};
};

/// Posts events one after the other, in the order in which they were added. Each is tried up to four times,
/// until a 2xx reply.
class WebhookQueue {
  public:
    WebhookQueue() = default;
    ~WebhookQueue();
    WebhookQueue(const WebhookQueue&) = delete;
    WebhookQueue& operator=(const WebhookQueue&) = delete;

    /// If the URL does not name this machine, refuses the post and records that.
    void add(WebhookPost post);
    std::vector<WebhookDelivery> deliveries() const;
    /// Drops waiting posts and forgets finished ones.
    void clear();
    /// Ends the thread, even during a post.
    void stop();

  private:
    void run();
    void deliver(const WebhookPost& post, std::unique_lock<std::mutex>& lock);
    int attempt(const WebhookPost& post, std::unique_lock<std::mutex>& lock);
    void record(const WebhookPost& post, int attempts, int http_status, const char* outcome);

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<WebhookPost> waiting_;
    std::deque<WebhookDelivery> done_;
    std::size_t clears_ = 0;
    bool stopping_ = false;
    bool ended_ = false;
    WebhookConnection* current_ = nullptr;  // of the attempt in progress
    std::thread thread_;                    // started with the first post
};

}  // namespace sent::testing::emulator
