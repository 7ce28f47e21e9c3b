#include "core/rate_limiter.hpp"

#include <algorithm>

namespace sent {

RateLimitOptions starter_rate_limits() {
    RateLimitOptions options;
    options.requests_per_minute = 200;
    options.sensitive_per_minute = 10;
    options.messages_per_minute = 60;
    return options;
}

RateLimitOptions growth_rate_limits() {
    auto options = starter_rate_limits();
    options.messages_per_minute = 300;
    return options;
}

namespace detail {
namespace {

constexpr std::chrono::seconds longest_block{60};

}  // namespace

RateLimiter::RateLimiter(const RateLimitOptions& options, RateLimiter* parents)
    : requests_(make_bucket(options.requests_per_minute, options.request_burst)),
      sensitive_(make_bucket(options.sensitive_per_minute, options.sensitive_burst)),
      messages_(make_bucket(options.messages_per_minute, options.message_burst)),
      enabled_(requests_.limits() || sensitive_.limits() || messages_.limits()) {
    if (parents == nullptr) {
        return;
    }
    if (const std::unique_lock lock{parents->mutex_, std::try_to_lock}) {
        requests_ = parents->requests_;
        sensitive_ = parents->sensitive_;
        messages_ = parents->messages_;
    }
}

RateLimiter::Bucket RateLimiter::make_bucket(const std::optional<double>& per_minute, double burst) {
    constexpr double seconds_per_minute = 60;
    Bucket bucket;
    bucket.per_second = per_minute.value_or(0) / seconds_per_minute;
    bucket.burst = burst;
    bucket.tokens = burst;
    return bucket;
}

RateLimiter::Bucket& RateLimiter::bucket_of(RateClass rate_class) noexcept {
    return rate_class == RateClass::sensitive ? sensitive_ : requests_;
}

SteadyTime RateLimiter::Bucket::ready_for(double amount, SteadyTime now) noexcept {
    if (!limits()) {
        return now;
    }
    if (updated == SteadyTime{}) {
        updated = now;
    }
    const double elapsed =
        std::chrono::duration<double>(std::max(now - updated, SteadyTime::duration::zero())).count();
    tokens = std::min(burst, tokens + elapsed * per_second);
    updated = std::max(updated, now);
    // What is more than a burst goes when the bucket is full, and leaves it in debt.
    const double missing = std::min(amount, burst) - tokens;
    const auto ready = missing <= 0 ? now
                                    : now + std::chrono::duration_cast<SteadyTime::duration>(
                                                std::chrono::duration<double>(missing / per_second));
    return std::max(ready, blocked_until);
}

void RateLimiter::Bucket::block_until(SteadyTime when) noexcept {
    if (limits()) {
        blocked_until = std::max(blocked_until, when);
    }
}

std::optional<SteadyTime> RateLimiter::acquire(RateClass rate_class, std::size_t messages, SteadyTime now,
                                               SteadyTime latest) {
    const std::lock_guard lock{mutex_};
    auto& bucket = bucket_of(rate_class);
    const auto amount = static_cast<double>(messages);
    auto ready = bucket.ready_for(1, now);
    if (messages > 0) {
        ready = std::max(ready, messages_.ready_for(amount, now));
    }
    if (ready > latest) {
        return std::nullopt;
    }
    bucket.tokens -= 1;
    if (messages > 0) {
        messages_.tokens -= amount;
    }
    return ready;
}

void RateLimiter::adjust(RateClass rate_class, const RateLimit& limit, SteadyTime now,
                         std::chrono::system_clock::time_point wall_now) {
    if (!limit.remaining) {
        return;
    }
    const std::lock_guard lock{mutex_};
    auto& bucket = bucket_of(rate_class);
    if (*limit.remaining > 0) {
        // Others may use the account, too.
        static_cast<void>(bucket.ready_for(0, now));
        bucket.tokens = std::min(bucket.tokens, static_cast<double>(*limit.remaining));
    } else if (limit.reset) {
        const auto wait = std::chrono::duration_cast<SteadyTime::duration>(*limit.reset - wall_now);
        bucket.block_until(now + std::min<SteadyTime::duration>(wait, longest_block));
    }
}

void RateLimiter::hold_back(RateClass rate_class, std::size_t messages, std::chrono::milliseconds wait,
                            SteadyTime now) {
    const auto until = now + std::min<std::chrono::milliseconds>(wait, longest_block);
    const std::lock_guard lock{mutex_};
    bucket_of(rate_class).block_until(until);
    if (messages > 0) {
        messages_.block_until(until);
    }
}

}  // namespace detail
}  // namespace sent
