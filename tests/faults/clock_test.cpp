// R9: the wall clock jumps by a day, forth or back, while the client works. Time-outs, waits and limits go by
// the steady clock; a date of the service's is bounded.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <sent/testing/fake_clock.hpp>

#include "fault_scene.hpp"

namespace sent::test {
namespace {

using namespace std::chrono_literals;
using sent::testing::FakeClock;
using std::chrono::nanoseconds;

constexpr std::array<std::chrono::hours, 3> jumps{0h, 24h, -24h};

/// A scene whose wall clock jumps whenever a request arrives.
class ClockScene {
  public:
    explicit ClockScene(Driver driver, std::chrono::hours jump)
        : clock(std::make_shared<FakeClock>(FakeClock::Mode::automatic)), scene(driver), jump_(jump) {
        scene.options.clock = clock;
        scene.options.retry.initial_backoff = 500ms;
        scene.options.retry.max_backoff = 8s;
    }
    void answer(std::vector<std::string> replies) {
        scene.server.by_default({serve([this, replies = std::move(replies),
                                        next = std::size_t{0}](const ReceivedRequest&) mutable -> Reply {
            clock->set_wall(clock->wall_now() + jump_);
            const auto at = std::min(next++, replies.size() - 1);
            return replies[at];
        })});
    }

    std::shared_ptr<FakeClock> clock;
    Scene scene;

  private:
    std::chrono::hours jump_;
};

/// Whether these are two waits of a back-off from half a second, each shortened by a quarter at most.
::testing::AssertionResult are_two_back_offs(const std::vector<nanoseconds>& waits) {
    const bool fit = waits.size() == 2 && waits[0] >= 375ms && waits[0] <= 500ms && waits[1] >= 750ms &&
                     waits[1] <= 1000ms;
    return fit ? ::testing::AssertionSuccess()
               : ::testing::AssertionFailure() << ::testing::PrintToString(waits);
}

template <class Body>
void with_each_jump(Body body) {
    with_both_drivers([&](Driver driver) {
        for (const auto jump : jumps) {
            SCOPED_TRACE("a jump of " + std::to_string(jump.count()) + " hours");
            body(driver, jump);
        }
    });
}

TEST(R9_WallClock, BackOffIsTheSameWhereverItJumps) {
    with_each_jump([](Driver driver, std::chrono::hours jump) {
        ClockScene it(driver, jump);
        it.answer({http_reply(503), http_reply(503), json_reply(200, contacts_page())});
        const auto result = it.scene.list();
        EXPECT_TRUE(result) << describe(result);
        EXPECT_TRUE(are_two_back_offs(it.clock->waits()));
    });
}

TEST(R9_WallClock, RetryAfterInSecondsIsTheSameWhereverItJumps) {
    with_each_jump([](Driver driver, std::chrono::hours jump) {
        ClockScene it(driver, jump);
        it.answer({http_reply(429, {{"Retry-After", "7"}}), json_reply(200, contacts_page())});
        EXPECT_TRUE(it.scene.list());
        EXPECT_THAT(it.clock->waits(), ::testing::ElementsAre(nanoseconds(7s)));
    });
}

TEST(R9_WallClock, DeadlineIsTheSameWhereverItJumps) {
    with_each_jump([](Driver driver, std::chrono::hours jump) {
        ClockScene it(driver, jump);
        it.scene.options.deadline = 600ms;
        it.answer({http_reply(503)});
        const auto result = it.scene.list();
        ASSERT_FALSE(result);
        // There is time for the first wait, and none for the second.
        EXPECT_EQ(result.error().attempts, 2) << describe(result);
        EXPECT_LE(it.clock->elapsed(), 600ms);
    });
}

TEST(R9_WallClock, RateLimitIsTheSameWhereverItJumps) {
    with_each_jump([](Driver driver, std::chrono::hours jump) {
        ClockScene it(driver, jump);
        it.scene.options.rate_limit.requests_per_minute = 60;
        it.scene.options.rate_limit.request_burst = 1;
        it.answer({json_reply(200, contacts_page())});
        for (int i = 0; i < 4; ++i) {
            EXPECT_TRUE(it.scene.list());
        }
        EXPECT_EQ(it.clock->elapsed(), 3s);
    });
}

/// 2026-01-01T00:00:05Z, five seconds after a FakeClock's start.
constexpr const char* soon = "Thu, 01 Jan 2026 00:00:05 GMT";

TEST(R9_WallClock, DateIsWaitedForByAClockThatIsRight) {
    with_both_drivers([](Driver driver) {
        ClockScene it(driver, 0h);
        it.answer({http_reply(429, {{"Retry-After", soon}}), json_reply(200, contacts_page())});
        EXPECT_TRUE(it.scene.list());
        EXPECT_THAT(it.clock->waits(), ::testing::ElementsAre(nanoseconds(5s)));
    });
}

TEST(R9_WallClock, DateIsNotWaitedForByAClockThatIsADayBehind) {
    with_both_drivers([](Driver driver) {
        ClockScene it(driver, -24h);
        it.answer({http_reply(429, {{"Retry-After", soon}}), json_reply(200, contacts_page())});
        const auto result = it.scene.list();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::rate_limited);
        EXPECT_EQ(result.error().retry_after, 24h + 5s);
        EXPECT_EQ(it.clock->elapsed(), 0s) << "it has slept";
    });
}

TEST(R9_WallClock, DateIsPastForAClockThatIsADayAhead) {
    with_both_drivers([](Driver driver) {
        ClockScene it(driver, 24h);
        it.answer({http_reply(429, {{"Retry-After", soon}}), http_reply(429, {{"Retry-After", soon}}),
                   json_reply(200, contacts_page())});
        EXPECT_TRUE(it.scene.list());
        EXPECT_TRUE(are_two_back_offs(it.clock->waits()));
    });
}

TEST(R9_WallClock, EndOfTheServicesWindowIsBoundedForAClockThatIsADayBehind) {
    with_both_drivers([](Driver driver) {
        ClockScene it(driver, -24h);
        it.scene.options.rate_limit.requests_per_minute = 6000;
        it.answer({json_reply(200, contacts_page(),
                              {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "1767225605"}})});
        EXPECT_TRUE(it.scene.list());
        EXPECT_TRUE(it.scene.list());
        EXPECT_EQ(it.clock->elapsed(), 60s);
    });
}

}  // namespace
}  // namespace sent::test
