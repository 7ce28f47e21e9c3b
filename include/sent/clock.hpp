#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>

#include <sent/cancellation.hpp>
#include <sent/export.hpp>

namespace sent {

namespace detail {
class TimerThread;
}

/// A task of Clock::call_at() that waits for its time. The destructor drops the task. If the task is running
/// on another thread, the destructor blocks until it has returned, so that objects that the task uses can be
/// destroyed afterwards. Must be destroyed before its clock.
class SENT_WEBHOOKS_EXPORT Timer {
  public:
    Timer() = default;
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;
    virtual ~Timer();
};

/// Source of time: the steady clock for deadlines and back-off, the wall clock for dates in headers. Replace
/// it to test without waiting (`sent::testing::FakeClock`). Must be thread-safe.
class SENT_WEBHOOKS_EXPORT Clock {
  public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock();

    /// Returns the time of the steady clock.
    [[nodiscard]] virtual SteadyTime now() const = 0;
    /// Returns the time of the wall clock.
    [[nodiscard]] virtual std::chrono::system_clock::time_point wall_now() const = 0;
    /// Blocks until `when`, then returns true. If `cancel` is cancelled first, returns false at once.
    virtual bool wait_until(SteadyTime when, const CancellationToken& cancel) = 0;

    /// Calls `task` once, at `when` or as soon as possible afterwards, unless the Timer is destroyed first.
    /// Other tasks may wait for the same thread, so a task must not block. Exceptions from it are dropped.
    /// After the call, or with the Timer, `task` is destroyed, because it may own its Timer. A child process
    /// does not run the tasks of its parent.
    ///
    /// The default implementation has one thread for each clock, which starts when first used and waits with
    /// wait_until(). If memory runs out or the thread cannot be started, throws std::bad_alloc or
    /// std::system_error. An implementation may call `task` before it returns.
    [[nodiscard]] virtual std::unique_ptr<Timer> call_at(SteadyTime when, std::function<void()> task);

  private:
    /// Made by the default implementation of call_at() when it is first used.
    std::atomic<detail::TimerThread*> timers_{nullptr};
};

}  // namespace sent
