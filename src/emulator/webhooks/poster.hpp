#pragma once

/// @file
/// Threads that post to receivers, so that a slow one keeps only its own events waiting.

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "emulator/http/http_types.hpp"
#include "emulator/webhooks/connection.hpp"

namespace sent::testing::emulator {

struct OutgoingPost {
    std::string url{};
    HeaderList headers{};
    std::string body{};
    std::chrono::milliseconds timeout{};
};

/// One attempt. Its functions run on a thread of the poster, without a lock of it.
struct PostJob {
    std::string lane{};  ///< jobs of a lane run one after the other, in the order in which they were added
    std::function<std::optional<OutgoingPost>()> prepare{};  ///< just before; empty: not any more
    std::function<void(const WebhookAnswer&)> finish{};
};

class WebhookPoster {
  public:
    WebhookPoster() = default;
    ~WebhookPoster();
    WebhookPoster(const WebhookPoster&) = delete;
    WebhookPoster& operator=(const WebhookPoster&) = delete;

    /// False when there is no thread to be had, or after stop(): the job will not run.
    bool add(PostJob job);
    /// Forgets what waits, and cuts short what is under way.
    void clear();
    /// Ends the threads, amid a post if need be. Nothing that a job's functions wait for may be held.
    void stop();

  private:
    std::list<PostJob>::iterator next_job();
    bool provide_thread();
    void run();
    void perform(const PostJob& job, std::unique_lock<std::mutex>& lock);
    void cut_short();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::list<PostJob> waiting_;
    std::set<std::string> busy_lanes_;
    std::set<WebhookConnection*> current_;
    std::vector<std::thread> threads_;  // started when there is more to do than they can
    std::size_t idle_ = 0;
    std::size_t ended_ = 0;
    bool stopping_ = false;
};

}  // namespace sent::testing::emulator
