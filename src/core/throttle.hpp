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

/// Holds a bulk run back as a whole: while the service asks to wait, and while the service cannot be reached.
/// Ends it when no further request can succeed. Thread-safe; without locks while all is well.
class Throttle {
  public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    /// Waits for a service that is out of reach for so long at most; zero: never.
    explicit Throttle(std::chrono::milliseconds max_outage) : max_outage_(max_outage) {}

    /// Whether the run waits for the service at all.
    [[nodiscard]] bool waits() const noexcept { return max_outage_.count() > 0; }
    void pause_until(SteadyTime when) noexcept;
    /// When the pause ends; in the past when there is none.
    [[nodiscard]] SteadyTime opens_at() const noexcept;

    /// The service has answered: that ends an outage. An answer that asks to wait (Extent::rate, service)
    /// does not end the one that it may have caused.
    void note_answer(Extent extent) noexcept;
    /// Whether an answer that has been noted ends the run. If its extent is unclear, it does when it is the
    /// third in a row: one or two may be about single requests, but ten refusals lock the account's key.
    [[nodiscard]] bool is_for_all(Extent extent) const noexcept;
    /// The service asks for a wait that a single call would not wait out. When the run goes on;
    /// SteadyTime::max() when that is later than the run waits.
    SteadyTime note_throttled(SteadyTime now, std::chrono::milliseconds wait, const RetryOptions& retry);
    /// An attempt did not get through to the service, so that surely nothing was sent. When the next one is
    /// to be made; SteadyTime::max() when the run does not wait for the service: it never answered, or has
    /// been out of reach for too long.
    SteadyTime note_no_connection(SteadyTime now, const RetryOptions& retry);
    /// When the next attempt may go. At most `now`: at once, and then no other one may during an outage
    /// before a wait that grows each time.
    SteadyTime admit(SteadyTime now, const RetryOptions& retry);

    /// Ends the run: no request can succeed any more, for the reason that `cause` gives. Only the first one
    /// counts.
    void end_run(const Error& cause) noexcept;
    [[nodiscard]] bool ended() const noexcept { return end_.cancelled(); }
    /// Fires when the run ends.
    [[nodiscard]] CancellationToken on_end() const noexcept { return end_.token(); }
    /// Once ended: why.
    [[nodiscard]] std::optional<Error> cause() const;
    /// Once ended: for a request that was not started.
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
    /// The service asked for the outage.
    std::atomic<bool> is_throttled_{false};
    /// Answers of unclear extent since the last other one.
    std::atomic<int> unclear_in_a_row_{0};
    mutable std::mutex mutex_{};
    /// When the outage has lasted for max_outage_.
    SteadyTime outage_ends_{};
    /// Until when the others wait for the one that asks.
    SteadyTime patience_ends_{};
    SteadyTime next_attempt_{};
    int attempts_ = 0;
    std::optional<Error> cause_{};
};

}  // namespace sent::detail
