#include "http/look_ups.hpp"

namespace sent::detail::http {

bool LookUps::may_begin(Clock::time_point now) noexcept {
    if (abandoned_.load(std::memory_order_relaxed) < most_abandoned) {
        return true;
    }
    const Clock::rep time = now.time_since_epoch().count();
    if (time - last_abandoned_.load(std::memory_order_relaxed) > Clock::duration(lifetime).count()) {
        note_answer();
        return true;
    }
    Clock::rep next = next_try_.load(std::memory_order_relaxed);
    return time >= next && next_try_.compare_exchange_strong(next, time + Clock::duration(pause).count());
}

void LookUps::note_answer() noexcept {
    if (abandoned_.load(std::memory_order_relaxed) != 0) {
        abandoned_.store(0, std::memory_order_relaxed);
    }
}

void LookUps::note_abandoned(Clock::time_point now) noexcept {
    const Clock::rep time = now.time_since_epoch().count();
    last_abandoned_.store(time, std::memory_order_relaxed);
    if (abandoned_.fetch_add(1, std::memory_order_relaxed) + 1 == most_abandoned) {
        next_try_.store(time + Clock::duration(pause).count(), std::memory_order_relaxed);
    }
}

}  // namespace sent::detail::http
