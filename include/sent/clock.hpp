#pragma once

#include <chrono>

#include <sent/cancellation.hpp>
#include <sent/export.hpp>

namespace sent {

/// Time as the library sees it: deadlines and back-off by the steady clock, dates in headers by the wall
/// clock. Replace it to test without waiting (`sent::testing::FakeClock`). Called from any thread.
class SENT_WEBHOOKS_EXPORT Clock {
  public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock();

    [[nodiscard]] virtual SteadyTime now() const = 0;
    [[nodiscard]] virtual std::chrono::system_clock::time_point wall_now() const = 0;
    /// Returns at `when`, or at once when `cancel` fires: then false.
    virtual bool wait_until(SteadyTime when, const CancellationToken& cancel) = 0;
};

}  // namespace sent
