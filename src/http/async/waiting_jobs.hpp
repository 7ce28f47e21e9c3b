#pragma once

#include <deque>
#include <memory>
#include <utility>

#include "http/async/async_job.hpp"

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

    /// Takes out those that have been cancelled, and hands each to `end`. Needs no memory.
    template <class End>
    void end_cancelled(End end) {
        end_if([](const AsyncJob& job) { return job.cancelled(); }, end);
    }
    /// The same with those whose time has run out while they waited.
    template <class End>
    void end_expired(End end) {
        const Clock::time_point now = Clock::now();
        if (jobs_.empty() || now < next_deadline_) {
            return;
        }
        end_if([now](const AsyncJob& job) { return job.deadline <= now; }, end);
        note_next_deadline();
    }
    /// No job's time runs out before this. It may be earlier than need be.
    [[nodiscard]] Clock::time_point next_deadline() const noexcept { return next_deadline_; }

  private:
    template <class Condition, class End>
    void end_if(Condition condition, End end) {
        for (JobPtr& job : jobs_) {
            if (condition(*job)) {
                static_assert(noexcept(end(std::move(job))));
                end(std::move(job));
            }
        }
        remove_ended();
    }
    void remove_ended() noexcept;
    void note_next_deadline() noexcept;

    std::deque<JobPtr> jobs_;
    Clock::time_point next_deadline_ = Clock::time_point::max();
};

}  // namespace sent::detail::http
