#include "core/rate_limiter.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace sent::detail {
namespace {

using std::chrono::seconds;
using std::chrono::system_clock;

const SteadyTime start{std::chrono::hours{1}};
constexpr auto never = SteadyTime::max();

RateLimitOptions one_request_per_second(double burst) {
    RateLimitOptions options;
    options.requests_per_minute = 60;
    options.request_burst = burst;
    return options;
}

TEST(RateLimiter, IsOffByDefault) {
    EXPECT_FALSE(RateLimiter{RateLimitOptions{}}.enabled());
}

TEST(RateLimiter, LetsABurstGoAndQueuesTheRestEvenly) {
    RateLimiter limiter{one_request_per_second(2)};
    EXPECT_TRUE(limiter.enabled());
    EXPECT_EQ(limiter.acquire(RateClass::standard, 0, start, never), start);
    EXPECT_EQ(limiter.acquire(RateClass::standard, 0, start, never), start);
    EXPECT_EQ(limiter.acquire(RateClass::standard, 0, start, never), start + seconds{1});
    EXPECT_EQ(limiter.acquire(RateClass::standard, 0, start, never), start + seconds{2});
    EXPECT_EQ(limiter.acquire(RateClass::standard, 0, start + seconds{10}, never), start + seconds{10});
}

TEST(RateLimiter, RefusesWhatWouldComeTooLateAndTakesNothing) {
    RateLimiter limiter{one_request_per_second(1)};
    ASSERT_EQ(limiter.acquire(RateClass::standard, 0, start, never), start);
    EXPECT_FALSE(limiter.acquire(RateClass::standard, 0, start, start + std::chrono::milliseconds{500}));
    EXPECT_EQ(limiter.acquire(RateClass::standard, 0, start, never), start + seconds{1});
}

TEST(RateLimiter, CountsClassesApartAndMessagesByNumber) {
    RateLimitOptions options;
    options.sensitive_per_minute = 60;
    options.sensitive_burst = 1;
    options.messages_per_minute = 60;
    options.message_burst = 10;
    RateLimiter limiter{options};
    EXPECT_EQ(limiter.acquire(RateClass::sensitive, 0, start, never), start);
    EXPECT_EQ(limiter.acquire(RateClass::sensitive, 0, start, never), start + seconds{1});
    EXPECT_EQ(limiter.acquire(RateClass::standard, 0, start, never), start);
    EXPECT_EQ(limiter.acquire(RateClass::message, 10, start, never), start);
    EXPECT_EQ(limiter.acquire(RateClass::message, 5, start, never), start + seconds{5});
    // More than a burst holds goes when the bucket is full, and the next ones pay for it.
    EXPECT_EQ(limiter.acquire(RateClass::message, 100, start + seconds{15}, never), start + seconds{15});
    EXPECT_EQ(limiter.acquire(RateClass::message, 1, start + seconds{15}, never), start + seconds{106});
}

TEST(RateLimiter, WaitsForTheEndOfTheServicesWindowButNoLongerThanAMinute) {
    const system_clock::time_point wall{seconds{1'000'000}};
    RateLimiter limiter{one_request_per_second(50)};
    RateLimit limit;
    limit.remaining = 0;
    limit.reset = Timestamp{seconds{1'000'005}};
    limiter.adjust(RateClass::standard, limit, start, wall);
    EXPECT_EQ(limiter.acquire(RateClass::standard, 0, start, never), start + seconds{5});
    limit.reset = Timestamp{seconds{2'000'000}};
    limiter.adjust(RateClass::standard, limit, start, wall);
    EXPECT_EQ(limiter.acquire(RateClass::standard, 0, start, never), start + seconds{60});
}

TEST(RateLimiter, IgnoresHintsThatMakeNoSense) {
    const system_clock::time_point wall{seconds{1'000'000}};
    RateLimiter limiter{one_request_per_second(50)};
    RateLimit limit;
    limiter.adjust(RateClass::standard, limit, start, wall);
    limit.remaining = 0;
    limiter.adjust(RateClass::standard, limit, start, wall);
    limit.reset = Timestamp{seconds{999'999}};
    limiter.adjust(RateClass::standard, limit, start, wall);
    limit.remaining = 3;
    limit.reset = Timestamp{seconds{1'000'005}};
    limiter.adjust(RateClass::standard, limit, start, wall);
    EXPECT_EQ(limiter.acquire(RateClass::standard, 0, start, never), start);
}

TEST(RateLimiter, LetsNoMoreGoAtOnceThanTheServiceSaysRemain) {
    const system_clock::time_point wall{seconds{1'000'000}};
    RateLimiter limiter{one_request_per_second(50)};
    RateLimit limit;
    limit.remaining = 2;
    limiter.adjust(RateClass::standard, limit, start, wall);
    EXPECT_EQ(limiter.acquire(RateClass::standard, 0, start, never), start);
    EXPECT_EQ(limiter.acquire(RateClass::standard, 0, start, never), start);
    EXPECT_EQ(limiter.acquire(RateClass::standard, 0, start, never), start + seconds{1});
    limit.remaining = 1000;
    limiter.adjust(RateClass::standard, limit, start, wall);
    EXPECT_EQ(limiter.acquire(RateClass::standard, 0, start, never), start + seconds{2}) << "it only takes";
}

TEST(RateLimiter, ARefusalHoldsItsKindBackForAsLongAsTheServiceSays) {
    RateLimitOptions options;
    options.requests_per_minute = 6000;
    options.sensitive_per_minute = 6000;
    options.messages_per_minute = 6000;
    RateLimiter limiter{options};
    limiter.hold_back(RateClass::sensitive, 0, seconds{7}, start);
    EXPECT_EQ(limiter.acquire(RateClass::sensitive, 0, start, never), start + seconds{7});
    EXPECT_EQ(limiter.acquire(RateClass::message, 1, start, never), start);
    limiter.hold_back(RateClass::message, 1, seconds{3}, start);
    EXPECT_EQ(limiter.acquire(RateClass::message, 1, start, never), start + seconds{3});
    limiter.hold_back(RateClass::message, 1, std::chrono::hours{3}, start);
    EXPECT_EQ(limiter.acquire(RateClass::message, 1, start, never), start + seconds{60})
        << "a minute at most";
}

TEST(RateLimiter, ARefusedSendHoldsBackMessagesWhenOnlyTheyAreLimited) {
    RateLimitOptions options;
    options.messages_per_minute = 6000;
    RateLimiter limiter{options};
    limiter.hold_back(RateClass::message, 2, seconds{3}, start);
    EXPECT_EQ(limiter.acquire(RateClass::message, 1, start, never), start + seconds{3});
    EXPECT_EQ(limiter.acquire(RateClass::standard, 0, start, never), start);
}

TEST(RateLimitOptions, PresetsFollowTheDocumentedTiers) {
    EXPECT_EQ(starter_rate_limits().requests_per_minute, 200);
    EXPECT_EQ(starter_rate_limits().sensitive_per_minute, 10);
    EXPECT_EQ(starter_rate_limits().messages_per_minute, 60);
    EXPECT_EQ(growth_rate_limits().messages_per_minute, 300);
}

}  // namespace
}  // namespace sent::detail
