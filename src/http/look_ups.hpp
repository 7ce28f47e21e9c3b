#pragma once

#include <atomic>
#include <chrono>

namespace sent::detail::http {

/// Bounds the look-ups of host names that calls have abandoned. libcurl runs each look-up on a thread of its
/// own, which lives on after its call has ended, until the resolver gives up: half a minute and longer while
/// a name server is silent. So many calls leave many threads behind.
///
/// When there are many, further look-ups are refused, but for one now and then, which finds out whether the
/// name server answers again. Thread-safe, without a lock.
class LookUps {
  public:
    using Clock = std::chrono::steady_clock;

    /// Look-ups that may be abandoned before others are refused.
    static constexpr int most_abandoned = 24;
    /// How often one is tried all the same.
    static constexpr std::chrono::seconds pause{2};
    /// What was abandoned has ended by then, most probably.
    static constexpr std::chrono::seconds lifetime{60};

    /// Whether one may begin.
    [[nodiscard]] bool may_begin(Clock::time_point now) noexcept;
    /// One has brought addresses.
    void note_answer() noexcept;
    /// A call has ended before its look-up.
    void note_abandoned(Clock::time_point now) noexcept;

  private:
    std::atomic<int> abandoned_{0};
    std::atomic<Clock::rep> last_abandoned_{0};
    std::atomic<Clock::rep> next_try_{0};
};

}  // namespace sent::detail::http
