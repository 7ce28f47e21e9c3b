#pragma once

#include <functional>
#include <memory>

#include <sent/clock.hpp>

#include "base/timer_thread.hpp"

namespace sent::detail {

class SystemClock final : public Clock {
  public:
    [[nodiscard]] SteadyTime now() const override;
    [[nodiscard]] std::chrono::system_clock::time_point wall_now() const override;
    bool wait_until(SteadyTime when, const CancellationToken& cancel) override;
    /// Does what the default implementation does, but in the library that contains this class. With shared
    /// libraries, only that one has the exit handler which stops the thread.
    [[nodiscard]] std::unique_ptr<Timer> call_at(SteadyTime when, std::function<void()> task) override;

  private:
    TimerThread timers_{*this};
};

}  // namespace sent::detail
