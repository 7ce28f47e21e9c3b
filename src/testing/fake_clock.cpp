#include <sent/testing/fake_clock.hpp>

#include <condition_variable>
#include <mutex>
#include <set>

#include "saturating.hpp"

namespace sent::testing {

namespace {

using detail::saturating_add;
using std::chrono::nanoseconds;
using SteadyTime = Clock::SteadyTime;
using WallTime = std::chrono::system_clock::time_point;

/// Not the epoch, so that a forgotten default-constructed time point stands out.
constexpr SteadyTime steady_start{std::chrono::hours{24}};
/// 2026-01-01T00:00:00Z
constexpr WallTime wall_start{std::chrono::seconds{1'767'225'600}};

}  // namespace

class FakeClock::Impl {
  public:
    explicit Impl(Mode mode) : mode_(mode) {}

    SteadyTime now() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return now_;
    }

    WallTime wall_now() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return wall_;
    }

    nanoseconds elapsed() const { return now() - steady_start; }

    bool wait_until(SteadyTime when, const CancellationToken& cancel) {
        // Unregisters after the lock is released, as it may have to wait for the callback, which takes it.
        CancellationToken::Registration registration = cancel.on_cancel([this] {
            const std::lock_guard<std::mutex> lock(mutex_);
            changed_.notify_all();
        });
        std::unique_lock<std::mutex> lock(mutex_);
        if (when > now_ && when != SteadyTime::max() && !cancel.cancelled()) {
            waits_.push_back(when - now_);
        }
        const auto place = ends_.insert(when);
        changed_.notify_all();
        changed_.wait(lock, [&] { return cancel.cancelled() || arrived(when); });
        ends_.erase(place);
        changed_.notify_all();
        return !cancel.cancelled();
    }

    void advance(nanoseconds duration) {
        const std::lock_guard<std::mutex> lock(mutex_);
        move_to(saturating_add(now_, duration));
    }

    void set(SteadyTime when) {
        const std::lock_guard<std::mutex> lock(mutex_);
        move_to(when);
    }

    void set_wall(WallTime when) {
        const std::lock_guard<std::mutex> lock(mutex_);
        wall_ = when;
    }

    void set_mode(Mode mode) {
        const std::lock_guard<std::mutex> lock(mutex_);
        mode_ = mode;
        changed_.notify_all();
    }

    std::vector<nanoseconds> waits() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return waits_;
    }

    std::size_t waiting() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return ends_.size();
    }

    bool wait_for_waiters(std::size_t count, std::chrono::milliseconds timeout) const {
        std::unique_lock<std::mutex> lock(mutex_);
        return changed_.wait_for(lock, timeout, [&] { return ends_.size() >= count; });
    }

  private:
    /// Whether a wait is over; in automatic mode it makes that so, once no shorter wait is under way.
    bool arrived(SteadyTime when) {
        if (mode_ == Mode::automatic && when != SteadyTime::max() && when <= *ends_.begin()) {
            move_to(when);
        }
        return when <= now_;
    }

    void move_to(SteadyTime when) {
        if (when > now_) {
            wall_ = saturating_add(wall_, when - now_);
            now_ = when;
            changed_.notify_all();
        }
    }

    mutable std::mutex mutex_;
    /// Anything below changed.
    mutable std::condition_variable changed_;
    Mode mode_;
    SteadyTime now_ = steady_start;
    WallTime wall_ = wall_start;
    std::multiset<SteadyTime> ends_;
    std::vector<nanoseconds> waits_;
};

FakeClock::FakeClock(Mode mode) : impl_(std::make_unique<Impl>(mode)) {}
FakeClock::~FakeClock() = default;

FakeClock::SteadyTime FakeClock::now() const {
    return impl_->now();
}

std::chrono::system_clock::time_point FakeClock::wall_now() const {
    return impl_->wall_now();
}

bool FakeClock::wait_until(SteadyTime when, const CancellationToken& cancel) {
    return impl_->wait_until(when, cancel);
}

void FakeClock::advance(nanoseconds duration) {
    impl_->advance(duration);
}

void FakeClock::set(SteadyTime when) {
    impl_->set(when);
}

void FakeClock::set_wall(std::chrono::system_clock::time_point when) {
    impl_->set_wall(when);
}

void FakeClock::set_mode(Mode mode) {
    impl_->set_mode(mode);
}

nanoseconds FakeClock::elapsed() const {
    return impl_->elapsed();
}

std::vector<nanoseconds> FakeClock::waits() const {
    return impl_->waits();
}

std::size_t FakeClock::waiting() const {
    return impl_->waiting();
}

bool FakeClock::wait_for_waiters(std::size_t count, std::chrono::milliseconds timeout) const {
    return impl_->wait_for_waiters(count, timeout);
}

}  // namespace sent::testing
