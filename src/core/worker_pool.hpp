#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include <sent/clock.hpp>

namespace sent::detail {

/// A few threads, started when needed, that run tasks now or at a given time. Used for asynchronous calls
/// over transports that can only block or have no timers, and for waits by a clock other than the system's.
class WorkerPool {
  public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    /// Maximum number of threads that run tasks; one more thread keeps the time. A thread that has been idle
    /// for 5 seconds ends.
    static constexpr int max_threads = 16;

    /// `clock` is what the times of run_before() are measured by, or null for the system's.
    explicit WorkerPool(std::shared_ptr<const Clock> clock = nullptr);
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;
    /// Runs all queued tasks at once, whatever their time, and waits for them. Does not wait if one of the
    /// pool's own tasks destroys the pool.
    ~WorkerPool();

    /// Runs the task, first come, first served. Exceptions from the task are dropped. If the system cannot
    /// start a thread, the task runs before this returns.
    void run(std::function<void()> task) { run_before(SteadyTime::max(), std::move(task)); }
    /// Like run(), but a task that has not found a thread by `latest` is run then on the timekeeper's thread,
    /// so that it can report that it is too late. It must not block in that case.
    void run_before(SteadyTime latest, std::function<void()> task);
    /// If the system cannot start a thread, the task runs before this returns, whatever its time.
    void run_at(SteadyTime when, std::function<void()> task);

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace sent::detail
