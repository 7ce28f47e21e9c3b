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

/// What was let through of late, or is promised for later: so much that no 60 seconds hold more than the
/// limit. Memory is bounded by merging what goes within a quarter of a second.
class RateWindow {
  public:
    /// A limit of 0 is none.
    explicit RateWindow(double limit) noexcept : limit_(limit) {}

    /// From `from` on, the first time when `amount` fits. More than the limit fits where nothing else is.
    [[nodiscard]] SteadyTime next(double amount, SteadyTime from) const;
    void take(double amount, SteadyTime at, SteadyTime now);
    /// Undoes take() for what was not sent at `at`.
    void give_back(double amount, SteadyTime at);

  private:
    struct Slot {
        SteadyTime first;
        SteadyTime last;
        double amount = 0;
    };
    /// The start of a window around `at` that holds more than `room`; null when there is none.
    [[nodiscard]] const Slot* crowded(double room, SteadyTime at) const;

    double limit_;
    /// In order of time, apart from each other.
    std::vector<Slot> slots_{};
};

/// The client's own rate limits: for each class of requests, and for messages, a token bucket, which spreads
/// requests evenly after a burst, and a window, which keeps burst and rate together within the limit. Tokens
/// are taken in advance: a call that finds the bucket empty gets a time in the future. Thread-safe.
class RateLimiter {
  public:
    explicit RateLimiter(const RateLimitOptions& options) : RateLimiter(options, nullptr) {}
    /// For a child: copies the state of its parent, unless a thread of the parent held the lock during the
    /// fork.
    RateLimiter(const RateLimitOptions& options, RateLimiter* parents);

    [[nodiscard]] bool enabled() const noexcept { return enabled_; }
    /// Takes what a request costs, and says from when on it may be sent. Nothing when that is later than
    /// `latest`; then nothing was taken.
    std::optional<SteadyTime> acquire(RateClass rate_class, std::size_t messages, SteadyTime now,
                                      SteadyTime latest);
    /// Whether a permit for `permitted_at` may be used at `now`. False if that is too late, because later
    /// permits were granted without counting it there, or if the service has named a wait since.
    [[nodiscard]] bool may_use(RateClass rate_class, std::size_t messages, SteadyTime permitted_at,
                               SteadyTime now);
    /// Gives back a permit that was not used.
    void give_back(RateClass rate_class, std::size_t messages, SteadyTime permitted_at);
    /// Takes the service's word: no more go at once than remain, and when nothing remains, requests of this
    /// class wait for the end of its window, at most a minute.
    void adjust(RateClass rate_class, const RateLimit& limit, SteadyTime now,
                std::chrono::system_clock::time_point wall_now);
    /// The service has refused a request for its number (429) and named a wait: that holds for all of its
    /// kind, up to a minute.
    void hold_back(RateClass rate_class, std::size_t messages, std::chrono::milliseconds wait,
                   SteadyTime now);

  private:
    struct Bucket {
        /// Tokens that come back in a second; 0: no limit.
        double per_second = 0;
        double burst = 1;
        double tokens = 1;
        SteadyTime updated{};
        SteadyTime blocked_until = SteadyTime::min();
        RateWindow window{0};

        [[nodiscard]] bool limits() const noexcept { return per_second > 0; }
        /// Refills, then says when `amount` tokens are there.
        SteadyTime ready_for(double amount, SteadyTime now) noexcept;
        /// From `from` on, when the limit of a minute allows it.
        [[nodiscard]] SteadyTime next(double amount, SteadyTime from) const;
        void take(double amount, SteadyTime at, SteadyTime now);
        void give_back(double amount, SteadyTime at);
        [[nodiscard]] bool is_blocked(SteadyTime now) const noexcept { return blocked_until > now; }
        /// Does nothing to a bucket that does not limit.
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
