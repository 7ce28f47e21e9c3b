#include "core/pending_calls.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <sent/testing/fake_clock.hpp>

namespace sent::detail {
namespace {

using sent::testing::FakeClock;
using std::chrono::seconds;

TEST(PendingCalls, LetsInAsManyAsMayBe) {
    PendingCalls pending{2};
    auto first = pending.try_enter();
    const auto second = pending.try_enter();
    EXPECT_TRUE(first);
    EXPECT_TRUE(second);
    EXPECT_FALSE(pending.try_enter());
    first.leave();
    EXPECT_TRUE(pending.try_enter());
}

TEST(PendingCalls, ZeroIsNoLimit) {
    PendingCalls pending{0};
    const auto first = pending.try_enter();
    EXPECT_TRUE(pending.try_enter());
}

TEST(PendingCalls, APlaceIsLeftOnceAndWhenItIsDestroyed) {
    PendingCalls pending{1};
    {
        auto place = pending.try_enter();
        auto moved = std::move(place);
        moved.leave();
        moved.leave();
        EXPECT_TRUE(pending.try_enter());
        const auto again = pending.try_enter();
        EXPECT_TRUE(again);
        EXPECT_FALSE(pending.try_enter());
    }
    EXPECT_TRUE(pending.try_enter());
}

TEST(PendingCalls, PlacesBeyondTheLimitHaveToGoFirst) {
    PendingCalls pending{1};
    auto inside = pending.try_enter();
    auto beyond = pending.enter_beyond();
    inside.leave();
    EXPECT_FALSE(pending.try_enter());
    beyond.leave();
    EXPECT_TRUE(pending.try_enter());
}

TEST(PendingCalls, WhoWaitsGetsThePlaceInTheOrderOfComing) {
    FakeClock clock{FakeClock::Mode::manual};
    PendingCalls pending{1};
    auto place = pending.try_enter();
    const auto wait = [&] { return pending.enter(clock, clock.now() + seconds{60}, {}); };
    auto first = std::async(std::launch::async, wait);
    ASSERT_TRUE(clock.wait_for_waiters(1));
    auto second = std::async(std::launch::async, wait);
    ASSERT_TRUE(clock.wait_for_waiters(2));
    place.leave();
    auto got = first.get();
    EXPECT_TRUE(got);
    EXPECT_FALSE(pending.try_enter());
    EXPECT_EQ(second.wait_for(seconds{0}), std::future_status::timeout);
    got.leave();
    EXPECT_TRUE(second.get());
}

TEST(PendingCalls, AWaitEndsInTime) {
    FakeClock clock;
    PendingCalls pending{1};
    auto place = pending.try_enter();
    EXPECT_FALSE(pending.enter(clock, clock.now() + seconds{5}, {}));
    EXPECT_EQ(clock.elapsed(), seconds{5});
    place.leave();
    EXPECT_TRUE(pending.try_enter()) << "the one that gave up must not be handed the place";
}

TEST(PendingCalls, AWaitCanBeCancelled) {
    FakeClock clock{FakeClock::Mode::manual};
    PendingCalls pending{1};
    const auto place = pending.try_enter();
    const CancellationSource stop;
    auto waiting = std::async(std::launch::async, [&] {
        return static_cast<bool>(pending.enter(clock, clock.now() + seconds{60}, stop.token()));
    });
    ASSERT_TRUE(clock.wait_for_waiters(1));
    stop.cancel();
    EXPECT_FALSE(waiting.get());
}

TEST(PendingCalls, NeverLetsMoreInFromManyThreads) {
    FakeClock clock{FakeClock::Mode::manual};
    PendingCalls pending{3};
    std::atomic<int> inside{0};
    std::atomic<int> most{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 500; ++i) {
                const auto place = pending.enter(clock, clock.now() + seconds{60}, {});
                ASSERT_TRUE(place);
                const int now = ++inside;
                int seen = most;
                while (seen < now && !most.compare_exchange_weak(seen, now)) {
                }
                --inside;
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_LE(most, 3);
    EXPECT_GE(most, 1);
}

class Call final : public PendingCall {
  public:
    explicit Call(const std::shared_ptr<PendingCalls>& calls) : entry(calls, {}) {}
    void cancel() noexcept override { ++cancelled; }
    PendingCalls::Entry entry;
    int cancelled = 0;
};

TEST(PendingCalls, AllThatHaveNotEndedAreCancelledOnce) {
    const auto pending = std::make_shared<PendingCalls>(0);
    const auto ended = std::make_shared<Call>(pending);
    const auto first = std::make_shared<Call>(pending);
    const auto second = std::make_shared<Call>(pending);
    for (const auto& call : {ended, first, second}) {
        call->entry.add(call);
    }
    ended->entry.remove();
    pending->cancel_all();
    pending->cancel_all();
    EXPECT_EQ(ended->cancelled, 0);
    EXPECT_EQ(first->cancelled, 1);
    EXPECT_EQ(second->cancelled, 1);
}

TEST(PendingCalls, TheEndWaitsUntilEachIsDestroyedAndNoLonger) {
    const auto pending = std::make_shared<PendingCalls>(0);
    auto call = std::make_shared<Call>(pending);
    call->entry.add(call);
    call->entry.remove();
    const auto begun = std::chrono::steady_clock::now();
    pending->wait_until_destroyed(std::chrono::milliseconds{20});
    EXPECT_GE(std::chrono::steady_clock::now() - begun, std::chrono::milliseconds{20});
    std::thread other{[&] { call.reset(); }};
    pending->wait_until_destroyed(std::chrono::hours{1});
    other.join();
}

}  // namespace
}  // namespace sent::detail
