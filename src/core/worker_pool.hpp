#pragma once

#include <functional>
#include <memory>

#include <sent/clock.hpp>

namespace sent::detail {

/// A few threads, started when needed, that run tasks: attempts over transports that can only block (A8 in
/// docs/reliability.md), and the decoding of long replies (A2).
class WorkerPool {
  public:
    /// Maximum number of threads that run tasks; one more thread watches the times of run_before(). A thread
    /// that has been idle for 5 seconds ends.
    static constexpr int max_threads = 16;

    /// `clock` is what the times of run_before() are measured by.
    explicit WorkerPool(std::shared_ptr<const Clock> clock);
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;
    /// Runs all queued tasks and waits for them. Does not wait if one of the pool's own tasks destroys the
    /// pool.
    ~WorkerPool();

    /// Runs the task, first come, first served. Exceptions from the task are dropped. If the system cannot
    /// start a thread, the task runs before this returns. A task that has not found a thread by `latest` runs
    /// then on the watching thread, so that it can report that it is too late. It must not block in that
    /// case.
    void run_before(Clock::SteadyTime latest, std::function<void()> task);

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace sent::detail
