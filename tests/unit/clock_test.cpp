#include <sent/clock.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "base/process_exit.hpp"
#include "base/system_clock.hpp"
#include "support/forking.hpp"

/// Clock::call_at() of the system's clock, and of a clock that does not override it. The FakeClock's is in
/// fake_clock_test.cpp.

namespace sent::test {
namespace {

using namespace std::chrono_literals;
using detail::SystemClock;
using SteadyTime = Clock::SteadyTime;

constexpr auto patience = 10s;

/// A clock as programs wrote them before call_at() existed. It stands still.
class OwnClock final : public Clock {
  public:
    [[nodiscard]] SteadyTime now() const override {
        const std::lock_guard lock{mutex_};
        return now_;
    }
    [[nodiscard]] std::chrono::system_clock::time_point wall_now() const override { return {}; }
    bool wait_until(SteadyTime when, const CancellationToken& cancel) override {
        const auto wake = cancel.on_cancel([this] { notify(); });
        ++inside_;
        std::unique_lock lock{mutex_};
        ++waits_;
        changed_.notify_all();
        if (fails_.exchange(false)) {
            --inside_;
            throw std::bad_alloc{};
        }
        changed_.wait(lock, [&] { return now_ >= when || cancel.cancelled(); });
        const bool has_arrived = !cancel.cancelled();
        lock.unlock();  // or a cancellation would wait for it
        std::this_thread::sleep_for(1ms);
        --inside_;
        return has_arrived;
    }
    void advance(std::chrono::nanoseconds duration) {
        const std::lock_guard lock{mutex_};
        now_ += duration;
        changed_.notify_all();
    }
    /// Waits until wait_until() has been called so often.
    void wait_for_waits(int count) {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return waits_ >= count; });
    }
    void fail_once() { fails_ = true; }
    /// Whether a thread is in wait_until().
    [[nodiscard]] bool is_in_use() const { return inside_ > 0; }

  private:
    void notify() {
        const std::lock_guard lock{mutex_};
        changed_.notify_all();
    }
    mutable std::mutex mutex_{};
    std::condition_variable changed_{};
    SteadyTime now_{1h};
    int waits_ = 0;
    std::atomic<int> inside_{0};
    std::atomic<bool> fails_{false};
};

bool is_ready(std::promise<void>& promise, std::chrono::milliseconds within = patience) {
    return promise.get_future().wait_for(within) == std::future_status::ready;
}

TEST(SystemClockTimer, TasksRunInOrderAndNotEarly) {
    SystemClock clock;
    std::promise<void> done;
    std::vector<int> order;
    SteadyTime ran;
    const auto start = clock.now();
    const auto last = clock.call_at(start + 60ms, [&] {
        order.push_back(3);
        ran = clock.now();
        done.set_value();
    });
    const auto first = clock.call_at(start + 20ms, [&] { order.push_back(1); });
    const auto second = clock.call_at(start + 20ms, [&] { order.push_back(2); });
    ASSERT_TRUE(is_ready(done));
    EXPECT_EQ(order, (std::vector<int>{1, 2, 3}));
    EXPECT_GE(ran - start, 60ms);
}

TEST(SystemClockTimer, ATaskMaySetATimerAndMayThrow) {
    SystemClock clock;
    std::promise<void> done;
    std::unique_ptr<Timer> second;
    const auto thrown = clock.call_at(clock.now(), [] { throw std::runtime_error{"no"}; });
    const auto first = clock.call_at(
        clock.now(), [&] { second = clock.call_at(clock.now() + 5ms, [&] { done.set_value(); }); });
    EXPECT_TRUE(is_ready(done));
}

TEST(SystemClockTimer, ATaskMayDropItsOwnTimer) {
    SystemClock clock;
    std::promise<void> done;
    std::promise<void> is_set;
    std::unique_ptr<Timer> timer;
    timer = clock.call_at(clock.now(), [&] {
        is_set.get_future().wait();
        timer.reset();
        done.set_value();
    });
    is_set.set_value();
    EXPECT_TRUE(is_ready(done));
}

TEST(SystemClockTimer, ADroppedTaskIsDestroyedAndNeverRuns) {
    SystemClock clock;
    std::atomic<bool> has_run{false};
    auto kept = std::make_shared<int>(0);
    auto timer = clock.call_at(clock.now() + 30ms, [&has_run, kept] { has_run = true; });
    EXPECT_EQ(kept.use_count(), 2);
    timer.reset();
    EXPECT_EQ(kept.use_count(), 1);
    std::promise<void> later;
    const auto after = clock.call_at(clock.now() + 60ms, [&] { later.set_value(); });
    ASSERT_TRUE(is_ready(later));
    EXPECT_FALSE(has_run);
}

TEST(SystemClockTimer, DroppingWaitsForATaskThatRuns) {
    SystemClock clock;
    std::promise<void> running;
    std::atomic<bool> has_returned{false};
    auto timer = clock.call_at(clock.now(), [&] {
        running.set_value();
        std::this_thread::sleep_for(30ms);
        has_returned = true;
    });
    running.get_future().wait();
    timer.reset();
    EXPECT_TRUE(has_returned);
}

