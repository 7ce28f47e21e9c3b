#pragma once

#include <functional>
#include <memory>

#include <sent/clock.hpp>

#include "base/this_process.hpp"

namespace sent::detail {

/// Implements Clock::call_at(), so that a wait of an asynchronous call takes no thread, by one thread, which
/// starts when first used and waits with Clock::wait_until(). A child process starts with a new thread and no
/// tasks.
class TimerThread {
  public:
    explicit TimerThread(Clock& clock) noexcept : clock_(clock) {}
    TimerThread(const TimerThread&) = delete;
    TimerThread& operator=(const TimerThread&) = delete;
    /// Drops all tasks and waits for the thread. If called by a task, does not wait.
    ~TimerThread();

    /// See Clock::call_at(). After exit() has stopped the thread, throws std::system_error.
    std::unique_ptr<Timer> call_at(Clock::SteadyTime when, std::function<void()> task);

  private:
    class State;
    class ThreadTimer;

    Clock& clock_;
    PerProcess<std::shared_ptr<State>> state_{};
};

}  // namespace sent::detail
