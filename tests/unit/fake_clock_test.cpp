#include <sent/testing/fake_clock.hpp>

#include <atomic>
#include <future>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using sent::CancellationSource;
using sent::Clock;
using sent::testing::FakeClock;
using Nanoseconds = std::chrono::nanoseconds;

/// A wait on a thread of its own.
std::future<bool> wait_elsewhere(FakeClock& clock, Nanoseconds duration,
                                 const sent::CancellationToken& cancel = {}) {
    const auto when = clock.now() + duration;
    return std::async(std::launch::async, [&clock, when, cancel] { return clock.wait_until(when, cancel); });
}

TEST(FakeClock, StandsStillByItself) {
    const FakeClock clock;
    const auto steady = clock.now();
    const auto wall = clock.wall_now();

    EXPECT_EQ(clock.now(), steady);
    EXPECT_EQ(clock.wall_now(), wall);
    EXPECT_EQ(clock.elapsed(), 0ns);
}

TEST(FakeClock, StartsWithTheYear2026) {
    EXPECT_EQ(std::chrono::system_clock::to_time_t(FakeClock{}.wall_now()), 1'767'225'600);
}

TEST(FakeClock, MovesBothClocksThroughAnAutomaticWait) {
    FakeClock clock;
    const auto wall = clock.wall_now();

    EXPECT_TRUE(clock.wait_until(clock.now() + 90s, {}));

    EXPECT_EQ(clock.elapsed(), 90s);
    EXPECT_EQ(clock.wall_now() - wall, 90s);
}

TEST(FakeClock, RecordsTheWaitsThatHadADuration) {
    FakeClock clock;
    clock.wait_until(clock.now() + 500ms, {});
    clock.wait_until(clock.now(), {});
    clock.wait_until(clock.now() - 1s, {});
    clock.wait_until(clock.now() + 1s, {});

    EXPECT_EQ(clock.waits(), (std::vector<Nanoseconds>{500ms, 1s}));
    EXPECT_EQ(clock.elapsed(), 1500ms);
}

TEST(FakeClock, RefusesAWaitThatIsCancelledBeforehand) {
    FakeClock clock;
    const CancellationSource source;
    source.cancel();

    EXPECT_FALSE(clock.wait_until(clock.now() + 1s, source.token()));

    EXPECT_EQ(clock.elapsed(), 0ns);
    EXPECT_TRUE(clock.waits().empty());
}

TEST(FakeClock, WaitsForEverUntilCancelled) {
    FakeClock clock;
    const CancellationSource source;
    auto done = std::async(std::launch::async, [&clock, token = source.token()] {
        return clock.wait_until(Clock::SteadyTime::max(), token);
    });
    ASSERT_TRUE(clock.wait_for_waiters(1));

    source.cancel();

    EXPECT_FALSE(done.get());
    EXPECT_EQ(clock.elapsed(), 0ns);
}

TEST(FakeClock, HoldsAManualWaitUntilItsTime) {
    FakeClock clock(FakeClock::Mode::manual);
    auto done = wait_elsewhere(clock, 10s);
    ASSERT_TRUE(clock.wait_for_waiters(1));

    clock.advance(9s);
    EXPECT_EQ(clock.waiting(), 1U);
    clock.advance(1s);

    EXPECT_TRUE(done.get());
    EXPECT_EQ(clock.waiting(), 0U);
}

TEST(FakeClock, EndsOnlyTheManualWaitsThatAreDue) {
    FakeClock clock(FakeClock::Mode::manual);
    auto shorter = wait_elsewhere(clock, 1s);
    auto longer = wait_elsewhere(clock, 5s);
    ASSERT_TRUE(clock.wait_for_waiters(2));

    clock.set(clock.now() + 2s);

    EXPECT_TRUE(shorter.get());
    EXPECT_EQ(clock.waiting(), 1U);
    clock.advance(3s);
    EXPECT_TRUE(longer.get());
}

TEST(FakeClock, WakesAManualWaitOnCancellation) {
    FakeClock clock(FakeClock::Mode::manual);
    const CancellationSource source;
    auto done = wait_elsewhere(clock, 10s, source.token());
    ASSERT_TRUE(clock.wait_for_waiters(1));

    source.cancel();

    EXPECT_FALSE(done.get());
}

TEST(FakeClock, DoesNotGoBack) {
    FakeClock clock;
    clock.advance(5s);
    clock.set(clock.now() - 3s);
    clock.advance(-1s);

    EXPECT_EQ(clock.elapsed(), 5s);
}

TEST(FakeClock, LetsTheWallClockJumpOnItsOwn) {
    FakeClock clock;
    const auto wall = clock.wall_now();

    clock.set_wall(wall - 24h);

    EXPECT_EQ(clock.elapsed(), 0ns);
    EXPECT_EQ(clock.wall_now(), wall - 24h);
    clock.advance(1h);
    EXPECT_EQ(clock.wall_now(), wall - 23h);
}

TEST(FakeClock, EndsManualWaitsInOrderWhenItBecomesAutomatic) {
    FakeClock clock(FakeClock::Mode::manual);
    const auto start = clock.now();
    const auto end_of_wait = [&](Nanoseconds duration) {
        return std::async(std::launch::async, [&clock, when = start + duration] {
            clock.wait_until(when, {});
            return clock.now();
        });
    };
    auto longer = end_of_wait(7s);
    ASSERT_TRUE(clock.wait_for_waiters(1));
    auto shorter = end_of_wait(2s);
    ASSERT_TRUE(clock.wait_for_waiters(2));

    clock.set_mode(FakeClock::Mode::automatic);

    EXPECT_GE(shorter.get(), start + 2s);
    EXPECT_EQ(longer.get(), start + 7s);
    EXPECT_EQ(clock.elapsed(), 7s);
}

TEST(FakeClock, TellsWhenNobodyComesToWait) {
    const FakeClock clock;

    EXPECT_FALSE(clock.wait_for_waiters(1, 1ms));
    EXPECT_TRUE(clock.wait_for_waiters(0, 0ms));
}

TEST(FakeClock, ServesManyThreads) {
    FakeClock clock;
    std::vector<std::thread> threads;
    threads.reserve(8);
    for (int thread = 0; thread < 8; ++thread) {
        threads.emplace_back([&clock] {
            for (int i = 0; i < 100; ++i) {
                clock.wait_until(clock.now() + 1ms, {});
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }

    EXPECT_EQ(clock.waiting(), 0U);
    EXPECT_GE(clock.elapsed(), 100ms);
    EXPECT_LE(clock.elapsed(), 800ms);
}

TEST(FakeClockTimer, RunsWhenTheTimeIsAdvancedToIt) {
    FakeClock clock(FakeClock::Mode::manual);
    std::vector<int> order;
    const auto late = clock.call_at(clock.now() + 3s, [&] { order.push_back(3); });
    const auto first = clock.call_at(clock.now() + 1s, [&] { order.push_back(1); });
    const auto second = clock.call_at(clock.now() + 1s, [&] { order.push_back(2); });
    EXPECT_EQ(clock.waiting(), 3U);
    EXPECT_EQ(clock.waits(), (std::vector<Nanoseconds>{3s, 1s, 1s}));

    clock.advance(999ms);
    EXPECT_TRUE(order.empty());
    clock.advance(1ms);
    EXPECT_EQ(order, (std::vector<int>{1, 2}));
    clock.set(clock.now() + 1h);

    EXPECT_EQ(order, (std::vector<int>{1, 2, 3}));
    EXPECT_EQ(clock.waiting(), 0U);
}

TEST(FakeClockTimer, RunsAtOnceInAutomaticModeAndMovesTheTime) {
    FakeClock clock;
    int runs = 0;
    const auto timer = clock.call_at(clock.now() + 90s, [&] { ++runs; });
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(clock.elapsed(), 90s);
    EXPECT_EQ(clock.waits(), (std::vector<Nanoseconds>{90s}));
    EXPECT_TRUE(clock.wait_until(clock.now() + 1s, {}));
    EXPECT_EQ(runs, 1);
}

TEST(FakeClockTimer, WaitsForAShorterWaitInAutomaticMode) {
    FakeClock clock(FakeClock::Mode::manual);
    std::atomic<int> runs{0};
    Nanoseconds ran{};
    auto shorter = wait_elsewhere(clock, 2s);
    ASSERT_TRUE(clock.wait_for_waiters(1));
    const auto timer = clock.call_at(clock.now() + 5s, [&] {
        ran = clock.elapsed();
        ++runs;
    });

    clock.set_mode(FakeClock::Mode::automatic);

    EXPECT_TRUE(shorter.get());
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(ran, 5s);
}

TEST(FakeClockTimer, AWaitLastsUntilShorterTimersHaveRun) {
    FakeClock clock(FakeClock::Mode::manual);
    std::atomic<bool> has_run{false};
    const auto timer = clock.call_at(clock.now() + 2s, [&] { has_run = true; });
    auto longer = wait_elsewhere(clock, 5s);
    ASSERT_TRUE(clock.wait_for_waiters(2));

    clock.set_mode(FakeClock::Mode::automatic);

    EXPECT_TRUE(has_run);
    EXPECT_TRUE(longer.get());
    EXPECT_EQ(clock.elapsed(), 5s);
}

TEST(FakeClockTimer, ADroppedTaskNeverRuns) {
    FakeClock clock(FakeClock::Mode::manual);
    bool has_run = false;
    auto timer = clock.call_at(clock.now() + 1s, [&] { has_run = true; });
    timer.reset();
    EXPECT_EQ(clock.waiting(), 0U);
    clock.advance(1h);
    EXPECT_FALSE(has_run);
}

TEST(FakeClockTimer, ATaskMayThrowAndMaySetATimerThatIsDue) {
    FakeClock clock(FakeClock::Mode::manual);
    int runs = 0;
    std::unique_ptr<sent::Timer> second;
    const auto thrown = clock.call_at(clock.now() + 1s, [] { throw std::runtime_error("no"); });
    const auto first =
        clock.call_at(clock.now() + 1s, [&] { second = clock.call_at(clock.now(), [&] { ++runs; }); });
    clock.advance(1s);
    EXPECT_EQ(runs, 1);
}

TEST(FakeClockTimer, DroppingWaitsForATaskThatRuns) {
    FakeClock clock(FakeClock::Mode::manual);
    std::promise<void> running;
    std::atomic<bool> has_returned{false};
    auto timer = clock.call_at(clock.now() + 1s, [&] {
        running.set_value();
        std::this_thread::sleep_for(30ms);
        has_returned = true;
    });
    std::thread other{[&] { clock.advance(1s); }};
    running.get_future().wait();
    timer.reset();
    EXPECT_TRUE(has_returned);
    other.join();
}

TEST(FakeClockTimer, ATaskMayDropItsTimerAndDestroyTheClock) {
    auto clock = std::make_shared<FakeClock>(FakeClock::Mode::manual);
    bool has_run = false;
    std::unique_ptr<sent::Timer> timer;
    timer = clock->call_at(clock->now() + 1s, [&] {
        timer.reset();
        clock.reset();
        has_run = true;
    });
    clock->advance(1s);
    EXPECT_TRUE(has_run);
}

TEST(FakeClockTimer, NeverRunsAtTheEndOfTime) {
    FakeClock clock;
    bool has_run = false;
    const auto timer = clock.call_at(Clock::SteadyTime::max(), [&] { has_run = true; });
    clock.advance(24h);
    EXPECT_FALSE(has_run);
    EXPECT_EQ(clock.waiting(), 1U);
}

}  // namespace
