#pragma once

#include <deque>
#include <memory>
#include <utility>

#include "http/async/async_job.hpp"

namespace sent::detail::http {

/// Jobs that wait for a connection, first come, first served. Not thread-safe.
class WaitingJobs {
  public:
    using JobPtr = std::unique_ptr<AsyncJob>;
    using Clock = AsyncJob::Clock;

    void push(JobPtr&& job);
    /// There must be a job.
    JobPtr pop();
    [[nodiscard]] bool empty() const noexcept { return jobs_.empty(); }

    /// Removes the cancelled jobs, and passes each to `end`. Does not allocate.
    template <class End>
    void end_cancelled(End end) {
        end_if([](const AsyncJob& job) { return job.cancelled(); }, end);
    }
    /// Removes the jobs whose timeout has passed while they waited, and passes each to `end`.
    template <class End>
    void end_expired(End end) {
        const Clock::time_point now = Clock::now();
        if (now < next_deadline_) {
            return;
        }
        end_if([now](const AsyncJob& job) { return job.deadline <= now; }, end);
        note_next_deadline();
    }
    /// No job's timeout passes before this time. May be too early.
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
