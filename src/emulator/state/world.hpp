#pragma once

/// @file
/// The state that the emulator's routes work on, and its lock.

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "emulator/clock.hpp"
#include "emulator/control/faults.hpp"
#include "emulator/settings.hpp"
#include "emulator/state/idempotency.hpp"
#include "emulator/state/rate_limits.hpp"
#include "emulator/state/store.hpp"
#include "emulator/state/timeline.hpp"
#include "emulator/v3/access.hpp"
#include "emulator/webhooks/poster.hpp"
#include "emulator/webhooks/queue.hpp"

namespace sent::testing::emulator {

/// The number of received requests, by method and path as in the reference.
struct RequestCounts {
    std::size_t total = 0;
    std::map<std::pair<std::string, std::string>, std::size_t> by_route{};  ///< {"POST", "/v2/templates"}
};

class World {
  public:
    explicit World(EmulatorOptions options);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    /// Starts the thread that runs due actions. Throws std::system_error if it cannot be started.
    void start();
    void stop();

    /// Runs `function(*this)` under the lock, after all actions that are due.
    template <typename Function>
    auto alone(Function&& function) {
        const std::lock_guard lock(mutex_);
        now_ = clock_.now();
        timeline_.run_due(now_);
        return std::forward<Function>(function)(*this);
    }

    const EmulatorOptions& options() const { return settings_.options; }
    const Settings& settings() const { return settings_; }

    /// Logs one line. It must not contain secrets or phone numbers.
    void log(std::string_view line);

    // The following members have their own locks.
    FaultPlan faults;
    WebhookQueue webhooks;         // for the URLs that v1 messages specify
    WebhookPoster webhook_poster;  // for the endpoints of v3
    IdempotencyCache idempotency;
    std::atomic<std::size_t> connections{0};

    // The following members may only be used inside alone().
    std::string base_url;
    Store store;
    RequestCounts requests;
    KeyLocks key_locks;
    RateLimits rate_limits;
    EmulatorAccount account;
    Time started_at{};  ///< or time of the last reset
    /// Does not change during one call of alone().
    Time now() const { return now_; }
    /// Plans an action. It receives the time for which it was planned.
    void at(Time time, std::function<void(Time)> action);
    void advance(std::chrono::milliseconds by);
    void reset();

  private:
    void run_timeline();

    const Settings settings_;
    std::mutex logging_;
    std::mutex mutex_;
    std::condition_variable changed_;
    Clock clock_;
    Time now_{};
    Timeline timeline_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace sent::testing::emulator
