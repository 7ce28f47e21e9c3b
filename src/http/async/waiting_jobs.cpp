#include "http/async/waiting_jobs.hpp"

#include <algorithm>
#include <utility>

namespace sent::detail::http {

void WaitingJobs::push(JobPtr&& job) {
    const Clock::time_point deadline = job->deadline;
    jobs_.push_back(std::move(job));
    next_deadline_ = std::min(next_deadline_, deadline);
}

WaitingJobs::JobPtr WaitingJobs::pop() {
    JobPtr job = std::move(jobs_.front());
    jobs_.pop_front();
    if (jobs_.empty()) {
        next_deadline_ = Clock::time_point::max();
    }
    return job;
}

void WaitingJobs::remove_ended() noexcept {
    jobs_.erase(std::remove(jobs_.begin(), jobs_.end(), nullptr), jobs_.end());
}

void WaitingJobs::note_next_deadline() noexcept {
    next_deadline_ = Clock::time_point::max();
    for (const JobPtr& job : jobs_) {
        next_deadline_ = std::min(next_deadline_, job->deadline);
    }
}

}  // namespace sent::detail::http
