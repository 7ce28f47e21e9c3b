#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

namespace sent::detail::http {

/// Tasks and when they are due; those due at the same time keep their order. For one thread.
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
    /// When the next one is due; only when there is one.
    [[nodiscard]] Clock::time_point next() const noexcept { return heap_.front().when; }
    /// Takes the next one out, due or not.
    Task pop();

  private:
    std::vector<Timer> heap_;
    std::uint64_t last_number_ = 0;
};

}  // namespace sent::detail::http
