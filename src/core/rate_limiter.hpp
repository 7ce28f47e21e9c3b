#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>

#include <sent/operation.hpp>
#include <sent/options.hpp>
#include <sent/result.hpp>

namespace sent::detail {

using SteadyTime = std::chrono::steady_clock::time_point;

/// The client's own rate limits: one token bucket for each class of requests, and one for messages. Tokens
/// are taken in advance: whoever comes when the bucket is empty is told when its turn is. Thread-safe.
class RateLimiter {
  public:
    explicit RateLimiter(const RateLimitOptions& options) : RateLimiter(options, nullptr) {}
    /// In a child: goes on where its parent was, unless a thread of the parent was changing that just then.
    RateLimiter(const RateLimitOptions& options, RateLimiter* parents);

    [[nodiscard]] bool enabled() const noexcept { return enabled_; }
    /// Takes what a request costs, and says from when on it may be sent. Nothing when that is later than
    /// `latest`; then nothing was taken.
    std::optional<SteadyTime> acquire(RateClass rate_class, std::size_t messages, SteadyTime now,
                                      SteadyTime latest);
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

        [[nodiscard]] bool limits() const noexcept { return per_second > 0; }
        /// Refills, then says when `amount` tokens are there.
        SteadyTime ready_for(double amount, SteadyTime now) noexcept;
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
