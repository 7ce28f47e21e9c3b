#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include <sent/http/transport.hpp>

#include "http/transport_settings.hpp"

namespace sent::detail::http {

class AsyncLoop;
class ThreadExit;

/// Runs asynchronous requests and timers on one thread, which it starts when it is first needed.
class AsyncEngine {
  public:
    explicit AsyncEngine(std::shared_ptr<const TransportSettings> settings);
    AsyncEngine(const AsyncEngine&) = delete;
    AsyncEngine& operator=(const AsyncEngine&) = delete;
    /// Like stop().
    ~AsyncEngine();

    /// See AsyncJob.
    void send(std::unique_ptr<const HttpRequest> own, const HttpRequest& request,
              AsyncTransport::Completion done);
    bool run_at(std::chrono::steady_clock::time_point when, std::function<void()> task);
    /// Completes everything outstanding with TransportErrorKind::cancelled, calls timers early, and waits for
    /// the thread; unless this is that thread, which then ends by itself. What comes later is completed at
    /// once.
    void stop() noexcept;
    /// For the end of the process: the thread does nothing any more, and calls nothing; or it ends, if it has
    /// been stopped. Waits for that until the deadline at most.
    void freeze(std::chrono::steady_clock::time_point deadline) noexcept;

  private:
    std::shared_ptr<AsyncLoop> loop();
    bool stopped();

    std::shared_ptr<const TransportSettings> settings_;
    std::mutex mutex_;
    std::shared_ptr<AsyncLoop> loop_;
    std::thread thread_;
    std::thread::id loop_thread_{};
    std::shared_ptr<ThreadExit> end_;
    bool stopped_ = false;
};

}  // namespace sent::detail::http
