#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <vector>

#include <sent/operation.hpp>
#include <sent/options.hpp>
#include <sent/result.hpp>

namespace sent::detail {

using SteadyTime = std::chrono::steady_clock::time_point;

/// Records what was permitted recently or for later, so that no 60 seconds contain more than the limit (B31
/// in docs/reliability.md).
/// Merges permits within a quarter of a second, which limits the memory.
class RateWindow {
  public:
    /// 0 means unlimited.
    explicit RateWindow(double limit) noexcept : limit_(limit) {}

    /// Returns the first time at or after `from` at which `amount` fits. An amount larger than the limit fits
    /// where the window is empty.
    [[nodiscard]] SteadyTime next(double amount, SteadyTime from) const;
    void take(double amount, SteadyTime at, SteadyTime now);
    /// Undoes take() for a permit at `at` that was not used.
    void give_back(double amount, SteadyTime at);

  private:
    struct Slot {
        SteadyTime first;
        SteadyTime last;
        double amount = 0;
    };
    /// Returns the start of a window around `at` that contains more than `room`. Null if there is none.
    [[nodiscard]] const Slot* crowded(double room, SteadyTime at) const;

    double limit_;
    /// Ordered by time, without overlap.
    std::vector<Slot> slots_{};
};

/// The client's own rate limits, for each class of requests and for messages. Each has a token bucket, which
/// spreads requests evenly after a burst, and a window, which keeps burst and rate together within the limit.
/// Tokens are taken in advance: if the bucket is empty, the call gets a time in the future. Thread-safe.
class RateLimiter {
  public:
    explicit RateLimiter(const RateLimitOptions& options) : RateLimiter(options, nullptr) {}
    /// In a child, copies the state of its parent, unless a thread of the parent held the lock during the
    /// fork.
    RateLimiter(const RateLimitOptions& options, RateLimiter* parents);

    [[nodiscard]] bool enabled() const noexcept { return enabled_; }
    /// Takes the cost of a request, and returns when it may be sent. If that is later than `latest`, takes
    /// nothing and returns nothing.
    std::optional<SteadyTime> acquire(RateClass rate_class, std::size_t messages, SteadyTime now,
                                      SteadyTime latest);
    /// Whether a permit for `permitted_at` may be used at `now`. Returns false if it is too late, because
    /// later permits did not count this request at that time, or if the service has asked for a wait since.
    [[nodiscard]] bool may_use(RateClass rate_class, std::size_t messages, SteadyTime permitted_at,
                               SteadyTime now);
    /// Returns an unused permit.
    void give_back(RateClass rate_class, std::size_t messages, SteadyTime permitted_at);
    /// Applies the limit that the service has reported: no more requests than remain are sent at once. If
    /// none remain, requests of this class wait for the end of the service's window, at most one minute.
    void adjust(RateClass rate_class, const RateLimit& limit, SteadyTime now,
                std::chrono::system_clock::time_point wall_now);
    /// The service has refused a request with 429 and named a wait. All requests of this kind wait, at most
    /// one minute.
    void hold_back(RateClass rate_class, std::size_t messages, std::chrono::milliseconds wait,
                   SteadyTime now);

  private:
    struct Bucket {
        /// Tokens refilled per second. 0 means unlimited.
        double per_second = 0;
        double burst = 1;
        double tokens = 1;
        SteadyTime updated{};
        SteadyTime blocked_until = SteadyTime::min();
        RateWindow window{0};

        [[nodiscard]] bool limits() const noexcept { return per_second > 0; }
        /// Refills the bucket, then returns when `amount` tokens are available.
        SteadyTime ready_for(double amount, SteadyTime now) noexcept;
        /// Returns the first time at or after `from` that the window allows.
        [[nodiscard]] SteadyTime next(double amount, SteadyTime from) const;
        void take(double amount, SteadyTime at, SteadyTime now);
        void give_back(double amount, SteadyTime at);
        [[nodiscard]] bool is_blocked(SteadyTime now) const noexcept { return blocked_until > now; }
        /// Does nothing if the bucket has no limit.
        void block_until(SteadyTime when) noexcept;
    };

    static Bucket make_bucket(const std::optional<double>& per_minute, double burst);
    Bucket& bucket_of(RateClass rate_class) noexcept;

    std::mutex mutex_{};
    Bucket requests_;
    Bucket sensitive_;
    Bucket messages_;
    bool enabled_ = false;
};

}  // namespace sent::detail
