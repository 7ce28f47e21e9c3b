#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "async_job.hpp"

namespace sent::detail::http {

/// Jobs that wait for a connection, first come, first served. For one thread.
class WaitingJobs {
  public:
    using JobPtr = std::unique_ptr<AsyncJob>;
    using Clock = AsyncJob::Clock;

    void push(JobPtr&& job);
    /// Only when not empty.
    JobPtr pop();
    [[nodiscard]] bool empty() const noexcept { return jobs_.empty(); }

    /// Takes out those that have been cancelled.
    std::vector<JobPtr> take_cancelled();
    /// Takes out those whose time has run out while they waited.
    std::vector<JobPtr> take_expired();
    /// No job's time runs out before this. It may be earlier than need be.
    [[nodiscard]] Clock::time_point next_deadline() const noexcept { return next_deadline_; }

  private:
    template <class Condition>
    std::vector<JobPtr> take_if(Condition condition);

    std::deque<JobPtr> jobs_;
    Clock::time_point next_deadline_ = Clock::time_point::max();
};

}  // namespace sent::detail::http
