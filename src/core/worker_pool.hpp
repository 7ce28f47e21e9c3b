#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include <sent/clock.hpp>

namespace sent::detail {

/// A few threads, started when needed, that run tasks now or at a given time. Serves asynchronous calls over
/// transports that can only block, or that have no timers, and waits by a clock that is not the system's.
class WorkerPool {
  public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    /// Threads that run tasks, at most; one more keeps the time. A thread that has had nothing to do for some
    /// seconds ends.
    static constexpr int max_threads = 16;

    /// `clock` is what the times of run_before() are measured by, or null for the system's.
    explicit WorkerPool(std::shared_ptr<const Clock> clock = nullptr);
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;
    /// Runs what is still queued at once, whatever its time, and waits for it; does not wait when it is one
    /// of the pool's own tasks that destroys the pool.
    ~WorkerPool();

    /// First come, first served. Exceptions from the task are dropped. When the system has no thread for the
    /// pool, the task runs before this returns.
    void run(std::function<void()> task) { run_before(SteadyTime::max(), std::move(task)); }
    /// The same. A task that finds no thread until `latest` is run then all the same, so that it can end what
    /// has come too late; it must not block in that case.
    void run_before(SteadyTime latest, std::function<void()> task);
    /// When the system has no thread for the pool, the task runs before this returns, whatever its time.
    void run_at(SteadyTime when, std::function<void()> task);

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace sent::detail
