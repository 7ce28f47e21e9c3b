#include <sent/testing/fake_clock.hpp>

#include <set>

#include "base/saturating.hpp"
#include "testing/monitor.hpp"

namespace sent::testing {

namespace {

using detail::saturating_add;
using std::chrono::nanoseconds;
using SteadyTime = Clock::SteadyTime;
using WallTime = std::chrono::system_clock::time_point;

/// Not the epoch, so that a default-constructed time point is noticed.
constexpr SteadyTime steady_start{std::chrono::hours{24}};
/// 2026-01-01T00:00:00Z
constexpr WallTime wall_start{std::chrono::seconds{1'767'225'600}};

}  // namespace

class FakeClock::Impl {
  public:
    explicit Impl(Mode mode) : data_(Data{mode}) {}

    SteadyTime now() const { return data_.lock()->now; }
    WallTime wall_now() const { return data_.lock()->wall; }
    nanoseconds elapsed() const { return now() - steady_start; }

    bool wait_until(SteadyTime when, const CancellationToken& cancel) {
        // Unregisters after the lock is released, as it may have to wait for the callback, which takes it.
        CancellationToken::Registration registration = cancel.on_cancel([this] { data_.lock().notify(); });
        auto data = data_.lock();
        if (when > data->now && when != SteadyTime::max() && !cancel.cancelled()) {
            data->waits.push_back(when - data->now);
        }
        const auto place = data->ends.insert(when);
        data.notify();
        data.wait([&] { return cancel.cancelled() || arrived(data, when); });
        data->ends.erase(place);
        data.notify();
        return !cancel.cancelled();
    }

    void advance(nanoseconds duration) {
        const auto data = data_.lock();
        move_to(data, saturating_add(data->now, duration));
    }

    void set(SteadyTime when) { move_to(data_.lock(), when); }
    void set_wall(WallTime when) { data_.lock()->wall = when; }

    void set_mode(Mode mode) {
        const auto data = data_.lock();
        data->mode = mode;
        data.notify();
    }

    std::vector<nanoseconds> waits() const { return data_.lock()->waits; }
    std::size_t waiting() const { return data_.lock()->ends.size(); }

    bool wait_for_waiters(std::size_t count, std::chrono::milliseconds timeout) const {
        auto data = data_.lock();
        return data.wait_for(timeout, [&] { return data->ends.size() >= count; });
    }

  private:
    struct Data {
        Mode mode = Mode::automatic;
        SteadyTime now = steady_start;
        WallTime wall = wall_start;
        std::multiset<SteadyTime> ends{};
        std::vector<nanoseconds> waits{};

        /// The threads that wait are the parent's.
        [[nodiscard]] Data for_child() const { return {mode, now, wall, {}, waits}; }
    };
    using Access = Monitor<Data>::Access;

    /// Whether a wait is over; in automatic mode it makes that so, once no shorter wait is under way.
    static bool arrived(const Access& data, SteadyTime when) {
        if (data->mode == Mode::automatic && when != SteadyTime::max() && when <= *data->ends.begin()) {
            move_to(data, when);
        }
        return when <= data->now;
    }

    static void move_to(const Access& data, SteadyTime when) {
        if (when > data->now) {
            data->wall = saturating_add(data->wall, when - data->now);
            data->now = when;
            data.notify();
        }
    }

    Monitor<Data> data_;
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
