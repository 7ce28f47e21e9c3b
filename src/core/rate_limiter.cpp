#include "core/rate_limiter.hpp"

#include <algorithm>
#include <iterator>

#include "base/saturating.hpp"

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
/// Requests arrive a little after they were permitted, and the first of a burst later than the others because
/// it must connect. Without some room between two bursts, the service would count them in one minute.
constexpr std::chrono::milliseconds window_length{60'500};
constexpr std::chrono::milliseconds slot_length{250};
/// How late a permit may be used. The window is longer than one minute by more than this, so no 60 seconds
/// contain more than the limit even if only some requests are late.
constexpr std::chrono::milliseconds longest_delay{250};

/// A tiny rate postpones permits to the end of the clock (A17 in docs/reliability.md).
std::chrono::steady_clock::time_point one_window_after(std::chrono::steady_clock::time_point time) noexcept {
    return saturating_add(time, window_length);
}

}  // namespace

const RateWindow::Slot* RateWindow::crowded(double room, SteadyTime at) const {
    const auto begin = std::find_if(slots_.begin(), slots_.end(),
                                    [at](const Slot& slot) { return one_window_after(slot.last) > at; });
    double held = 0;
    auto right = begin;
    for (auto left = begin; left != slots_.end() && left->first < one_window_after(at); ++left) {
        const auto end = one_window_after(std::min(left->last, at));
        for (; right != slots_.end() && right->first < end; ++right) {
            held += right->amount;
        }
        if (held > room) {
            return &*left;
        }
        if (left->last > at) {
            break;  // later windows do not contain `at`
        }
        held -= left->amount;
    }
    return nullptr;
}

SteadyTime RateWindow::next(double amount, SteadyTime from) const {
    const double room = std::max(limit_ - amount, 0.0);
    while (const auto* slot = crowded(room, from)) {
        from = one_window_after(slot->last);
    }
    return from;
}

void RateWindow::take(double amount, SteadyTime at, SteadyTime now) {
    slots_.erase(slots_.begin(), std::find_if(slots_.begin(), slots_.end(), [now](const Slot& slot) {
                     return one_window_after(slot.last) > now;
                 }));
    const auto after = std::upper_bound(slots_.begin(), slots_.end(), at,
                                        [](SteadyTime when, const Slot& slot) { return when < slot.first; });
    if (after != slots_.begin()) {
        auto& slot = *std::prev(after);
        if (at <= slot.last || at - slot.first < slot_length) {
            slot.last = std::max(slot.last, at);
            slot.amount += amount;
            return;
        }
    }
    slots_.insert(after, {at, at, amount});
}

void RateWindow::give_back(double amount, SteadyTime at) {
    const auto after = std::upper_bound(slots_.begin(), slots_.end(), at,
                                        [](SteadyTime when, const Slot& slot) { return when < slot.first; });
    if (after == slots_.begin() || std::prev(after)->last < at) {
        return;  // was removed because it is old
    }
    const auto slot = std::prev(after);
    slot->amount -= amount;
    if (slot->amount <= 0) {
        slots_.erase(slot);
    }
}

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
    bucket.window = RateWindow{per_minute.value_or(0)};
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
    // An amount larger than the burst is sent when the bucket is full, and leaves the bucket in debt.
    const double missing = std::min(amount, burst) - tokens;
    const auto ready =
        missing <= 0 ? now : saturating_add(now, std::chrono::duration<double>(missing / per_second));
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
    auto at = bucket.ready_for(1, now);
    if (messages > 0) {
        at = std::max(at, messages_.ready_for(amount, now));
    }
    // A later time that suits one window may not suit the other.
    for (auto ready = SteadyTime::min(); ready < at;) {
        ready = at;
        at = bucket.next(1, at);
        at = messages > 0 ? messages_.next(amount, at) : at;
    }
    if (at > latest) {
        return std::nullopt;
    }
    bucket.take(1, at, now);
    if (messages > 0) {
        messages_.take(amount, at, now);
    }
    return at;
}

bool RateLimiter::may_use(RateClass rate_class, std::size_t messages, SteadyTime permitted_at,
                          SteadyTime now) {
    const std::lock_guard lock{mutex_};
    return now - permitted_at <= longest_delay && !bucket_of(rate_class).is_blocked(now) &&
           (messages == 0 || !messages_.is_blocked(now));
}

void RateLimiter::give_back(RateClass rate_class, std::size_t messages, SteadyTime permitted_at) {
    const std::lock_guard lock{mutex_};
    bucket_of(rate_class).give_back(1, permitted_at);
    if (messages > 0) {
        messages_.give_back(static_cast<double>(messages), permitted_at);
    }
}

SteadyTime RateLimiter::Bucket::next(double amount, SteadyTime from) const {
    return limits() ? window.next(amount, from) : from;
}

void RateLimiter::Bucket::take(double amount, SteadyTime at, SteadyTime now) {
    if (limits()) {
        tokens -= amount;
        window.take(amount, at, now);
    }
}

void RateLimiter::Bucket::give_back(double amount, SteadyTime at) {
    if (limits()) {
        // The bucket has refilled a part of the tokens since.
        const std::chrono::duration<double> since = updated - at;
        const double refilled = per_second * std::max(0.0, since.count());
        tokens = std::min(burst, tokens + std::max(0.0, amount - refilled));
        window.give_back(amount, at);
    }
}

void RateLimiter::adjust(RateClass rate_class, const RateLimit& limit, SteadyTime now,
                         std::chrono::system_clock::time_point wall_now) {
    if (!limit.remaining) {
        return;
    }
    const std::lock_guard lock{mutex_};
    auto& bucket = bucket_of(rate_class);
    if (*limit.remaining > 0) {
        // Other programs may use the same account.
        static_cast<void>(bucket.ready_for(0, now));
        bucket.tokens = std::min(bucket.tokens, static_cast<double>(*limit.remaining));
    } else if (limit.reset) {
        const auto wait =
            saturating_cast<SteadyTime::duration>(saturating_difference(*limit.reset, wall_now));
        bucket.block_until(saturating_add(now, std::min<SteadyTime::duration>(wait, longest_block)));
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
