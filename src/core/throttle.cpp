#include "core/throttle.hpp"

#include <algorithm>

#include "base/saturating.hpp"
#include "core/problem.hpp"

namespace sent::detail {

void Throttle::pause_until(SteadyTime when) noexcept {
    const auto wanted = when.time_since_epoch().count();
    auto current = paused_until_.load(std::memory_order_relaxed);
    while (current < wanted &&
           !paused_until_.compare_exchange_weak(current, wanted, std::memory_order_relaxed)) {
    }
}

Throttle::SteadyTime Throttle::opens_at() const noexcept {
    return SteadyTime{SteadyTime::duration{paused_until_.load(std::memory_order_relaxed)}};
}

void Throttle::note_answer(Extent extent) noexcept {
    if (extent == Extent::unclear) {
        unclear_in_a_row_.fetch_add(1, std::memory_order_relaxed);
    } else if (unclear_in_a_row_.load(std::memory_order_relaxed) != 0) {
        unclear_in_a_row_.store(0, std::memory_order_relaxed);
    }
    // Read before writing: threads that only read can share the cache line.
    if (!has_answered_.load(std::memory_order_relaxed)) {
        has_answered_.store(true, std::memory_order_relaxed);
    }
    const bool asks_to_wait = extent == Extent::rate || extent == Extent::service;
    if (out_of_reach_.load(std::memory_order_relaxed) &&
        !(asks_to_wait && is_throttled_.load(std::memory_order_relaxed))) {
        out_of_reach_.store(false, std::memory_order_relaxed);
    }
}

bool Throttle::is_for_all(Extent extent) const noexcept {
    constexpr int most_in_a_row = 3;
    return extent == Extent::whole_run ||
           (extent == Extent::unclear && unclear_in_a_row_.load(std::memory_order_relaxed) >= most_in_a_row);
}

void Throttle::begin_outage(SteadyTime now, bool is_throttled) {
    if (!out_of_reach_.load(std::memory_order_relaxed)) {
        outage_ends_ = saturating_add(now, max_outage_);
        patience_ends_ = outage_ends_;
        next_attempt_ = now;
        attempts_ = 0;
        is_throttled_.store(is_throttled, std::memory_order_relaxed);
        out_of_reach_.store(true, std::memory_order_relaxed);
    }
}

Throttle::SteadyTime Throttle::note_no_connection(SteadyTime now, const RetryOptions& retry) {
    if (!has_answered_.load(std::memory_order_relaxed)) {
        return SteadyTime::max();
    }
    const std::lock_guard lock{mutex_};
    begin_outage(now, false);
    if (attempts_ == 0) {
        next_attempt_ = std::max(next_attempt_, saturating_add(now, back_off(retry, 0, random_fraction())));
        attempts_ = 1;
    }
    return waits_for_service(now) ? next_attempt_ : SteadyTime::max();
}

Throttle::SteadyTime Throttle::note_throttled(SteadyTime now, std::chrono::milliseconds wait,
                                              const RetryOptions& retry) {
    const std::lock_guard lock{mutex_};
    begin_outage(now, true);
    const auto until = saturating_add(now, wait);
    if (until > outage_ends_) {
        return SteadyTime::max();
    }
    next_attempt_ = std::max(next_attempt_, until);
    // After the pause, the other calls wait for the reply to the first one. This does not extend the outage.
    patience_ends_ = std::max(patience_ends_, saturating_add(until, retry.max_backoff));
    return next_attempt_;
}

Throttle::SteadyTime Throttle::admit(SteadyTime now, const RetryOptions& retry) {
    if (!out_of_reach_.load(std::memory_order_relaxed)) {
        return now;
    }
    const std::lock_guard lock{mutex_};
    if (next_attempt_ > now && waits_for_service(now)) {
        return next_attempt_;
    }
    next_attempt_ = saturating_add(now, back_off(retry, attempts_, random_fraction()));
    ++attempts_;
    return now;
}

bool Throttle::waits_for_service(SteadyTime now) const noexcept {
    return now < patience_ends_;
}

void Throttle::end_run(const Error& cause) noexcept {
    {
        const std::lock_guard lock{mutex_};
        if (!cause_) {
            try {
                cause_ = cause;
            } catch (...) {  // NOLINT(bugprone-empty-catch): out of memory; the run still ends
            }
        }
    }
    end_.cancel();
}

std::optional<Error> Throttle::cause() const {
    const std::lock_guard lock{mutex_};
    return cause_;
}

Error Throttle::never_started() const {
    const std::lock_guard lock{mutex_};
    auto error = not_sent_error(cause_ ? cause_->kind : ErrorKind::cancelled,
                                "the run ended before this request was started");
    if (cause_) {
        error.message += ": " + cause_->message;
        error.code = cause_->code;
        error.doc_url = cause_->doc_url;
        error.retry_after = cause_->retry_after;
    }
    return error;
}

}  // namespace sent::detail
