#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include <sent/http/transport.hpp>

#include "base/thread_exit.hpp"
#include "http/transport_settings.hpp"

namespace sent::detail::http {

class AsyncLoop;

/// Runs asynchronous requests on one thread. Starts the thread when it is first needed.
class AsyncEngine {
  public:
    explicit AsyncEngine(std::shared_ptr<const TransportSettings> settings);
    AsyncEngine(const AsyncEngine&) = delete;
    AsyncEngine& operator=(const AsyncEngine&) = delete;
    /// Calls stop().
    ~AsyncEngine();

    void send(HttpRequest&& request, AsyncTransport::Completion done);
    /// See AsyncLoop. Also returns false if the thread cannot be started.
    bool run_at(std::chrono::steady_clock::time_point when, std::function<void()> task);
    /// Completes all pending requests with TransportErrorKind::cancelled, and waits for the thread. If called
    /// on that thread, does not wait; the thread then ends without help. Later requests are completed at
    /// once.
    void stop() noexcept;
    /// For the end of the process: the thread stops working and calls nothing any more, or ends if it has
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
