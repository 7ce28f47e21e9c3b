#pragma once

#include <chrono>
#include <optional>

#include <sent/options.hpp>

#include "core/attempt.hpp"
#include "core/logger.hpp"
#include "core/retry.hpp"
#include "core/throttle.hpp"

namespace sent::detail {

/// Decides when a failed attempt of one call is followed by another (S1, S2 and N20 in docs/reliability.md).
/// The retry table permits it; here, the
/// number of retries, the waits, the deadline and the client's budget limit it. In a bulk run, a failure that
/// concerns all its requests holds back or ends the run.
class RetryPlan {
  public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    /// `throttle` is null if the call belongs to no bulk run.
    RetryPlan(const RetryOptions& options, RetryBudget& budget, Throttle* throttle,
              const CallLog& log) noexcept
        : options_(options), budget_(budget), throttle_(throttle), log_(log) {}

    /// Returns when the next attempt may begin. Nothing if the call ends.
    std::optional<SteadyTime> next_attempt(const FailedAttempt& failed, SteadyTime now, SteadyTime deadline);
    void note_success() noexcept { budget_.refill(last_retry_); }

  private:
    [[nodiscard]] std::chrono::milliseconds wait_before_retry(const FailedAttempt& failed) const;
    /// Takes one of the call's retries, if the wait before it is acceptable.
    bool take_retry(const FailedAttempt& failed, std::chrono::milliseconds wait, SteadyTime now,
                    SteadyTime deadline);
    [[nodiscard]] bool has_retries_left() const noexcept { return retries_ < options_.max_retries; }
    [[nodiscard]] bool asks_too_long_a_wait(const FailedAttempt& failed) const noexcept {
        return failed.error.retry_after > options_.max_retry_after;
    }

    /// Returns when the run reaches for the service again, which has not been reached. Nothing if the run
    /// does not wait for it.
    std::optional<SteadyTime> wait_for_service(const FailedAttempt& failed, SteadyTime now,
                                               SteadyTime deadline);
    /// Pauses the run for `wait`. If that is longer than the run may wait, ends the run with the error.
    /// Returns when a call without retries left may be tried again; SteadyTime::max() means never.
    SteadyTime hold_run_back(const FailedAttempt& failed, std::chrono::milliseconds wait, SteadyTime now);
    void log_wait(const FailedAttempt& failed, const char* what, SteadyTime::duration wait) const;

    const RetryOptions& options_;
    RetryBudget& budget_;
    Throttle* throttle_;
    const CallLog& log_;
    int retries_ = 0;
    RetryDecision last_retry_ = RetryDecision::stop;
};

}  // namespace sent::detail
