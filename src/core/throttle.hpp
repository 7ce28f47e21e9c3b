#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>

#include <sent/cancellation.hpp>
#include <sent/error.hpp>
#include <sent/options.hpp>

#include "core/retry.hpp"

namespace sent::detail {

/// Holds back a whole bulk run while the service asks to wait (B6 in docs/reliability.md) or cannot be
/// reached (N20). Ends the run if no further request can succeed. Thread-safe; without locks while there is
/// no problem.
class Throttle {
  public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    /// The run waits at most `max_outage` for an unreachable service. 0 means that it does not wait.
    explicit Throttle(std::chrono::milliseconds max_outage) : max_outage_(max_outage) {}

    /// Whether the run waits for the service.
    [[nodiscard]] bool waits() const noexcept { return max_outage_.count() > 0; }
    void pause_until(SteadyTime when) noexcept;
    /// Returns when the pause ends. The time is in the past if there is no pause.
    [[nodiscard]] SteadyTime opens_at() const noexcept;

    /// The service has answered, which ends an outage. An answer that asks to wait (Extent::rate,
    /// Extent::service) does not end the outage that it may have caused.
    void note_answer(Extent extent) noexcept;
    /// Whether an answer that has been noted ends the run. If its extent is unclear, the third such answer in
    /// a row does: one or two may concern single requests, but ten refusals lock the account's key.
    [[nodiscard]] bool is_for_all(Extent extent) const noexcept;
    /// The service asks for a wait that is too long for a single call. Returns when the run continues.
    /// SteadyTime::max() if that is later than the run may wait.
    SteadyTime note_throttled(SteadyTime now, std::chrono::milliseconds wait, const RetryOptions& retry);
    /// An attempt did not reach the service, so nothing was sent. Returns when the next attempt is to be
    /// made. SteadyTime::max() if the run does not wait for the service, because the service has never
    /// answered or has been unreachable for too long.
    SteadyTime note_no_connection(SteadyTime now, const RetryOptions& retry);
    /// Returns when the next attempt may be sent. A time up to `now` means at once; during an outage, no
    /// other attempt is then admitted before a wait that grows each time.
    SteadyTime admit(SteadyTime now, const RetryOptions& retry);

    /// Ends the run because no request can succeed any more; `cause` says why. Only the first call has an
    /// effect.
    void end_run(const Error& cause) noexcept;
    [[nodiscard]] bool ended() const noexcept { return end_.cancelled(); }
    /// Fires when the run ends.
    [[nodiscard]] CancellationToken on_end() const noexcept { return end_.token(); }
    /// Why the run has ended.
    [[nodiscard]] std::optional<Error> cause() const;
    /// The error for a request that was not started before the run ended.
    [[nodiscard]] Error never_started() const;

  private:
    /// Begins an outage, unless there is one.
    void begin_outage(SteadyTime now, bool is_throttled);
    [[nodiscard]] bool waits_for_service(SteadyTime now) const noexcept;

    std::chrono::milliseconds max_outage_;
    CancellationSource end_{};
    std::atomic<SteadyTime::rep> paused_until_{SteadyTime::min().time_since_epoch().count()};
    std::atomic<bool> has_answered_{false};
    std::atomic<bool> out_of_reach_{false};
    /// The outage was requested by the service.
    std::atomic<bool> is_throttled_{false};
    /// The number of consecutive answers of unclear extent.
    std::atomic<int> unclear_in_a_row_{0};
    mutable std::mutex mutex_{};
    /// When the outage reaches max_outage_.
    SteadyTime outage_ends_{};
    /// Until then, other calls wait for the one that tests the service.
    SteadyTime patience_ends_{};
    SteadyTime next_attempt_{};
    int attempts_ = 0;
    std::optional<Error> cause_{};
};

}  // namespace sent::detail
