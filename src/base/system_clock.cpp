#include "base/system_clock.hpp"

#include <condition_variable>
#include <mutex>
#include <utility>

namespace sent::detail {

Clock::SteadyTime SystemClock::now() const {
    return std::chrono::steady_clock::now();
}

std::chrono::system_clock::time_point SystemClock::wall_now() const {
    return std::chrono::system_clock::now();
}

bool SystemClock::wait_until(SteadyTime when, const CancellationToken& cancel) {
    std::mutex mutex;
    std::condition_variable wake;
    bool cancelled = false;
    const auto registration = cancel.on_cancel([&] {
        const std::lock_guard lock{mutex};
        cancelled = true;
        wake.notify_one();
    });
    std::unique_lock lock{mutex};
    const bool woken = wake.wait_until(lock, when, [&] { return cancelled; });
    lock.unlock();
    return !woken;
}

std::unique_ptr<Timer> SystemClock::call_at(SteadyTime when, std::function<void()> task) {
    return timers_.call_at(when, std::move(task));
}

}  // namespace sent::detail
