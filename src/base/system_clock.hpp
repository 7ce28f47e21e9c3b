#pragma once

#include <sent/clock.hpp>

namespace sent::detail {

class SystemClock final : public Clock {
  public:
    [[nodiscard]] SteadyTime now() const override;
    [[nodiscard]] std::chrono::system_clock::time_point wall_now() const override;
    bool wait_until(SteadyTime when, const CancellationToken& cancel) override;
};

}  // namespace sent::detail
