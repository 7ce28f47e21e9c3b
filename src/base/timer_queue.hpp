#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

namespace sent::detail::http {

/// Tasks, ordered by due time; tasks with the same due time keep their order. Not thread-safe.
class TimerQueue {
  public:
    using Clock = std::chrono::steady_clock;
    using Task = std::function<void()>;

    struct Timer {
        Clock::time_point when{};
        Task task{};
        std::uint64_t number = 0;
    };

    void add(Timer timer);
    [[nodiscard]] bool empty() const noexcept { return heap_.empty(); }
    /// Returns when the next task is due. There must be one.
    [[nodiscard]] Clock::time_point next() const noexcept { return heap_.front().when; }
    /// Removes and returns the next task, whether or not it is due.
    Task pop();

  private:
    std::vector<Timer> heap_;
    std::uint64_t last_number_ = 0;
};

}  // namespace sent::detail::http
