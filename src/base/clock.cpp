#include <sent/clock.hpp>

#include <memory>
#include <utility>

#include "base/timer_thread.hpp"

namespace sent {

Timer::~Timer() = default;

Clock::~Clock() {
    delete timers_.load();
}

std::unique_ptr<Timer> Clock::call_at(SteadyTime when, std::function<void()> task) {
    if (timers_.load() == nullptr) {
        auto fresh = std::make_unique<detail::TimerThread>(*this);
        detail::TimerThread* none = nullptr;
        if (timers_.compare_exchange_strong(none, fresh.get())) {
            (void)fresh.release();
        }
    }
    return timers_.load()->call_at(when, std::move(task));
}

}  // namespace sent
