#include "base/saturating.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include <sent/options.hpp>

#include "core/retry.hpp"
#include "http/transfer/stall_guard.hpp"

namespace sent::detail {
namespace {

using namespace std::chrono_literals;
using Time = std::chrono::steady_clock::time_point;
using Unit = Time::duration;

constexpr Time noon{std::chrono::hours{12}};

TEST(A17_Saturating, CastStopsAtTheEndsOfWhatFits) {
    EXPECT_EQ(saturating_cast<Unit>(std::chrono::hours::max()), Unit::max());
    EXPECT_EQ(saturating_cast<Unit>(std::chrono::hours::min()), Unit::min());
    EXPECT_EQ(saturating_cast<Unit>(std::chrono::milliseconds::max()), Unit::max());
    EXPECT_EQ(saturating_cast<Unit>(Unit::max()), Unit::max());
    EXPECT_EQ(saturating_cast<Unit>(1500ms), Unit{1500ms});
    EXPECT_EQ(saturating_cast<Unit>(-1500ms), Unit{-1500ms});
    EXPECT_EQ(saturating_cast<std::chrono::seconds>(Unit::max()),
              std::chrono::duration_cast<std::chrono::seconds>(Unit::max()));
    EXPECT_EQ(saturating_cast<Unit>(std::chrono::duration<double>(1e300)), Unit::max());
    EXPECT_EQ(saturating_cast<Unit>(std::chrono::duration<double>(-1e300)), Unit::min());
}

TEST(A17_Saturating, SumsStopAtTheEndsOfTime) {
    EXPECT_EQ(saturating_add(noon, 1h), noon + 1h);
    EXPECT_EQ(saturating_add(noon, std::chrono::seconds::max()), Time::max());
    EXPECT_EQ(saturating_add(noon, Unit::max()), Time::max());
    EXPECT_EQ(saturating_add(Time::max(), 1ms), Time::max());
    EXPECT_EQ(saturating_add(Time::max(), -1ms), Time::max() - 1ms);
    EXPECT_EQ(saturating_add(Time{} - noon.time_since_epoch(), std::chrono::hours::min()), Time::min());
    EXPECT_EQ(saturating_subtract(noon, std::chrono::seconds::max()),
              Time{Unit{-Unit::max()}} + noon.time_since_epoch());
    EXPECT_EQ(saturating_subtract(Time{} - 1h, std::chrono::seconds::max()), Time::min());
    EXPECT_EQ(saturating_subtract(noon, std::chrono::hours::min()), Time::max());
    EXPECT_EQ(saturating_difference(noon, noon - 1h), Unit{1h});
    EXPECT_EQ(saturating_difference(Time::max(), Time{} - 1h), Unit::max());
    EXPECT_EQ(saturating_difference(Time::min(), noon), Unit::min());
}

TEST(A17_Durations, TheLongestBackOffStaysPositiveAndDoesNotShrink) {
    RetryOptions options;
    options.max_backoff = std::chrono::milliseconds::max();
    auto before = 0ms;
    for (int retry = 0; retry < 200; ++retry) {
        const auto wait = back_off(options, retry, 0.0);
        ASSERT_GE(wait, before) << retry;
        before = wait;
    }
    options.initial_backoff = std::chrono::milliseconds::max();
    EXPECT_GT(back_off(options, 0, 0.5), 24h * 365);
}

TEST(A17_Durations, AReplyDoesNotStallWithinTheLongestTime) {
    for (const auto limit : {std::chrono::milliseconds::max(), std::chrono::milliseconds{24h * 365 * 293}}) {
        http::StallGuard guard{limit};
        EXPECT_FALSE(guard.stalled(1, noon));
        EXPECT_FALSE(guard.stalled(1, noon + 24h));
        EXPECT_GT(guard.pause(), 24h);
    }
}

}  // namespace
}  // namespace sent::detail
