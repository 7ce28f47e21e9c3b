#include <sent/testing/fake_clock.hpp>

#include <future>
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

}  // namespace
