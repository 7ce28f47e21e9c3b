#pragma once

/// @file
/// Threads that post to receivers, so that a slow receiver delays only its own events.

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

/// One attempt. Its functions run on a thread of the poster, without the poster's lock.
struct PostJob {
    std::string lane{};  ///< jobs of one lane run one after the other, in the order in which they were added
    /// Called just before the post. Returns nothing if it is not needed any more.
    std::function<std::optional<OutgoingPost>()> prepare{};
    std::function<void(const WebhookAnswer&)> finish{};
};

class WebhookPoster {
  public:
    WebhookPoster() = default;
    ~WebhookPoster();
    WebhookPoster(const WebhookPoster&) = delete;
    WebhookPoster& operator=(const WebhookPoster&) = delete;

    /// Returns false if no thread can be started, or after stop(). Then the job does not run.
    bool add(PostJob job);
    /// Drops waiting jobs, and cuts short the posts in progress.
    void clear();
    /// Ends the threads, even during a post. The caller must not hold anything that a job's functions wait
    /// for.
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
    std::vector<std::thread> threads_;  // more are started if all are busy
    std::size_t idle_ = 0;
    std::size_t ended_ = 0;
    bool stopping_ = false;
};

}  // namespace sent::testing::emulator
