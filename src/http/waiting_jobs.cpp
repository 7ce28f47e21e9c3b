#include "waiting_jobs.hpp"

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

template <class Condition>
std::vector<WaitingJobs::JobPtr> WaitingJobs::take_if(Condition condition) {
    std::vector<JobPtr> taken;
    taken.reserve(jobs_.size());  // before anything is moved: from here on nothing throws
    for (JobPtr& job : jobs_) {
        if (condition(*job)) {
            taken.push_back(std::move(job));
        }
    }
    jobs_.erase(std::remove(jobs_.begin(), jobs_.end(), nullptr), jobs_.end());
    return taken;
}

std::vector<WaitingJobs::JobPtr> WaitingJobs::take_cancelled() {
    return take_if([](const AsyncJob& job) { return job.cancelled(); });
}

std::vector<WaitingJobs::JobPtr> WaitingJobs::take_expired() {
    const Clock::time_point now = Clock::now();
    if (jobs_.empty() || now < next_deadline_) {
        return {};
    }
    auto expired = take_if([now](const AsyncJob& job) { return job.deadline <= now; });
    next_deadline_ = Clock::time_point::max();
    for (const JobPtr& job : jobs_) {
        next_deadline_ = std::min(next_deadline_, job->deadline);
    }
    return expired;
}

}  // namespace sent::detail::http
