#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace sent::detail {

/// A few threads, started when needed, that run tasks now or at a given time. Serves asynchronous calls over
/// transports that can only block, or that have no timers, and waits by a clock that is not the system's.
class WorkerPool {
  public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    /// Threads at most. A thread that has had nothing to do for some seconds ends.
    static constexpr int max_threads = 16;

    WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;
    /// Runs what is still queued at once, whatever its time, and waits for it; does not wait when it is one
    /// of the pool's own tasks that destroys the pool.
    ~WorkerPool();

    /// Exceptions from the task are dropped. When the system has no thread for the pool, the task runs before
    /// this returns, whatever its time.
    void run(std::function<void()> task) { run_at(SteadyTime::min(), std::move(task)); }
    void run_at(SteadyTime when, std::function<void()> task);

  private:
    struct State;
    static void work(const std::shared_ptr<State>& state);
    static bool start_thread(const std::shared_ptr<State>& state);

    /// The threads have it, too: one that destroys the pool outlives it.
    std::shared_ptr<State> state_;
};

}  // namespace sent::detail
