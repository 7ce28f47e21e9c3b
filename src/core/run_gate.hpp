#pragma once

#include <atomic>
#include <chrono>
#include <mutex>

#include <sent/options.hpp>

namespace sent::detail {

/// Holds a bulk run back as a whole: after a 429, and while the service can not be reached. Thread-safe;
/// without locks while all is well.
class RunGate {
  public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    /// Waits for a service that is out of reach for so long at most; zero: never.
    explicit RunGate(std::chrono::milliseconds max_outage) noexcept : max_outage_(max_outage) {}

    void pause_until(SteadyTime when) noexcept;
    /// When the pause ends; in the past when there is none.
    [[nodiscard]] SteadyTime opens_at() const noexcept;

    /// The service has answered, whatever it said.
    void note_answer() noexcept;
    /// An attempt did not get through to the service, so that surely nothing was sent. When the next one is
    /// to be made; SteadyTime::max() when the run does not wait for the service: it never answered, or has
    /// been out of reach for too long.
    SteadyTime note_no_connection(SteadyTime now, const RetryOptions& retry);
    /// When the next attempt may go. At most `now`: at once, and then no other one may during an outage
    /// before a wait that grows each time.
    SteadyTime admit(SteadyTime now, const RetryOptions& retry);

  private:
    [[nodiscard]] bool waits_for_service(SteadyTime now) const noexcept;

    std::chrono::milliseconds max_outage_;
    std::atomic<SteadyTime::rep> paused_until_{SteadyTime::min().time_since_epoch().count()};
    std::atomic<bool> has_answered_{false};
    std::atomic<bool> out_of_reach_{false};
    std::mutex mutex_{};
    SteadyTime lost_at_{};
    SteadyTime next_attempt_{};
    int attempts_ = 0;
};

}  // namespace sent::detail