TEST(SystemClockTimer, ManyThreadsSetAndDropTimers) {
    SystemClock clock;
    std::atomic<int> ran{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            std::vector<std::unique_ptr<Timer>> timers;
            for (int i = 0; i < 1000; ++i) {
                timers.push_back(
                    clock.call_at(clock.now() + std::chrono::microseconds(i % 7 * 100), [&] { ++ran; }));
                timers.push_back(clock.call_at(clock.now() + 1h, [&] { ran += 1'000'000; }));
                timers.pop_back();
            }
            const auto end = std::chrono::steady_clock::now() + patience;
            while (ran < 4000 && std::chrono::steady_clock::now() < end) {
                std::this_thread::yield();
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(ran, 4000);
}

TEST(SystemClockTimer, ATaskMayDestroyTheClock) {
    auto clock = std::make_unique<SystemClock>();
    std::promise<void> done;
    std::promise<void> is_set;
    std::unique_ptr<Timer> timer;
    timer = clock->call_at(clock->now(), [&] {
        is_set.get_future().wait();
        timer.reset();
        clock.reset();
        done.set_value();
    });
    is_set.set_value();
    EXPECT_TRUE(is_ready(done));
}

TEST(SystemClockTimer, DestroyingAClockWithoutTimersDoesNotWait) {
    std::optional<SystemClock> clock{std::in_place};
    std::promise<void> done;
    auto timer = clock->call_at(clock->now(), [&] { done.set_value(); });
    ASSERT_TRUE(is_ready(done));
    timer.reset();
    clock.reset();
}

using A4_Timer = ForkTest;

TEST_F(A4_Timer, AChildHasTimersOfItsOwnAndNoneOfItsParent) {
    SystemClock clock;
    std::atomic<int> ran{0};
    const auto kept = std::make_shared<int>(0);
    auto parents = clock.call_at(clock.now() + 50ms, [&ran, kept] { ++ran; });
    EXPECT_TRUE(in_child([&] {
        alarm(20);
        std::promise<void> done;
        const auto own = clock.call_at(clock.now() + 100ms, [&] { done.set_value(); });
        const bool has_run = is_ready(done);
        parents.reset();
        return has_run && ran == 0 && kept.use_count() == 2;  // the task is the parent's to destroy
    }));
}

TEST_F(A4_Timer, AChildWorksWhateverWasLocked) {
    SystemClock clock;
    std::atomic<bool> is_over{false};
    std::vector<std::thread> threads;
    for (int i = 0; i < 2; ++i) {
        threads.emplace_back([&] {
            while (!is_over) {
                (void)clock.call_at(clock.now() + 1h, [] {});
            }
        });
    }
    for (int i = 0; i < 40; ++i) {
        EXPECT_TRUE(in_child([&] {
            alarm(20);
            std::promise<void> done;
            const auto own = clock.call_at(clock.now(), [&] { done.set_value(); });
            return is_ready(done);
        }));
    }
    is_over = true;
    for (auto& thread : threads) {
        thread.join();
    }
}

using R3_Timer = ForkTest;

// What a task uses may be destroyed by then.
TEST_F(R3_Timer, NoTaskRunsOnceTheProcessExits) {
    const pid_t child = fork();
    if (child == 0) {
        alarm(20);
        static auto* const clock = new SystemClock;
        static std::unique_ptr<Timer> timer;
        std::atexit([] {  // runs after the library's own handler
            bool is_refused = false;
            try {
                (void)clock->call_at(clock->now(), [] {});
            } catch (const std::system_error&) {
                is_refused = true;
            }
            std::this_thread::sleep_for(60ms);
            _exit(is_refused ? 7 : 2);
        });
        detail::install_exit_handler();
        timer = clock->call_at(clock->now() + 30ms, [] { _exit(1); });
        std::exit(3);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 7);
}

TEST(DefaultTimer, WaitsByTheClockItself) {
    OwnClock clock;
    std::promise<void> first;
    std::atomic<bool> second{false};
    const auto early = clock.call_at(clock.now() + 1s, [&] { first.set_value(); });
    const auto late = clock.call_at(clock.now() + 3s, [&] { second = true; });
    clock.advance(2s);
    EXPECT_TRUE(is_ready(first));
    EXPECT_FALSE(second);
}

TEST(DefaultTimer, AShorterTimerDoesNotWaitForALongerOne) {
    OwnClock clock;
    std::promise<void> done;
    const auto longer = clock.call_at(clock.now() + 1h, [] {});
    clock.wait_for_waits(1);
    const auto shorter = clock.call_at(clock.now() + 1s, [&] { done.set_value(); });
    clock.advance(1s);
    EXPECT_TRUE(is_ready(done));
}

TEST(DefaultTimer, OutlivesAClockThatRunsOutOfMemory) {
    OwnClock clock;
    std::promise<void> done;
    clock.fail_once();
    const auto timer = clock.call_at(clock.now() + 1s, [&] { done.set_value(); });
    clock.wait_for_waits(2);
    clock.advance(1s);
    EXPECT_TRUE(is_ready(done));
}

// Its members are destroyed before the base class.
TEST(DefaultTimer, DoesNotUseAClockWithoutTimers) {
    for (int i = 0; i < 100; ++i) {
        auto clock = std::make_unique<OwnClock>();
        auto timer = clock->call_at(clock->now() + 1s, [] {});
        if (i % 2 == 0) {
            clock->wait_for_waits(1);
        }
        timer.reset();
        EXPECT_FALSE(clock->is_in_use());
    }
}

}  // namespace
}  // namespace sent::test
