#include <sent/testing/fake_clock.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <thread>
#include <utility>

#include "base/saturating.hpp"
#include "base/this_process.hpp"

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
    using Task = std::function<void()>;
    /// Tasks with the same time keep their order.
    using Key = std::pair<SteadyTime, std::uint64_t>;

    explicit Impl(Mode mode) : data_(Data{mode}) {}

    SteadyTime now() const { return data_.lock()->now; }
    WallTime wall_now() const { return data_.lock()->wall; }
    nanoseconds elapsed() const { return now() - steady_start; }

    bool wait_until(SteadyTime when, const CancellationToken& cancel) {
        // Unregisters after the lock is released, as it may have to wait for the callback, which takes it.
        CancellationToken::Registration registration = cancel.on_cancel([this] { data_.lock().notify(); });
        auto data = data_.lock();
        if (!cancel.cancelled()) {
            data->note_wait(when);
        }
        const auto place = data->ends.insert(when);
        data.notify();
        data.wait([&] { return cancel.cancelled() || arrived(data, when); });
        const bool has_arrived = !cancel.cancelled();
        data->ends.erase(place);
        data.notify();
        run_due(data);
        return has_arrived;
    }

    Key add(SteadyTime when, Task&& task) {
        auto data = data_.lock();
        const Key key{when, ++data->last_number};
        data->note_wait(when);
        data->tasks.emplace(key, std::move(task));
        data.notify();
        run_due(data);
        return key;
    }

    void remove(const Key& key) {
        std::map<Key, Task>::node_type dropped;  // destroyed after the lock is released
        auto data = data_.lock();
        dropped = data->tasks.extract(key);
        data.notify();
        data.wait([&] {
            const auto running = data->running.find(key.second);
            return running == data->running.end() || running->second == std::this_thread::get_id();
        });
    }

    void advance(nanoseconds duration) {
        auto data = data_.lock();
        move_to(data, saturating_add(data->now, duration));
        run_due(data);
    }

    void set(SteadyTime when) {
        auto data = data_.lock();
        move_to(data, when);
        run_due(data);
    }

    void set_wall(WallTime when) { data_.lock()->wall = when; }

    void set_mode(Mode mode) {
        auto data = data_.lock();
        data->mode = mode;
        data.notify();
        run_due(data);
    }

    std::vector<nanoseconds> waits() const { return data_.lock()->waits; }
    std::size_t waiting() const { return data_.lock()->waiting(); }

    bool wait_for_waiters(std::size_t count, std::chrono::milliseconds timeout) const {
        auto data = data_.lock();
        return data.wait_for(timeout, [&] { return data->waiting() >= count; });
    }

  private:
    struct Data {
        Mode mode = Mode::automatic;
        SteadyTime now = steady_start;
        WallTime wall = wall_start;
        std::vector<nanoseconds> waits{};
        /// The number of the last task.
        std::uint64_t last_number = 0;
        /// The ends of the pending calls of wait_until().
        std::multiset<SteadyTime> ends{};
        std::map<Key, Task> tasks{};
        /// The threads that run a task, by its number.
        std::map<std::uint64_t, std::thread::id> running{};

        void note_wait(SteadyTime when) {
            if (when > now && when != SteadyTime::max()) {
                waits.push_back(when - now);
            }
        }
        [[nodiscard]] std::size_t waiting() const noexcept { return ends.size() + tasks.size(); }
        /// Returns the end of the shortest wait. There must be one.
        [[nodiscard]] SteadyTime first_end() const noexcept {
            return tasks.empty()  ? *ends.begin()
                   : ends.empty() ? tasks.begin()->first.first
                                  : std::min(*ends.begin(), tasks.begin()->first.first);
        }
        /// Threads and tasks are the parent's.
        [[nodiscard]] Data for_child() const { return {mode, now, wall, waits, last_number, {}, {}, {}}; }
    };
    using Access = detail::Guarded<Data>::Access;

    /// Whether a wait is over; in automatic mode it makes that so, once no shorter wait is pending.
    static bool arrived(const Access& data, SteadyTime when) {
        if (data->mode == Mode::automatic && when != SteadyTime::max() && when <= data->first_end()) {
            move_to(data, when);
        }
        return when <= data->now;
    }

    static void run_due(Access& data) {
        while (!data->tasks.empty() && arrived(data, data->tasks.begin()->first.first)) {
            auto due = data->tasks.extract(data->tasks.begin());
            const std::uint64_t number = due.key().second;
            data->running.emplace(number, std::this_thread::get_id());
            data.notify();
            data.run_unlocked([&due] {
                try {
                    due.mapped()();
                } catch (...) {  // NOLINT(bugprone-empty-catch): see Clock::call_at()
                }
                due = {};
            });
            data->running.erase(number);
            data.notify();
        }
    }

    static void move_to(const Access& data, SteadyTime when) {
        if (when > data->now) {
            data->wall = saturating_add(data->wall, when - data->now);
            data->now = when;
            data.notify();
        }
    }

    detail::Guarded<Data> data_;
};

/// Keeps the clock's state, because a task may destroy the clock.
class FakeClock::FakeTimer final : public Timer {
  public:
    explicit FakeTimer(std::shared_ptr<Impl> clock) noexcept : clock_(std::move(clock)) {}
    FakeTimer(const FakeTimer&) = delete;
    FakeTimer& operator=(const FakeTimer&) = delete;
    ~FakeTimer() override {
        if (process_ == detail::this_process()) {
            clock_->remove(key_);
        }
    }
    void add(SteadyTime when, Impl::Task&& task) { key_ = clock_->add(when, std::move(task)); }

  private:
    std::shared_ptr<Impl> clock_;
    std::uint64_t process_ = detail::this_process();
    Impl::Key key_{};
};

FakeClock::FakeClock(Mode mode) : impl_(std::make_shared<Impl>(mode)) {}
FakeClock::~FakeClock() = default;

FakeClock::SteadyTime FakeClock::now() const {
    return impl_->now();
}

std::chrono::system_clock::time_point FakeClock::wall_now() const {
    return impl_->wall_now();
}

bool FakeClock::wait_until(SteadyTime when, const CancellationToken& cancel) {
    const auto impl = impl_;  // a task may destroy the clock
    return impl->wait_until(when, cancel);
}

std::unique_ptr<Timer> FakeClock::call_at(SteadyTime when, std::function<void()> task) {
    auto timer = std::make_unique<FakeTimer>(impl_);
    timer->add(when, std::move(task));
    return timer;
}

void FakeClock::advance(nanoseconds duration) {
    const auto impl = impl_;
    impl->advance(duration);
}

void FakeClock::set(SteadyTime when) {
    const auto impl = impl_;
    impl->set(when);
}

void FakeClock::set_wall(std::chrono::system_clock::time_point when) {
    impl_->set_wall(when);
}

void FakeClock::set_mode(Mode mode) {
    const auto impl = impl_;
    impl->set_mode(mode);
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
