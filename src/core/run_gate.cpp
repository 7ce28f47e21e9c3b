#include "core/run_gate.hpp"

#include "core/retry.hpp"

namespace sent::detail {

void RunGate::pause_until(SteadyTime when) noexcept {
    const auto wanted = when.time_since_epoch().count();
    auto current = paused_until_.load(std::memory_order_relaxed);
    while (current < wanted &&
           !paused_until_.compare_exchange_weak(current, wanted, std::memory_order_relaxed)) {
    }
}

RunGate::SteadyTime RunGate::opens_at() const noexcept {
    return SteadyTime{SteadyTime::duration{paused_until_.load(std::memory_order_relaxed)}};
}

void RunGate::note_answer() noexcept {
    // Read first: threads that only read do not take the line from each other.
    if (!has_answered_.load(std::memory_order_relaxed)) {
        has_answered_.store(true, std::memory_order_relaxed);
    }
    if (out_of_reach_.load(std::memory_order_relaxed)) {
        out_of_reach_.store(false, std::memory_order_relaxed);
    }
}

RunGate::SteadyTime RunGate::note_no_connection(SteadyTime now, const RetryOptions& retry) {
    if (!has_answered_.load(std::memory_order_relaxed)) {
        return SteadyTime::max();
    }
    const std::lock_guard lock{mutex_};
    if (!out_of_reach_.load(std::memory_order_relaxed)) {
        lost_at_ = now;
        next_attempt_ = now + back_off(retry, 0, random_fraction());
        attempts_ = 1;
        out_of_reach_.store(true, std::memory_order_relaxed);
    }
    return waits_for_service(now) ? next_attempt_ : SteadyTime::max();
}

RunGate::SteadyTime RunGate::admit(SteadyTime now, const RetryOptions& retry) {
    if (!out_of_reach_.load(std::memory_order_relaxed)) {
        return now;
    }
    const std::lock_guard lock{mutex_};
    if (next_attempt_ > now && waits_for_service(now)) {
        return next_attempt_;
    }
    next_attempt_ = now + back_off(retry, attempts_, random_fraction());
    ++attempts_;
    return now;
}

bool RunGate::waits_for_service(SteadyTime now) const noexcept {
    // Compared in milliseconds: the longest of them overflow as nanoseconds.
    return std::chrono::duration_cast<std::chrono::milliseconds>(now - lost_at_) < max_outage_;
}

}  // namespace sent::detail
