#pragma once

#include <chrono>
#include <optional>

#include <sent/error.hpp>
#include <sent/result.hpp>

#include "core/prepared_call.hpp"
#include "core/problem.hpp"
#include "core/rate_limiter.hpp"
#include "core/retry.hpp"
#include "core/throttle.hpp"

namespace sent::detail {

/// Decides when an attempt of one call may begin. All that can hold it back is asked here: the deadline, the
/// bulk run that the call belongs to (B6 in docs/reliability.md), and the client's rate limits (B31).
class Admission {
  public:
    /// `throttle` is null if the call belongs to no bulk run.
    Admission(const PreparedCall& call, RateLimiter& limiter, Throttle* throttle) noexcept
        : call_(call), limiter_(limiter), throttle_(throttle) {}

    struct Decision {
        /// The attempt may begin if this is not later than the time of the question. Otherwise the call waits
        /// until then, and asks again.
        SteadyTime opens_at{};
        /// Set if the call ends.
        Problem refusal{};
    };

    /// Counts the call's deadline from now on, or from the time at which the call began to wait for a place.
    void begin_deadline(SteadyTime now) noexcept;
    [[nodiscard]] SteadyTime deadline() const noexcept { return deadline_; }

    /// May the next attempt begin now? `last_error` is how the last attempt failed, if there was one.
    [[nodiscard]] Decision ask(SteadyTime now, const std::optional<Error>& last_error);
    /// How the call ends if its bulk run has ended: as its last attempt did, if there was one.
    [[nodiscard]] Error end_of_run(const std::optional<Error>& last_error) const;
    /// The attempt that was admitted begins.
    void use() noexcept { is_admitted_ = has_permit_ = false; }
    /// The call ends. Later calls must not wait for a request that is never sent.
    void give_up();

    /// Passes on what an answer says about other requests. Only a refusal has a `retry_after`.
    void note_answer(const ResponseMeta& meta, Extent extent,
                     std::optional<std::chrono::milliseconds> retry_after, SteadyTime now,
                     std::chrono::system_clock::time_point wall_now);

  private:
    Decision wait_until(SteadyTime when, const char* why);
    Decision too_late(const char* why) const;
    /// Returns when the rate limits permit the attempt. Nothing if that is after the deadline.
    std::optional<SteadyTime> permitted_at(SteadyTime now);
    void give_back_permit();

    const PreparedCall& call_;
    RateLimiter& limiter_;
    Throttle* throttle_;
    SteadyTime deadline_ = SteadyTime::max();
    /// The limiter permits an attempt at `permitted_at_`, and none has used that yet.
    bool has_permit_ = false;
    SteadyTime permitted_at_{};
    /// The attempt was admitted, but has not begun, because it waits for a thread.
    bool is_admitted_ = false;
};

}  // namespace sent::detail
