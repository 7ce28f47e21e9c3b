#pragma once

#include <atomic>
#include <chrono>

namespace sent::detail::http {

/// Limits the look-ups of host names that calls have abandoned (A13 in docs/reliability.md). libcurl runs
/// each look-up on a separate thread. If the call ends first, this thread continues until the resolver gives
/// up, which takes half a minute or longer if a name server does not answer. So many calls would leave many
/// threads behind.
///
/// If there are too many abandoned look-ups, further ones are refused, except one now and then that tests
/// whether the name server answers again. Thread-safe, without a lock.
class LookUps {
  public:
    using Clock = std::chrono::steady_clock;

    /// The number of abandoned look-ups at which further ones are refused.
    static constexpr int most_abandoned = 24;
    /// How often one look-up is allowed even then.
    static constexpr std::chrono::seconds pause{2};
    /// After this time, an abandoned look-up has most probably ended.
    static constexpr std::chrono::seconds lifetime{60};

    /// Whether a look-up may begin.
    [[nodiscard]] bool may_begin(Clock::time_point now) noexcept;
    /// A look-up has returned addresses.
    void note_answer() noexcept;
    /// A call has ended before its look-up.
    void note_abandoned(Clock::time_point now) noexcept;

  private:
    std::atomic<int> abandoned_{0};
    std::atomic<Clock::rep> last_abandoned_{0};
    std::atomic<Clock::rep> next_try_{0};
};

}  // namespace sent::detail::http
