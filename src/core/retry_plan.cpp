#include "core/retry_plan.hpp"

#include <string>

#include "base/saturating.hpp"
#include "base/text/milliseconds.hpp"

namespace sent::detail {

std::optional<RetryPlan::SteadyTime> RetryPlan::next_attempt(const FailedAttempt& failed, SteadyTime now,
                                                             SteadyTime deadline) {
    const auto extent = failed.judgement.extent;
    if (throttle_ != nullptr && throttle_->is_for_all(extent)) {
        throttle_->end_run(failed.error);
    }
    // A 429 says nothing about the request, so waiting for it with the run is free. Other replies may be
    // caused by the request, and cost a retry.
    const bool is_free = extent == Extent::rate;
    const bool holds_run_back = throttle_ != nullptr && (is_free || extent == Extent::service);
    if (failed.judgement.decision == RetryDecision::stop) {
        if (holds_run_back && failed.error.retry_after) {
            hold_run_back(failed, *failed.error.retry_after, now);
        }
        return std::nullopt;
    }
    if (throttle_ != nullptr && failed.is_unreachable) {
        if (const auto next = wait_for_service(failed, now, deadline)) {
            return next;
        }
    }
    const auto wait = wait_before_retry(failed);
    if (take_retry(failed, wait, now, deadline)) {
        const auto next = saturating_add(now, wait);
        if (holds_run_back) {
            throttle_->pause_until(next);
        }
        return next;
    }
    if (!holds_run_back) {
        return std::nullopt;
    }
    const auto next = hold_run_back(failed, wait, now);
    if (next >= deadline || !(is_free || has_retries_left())) {
        return std::nullopt;
    }
    retries_ += is_free ? 0 : 1;
    return next;
}

std::chrono::milliseconds RetryPlan::wait_before_retry(const FailedAttempt& failed) const {
    // Use the shortest wait, because a key in flight or a cache that was unavailable is usually free again
    // soon.
    const int step = failed.judgement.decision == RetryDecision::retry_conflict ? 0 : retries_;
    return failed.error.retry_after.value_or(back_off(options_, step, random_fraction()));
}

bool RetryPlan::take_retry(const FailedAttempt& failed, std::chrono::milliseconds wait, SteadyTime now,
                           SteadyTime deadline) {
    const bool in_time = wait < std::chrono::ceil<std::chrono::milliseconds>(deadline - now);
    const auto decision = failed.judgement.decision;
    if (asks_too_long_a_wait(failed) || !in_time || !has_retries_left() || !budget_.spend(decision)) {
        return false;
    }
    log_wait(failed, "failed, next one in ", wait);
    ++retries_;
    last_retry_ = decision;
    return true;
}

std::optional<RetryPlan::SteadyTime> RetryPlan::wait_for_service(const FailedAttempt& failed, SteadyTime now,
                                                                 SteadyTime deadline) {
    const auto next = throttle_->note_no_connection(now, options_);
    if (options_.max_retries <= 0 || next >= deadline) {
        return std::nullopt;
    }
    log_wait(failed, "failed, the run waits until the service can be reached again, for ", next - now);
    return next;
}

RetryPlan::SteadyTime RetryPlan::hold_run_back(const FailedAttempt& failed, std::chrono::milliseconds wait,
                                               SteadyTime now) {
    const bool is_patient = throttle_->waits() && options_.max_retries > 0;
    if (!is_patient && !asks_too_long_a_wait(failed)) {
        throttle_->pause_until(saturating_add(now, wait));
        return SteadyTime::max();
    }
    const auto until = is_patient ? throttle_->note_throttled(now, wait, options_) : SteadyTime::max();
    if (until == SteadyTime::max()) {
        throttle_->end_run(failed.error);
    } else {
        log_wait(failed, "was told to wait, the run pauses for ", until - now);
    }
    return until;
}

void RetryPlan::log_wait(const FailedAttempt& failed, const char* what, SteadyTime::duration wait) const {
    if (log_.enabled(LogLevel::info)) {
        log_.log(LogLevel::info, "attempt " + std::to_string(failed.error.attempts) + " " + what +
                                     milliseconds_text(wait) + ": " + failed.error.message);
    }
}

}  // namespace sent::detail
