#pragma once

#include <chrono>

#include <sent/cancellation.hpp>
#include <sent/export.hpp>

namespace sent {

/// Source of time: the steady clock for deadlines and back-off, the wall clock for dates in headers. Replace
/// it to test without waiting (`sent::testing::FakeClock`). Must be thread-safe.
class SENT_WEBHOOKS_EXPORT Clock {
  public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock();

    /// Returns the time of the steady clock.
    [[nodiscard]] virtual SteadyTime now() const = 0;
    /// Returns the time of the wall clock.
    [[nodiscard]] virtual std::chrono::system_clock::time_point wall_now() const = 0;
    /// Blocks until `when`, then returns true. If `cancel` is cancelled first, returns false at once.
    virtual bool wait_until(SteadyTime when, const CancellationToken& cancel) = 0;
};

}  // namespace sent
