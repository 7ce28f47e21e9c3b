#include "core/rate_limiter.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <vector>

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

TEST(RateLimiter, B31_TakesBackAllThatWasNotUsed) {
    RateLimitOptions options;
    options.messages_per_minute = 60;
    options.message_burst = 10;
    for (const int seconds_later : {0, 1}) {
        RateLimiter limiter{options};
        const auto later = start + seconds{seconds_later};
        const auto permitted_at = limiter.acquire(RateClass::message, 1000, start, never);
        ASSERT_EQ(permitted_at, start);
        if (seconds_later > 0) {
            // Another call moves the time of the bucket.
            static_cast<void>(limiter.acquire(RateClass::message, 1, later, later));
        }
        limiter.give_back(RateClass::message, 1000, *permitted_at);
        EXPECT_EQ(limiter.acquire(RateClass::message, 1, later, never), later) << seconds_later;
    }
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
    EXPECT_EQ(limiter.acquire(RateClass::message, 30, start + seconds{15}, never), start + seconds{15});
    EXPECT_EQ(limiter.acquire(RateClass::message, 1, start + seconds{15}, never), start + seconds{36});
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

/// What was let through, and when.
struct Passed {
    SteadyTime at;
    double amount;
};

/// The most that any 60 seconds hold, both ends included.
double most_in_a_minute(std::vector<Passed> passed) {
    std::sort(passed.begin(), passed.end(), [](const Passed& a, const Passed& b) { return a.at < b.at; });
    double most = 0;
    double held = 0;
    auto first = passed.begin();
    for (const auto& last : passed) {
        held += last.amount;
        for (; last.at - first->at > seconds{60}; ++first) {
            held -= first->amount;
        }
        most = std::max(most, held);
    }
    return most;
}

struct Limits {
    const char* name;
    double rate;
    double burst;
};

class B31_RateLimits : public testing::TestWithParam<Limits> {
  protected:
    [[nodiscard]] static RateLimitOptions options() {
        RateLimitOptions result;
        result.messages_per_minute = GetParam().rate;
        result.message_burst = GetParam().burst;
        return result;
    }
    /// Sends of this size, each as soon as the one before has gone, for ten minutes, with pauses now and
    /// then.
    [[nodiscard]] static std::vector<Passed> send_steadily(std::size_t size, bool with_pauses) {
        RateLimiter limiter{options()};
        std::vector<Passed> passed;
        auto now = start;
        for (int i = 0; now < start + std::chrono::minutes{10} && i < 100'000; ++i) {
            const auto at = limiter.acquire(RateClass::message, size, now, never).value();
            passed.push_back({at, static_cast<double>(size)});
            now = at;
            if (with_pauses && i % 37 == 36) {
                now += seconds{i % 50};
            }
        }
        return passed;
    }
};

TEST_P(B31_RateLimits, NeverLetMoreThroughInAMinuteThanTheySay) {
    for (const std::size_t size : {1U, 2U, 7U}) {
        if (static_cast<double>(size) > GetParam().rate) {
            continue;
        }
        for (const bool with_pauses : {false, true}) {
            EXPECT_LE(most_in_a_minute(send_steadily(size, with_pauses)), GetParam().rate)
                << "sends of " << size << (with_pauses ? ", with pauses" : "");
        }
    }
}

TEST_P(B31_RateLimits, LetNearlyAllThroughThatTheySay) {
    double sum = 0;
    for (const auto& passed : send_steadily(1, false)) {
        sum += passed.at < start + std::chrono::minutes{10} ? passed.amount : 0;
    }
    EXPECT_GE(sum, 9.5 * std::floor(GetParam().rate));
}

TEST_P(B31_RateLimits, HoldForCallsThatWaitAtTheSameTime) {
    RateLimiter limiter{options()};
    std::vector<Passed> passed;
    for (int i = 0; i < 500; ++i) {
        passed.push_back({limiter.acquire(RateClass::message, 1, start, never).value(), 1});
    }
    // Some come later, while others wait.
    for (int i = 0; i < 100; ++i) {
        const auto now = start + std::chrono::milliseconds{331} * i;
        passed.push_back({limiter.acquire(RateClass::message, 1, now, never).value(), 1});
    }
    EXPECT_LE(most_in_a_minute(passed), GetParam().rate);
}

INSTANTIATE_TEST_SUITE_P(Options, B31_RateLimits,
                         testing::Values(Limits{"Starter", 60, 60}, Limits{"Growth", 300, 60},
                                         Limits{"OneAtATime", 60, 1}, Limits{"BurstBeyondTheRate", 10, 500},
                                         Limits{"Prime", 199, 50}, Limits{"Fraction", 7.5, 3},
                                         Limits{"Many", 1200, 100}),
                         [](const auto& limits) { return limits.param.name; });

TEST(B31_StarterLimits, KeepRequestsAndMessagesWithinTheirMinute) {
    RateLimiter limiter{starter_rate_limits()};
    std::vector<Passed> messages;
    std::vector<Passed> requests;
    std::vector<Passed> sensitive;
    for (int i = 0; i < 130; ++i) {
        messages.push_back({limiter.acquire(RateClass::message, 1, start, never).value(), 1});
        requests.push_back(messages.back());
    }
    for (int i = 0; i < 600; ++i) {
        requests.push_back({limiter.acquire(RateClass::standard, 0, start, never).value(), 1});
    }
    for (int i = 0; i < 30; ++i) {
        sensitive.push_back({limiter.acquire(RateClass::sensitive, 0, start, never).value(), 1});
    }
    EXPECT_LE(most_in_a_minute(messages), 60);
    EXPECT_LE(most_in_a_minute(requests), 200);
    EXPECT_LE(most_in_a_minute(sensitive), 10);
}

TEST(B31_StarterLimits, AReadDoesNotWaitForSendsThatWait) {
    RateLimiter limiter{starter_rate_limits()};
    for (int i = 0; i < 100; ++i) {
        ASSERT_TRUE(limiter.acquire(RateClass::message, 1, start, never));
    }
    EXPECT_LE(limiter.acquire(RateClass::standard, 0, start, never).value(), start + seconds{20});
}

TEST(B31_StarterLimits, ASendOfMoreThanAMinuteHoldsGoesAlone) {
    RateLimiter limiter{starter_rate_limits()};
    const auto one = limiter.acquire(RateClass::message, 1, start, never).value();
    const auto many = limiter.acquire(RateClass::message, 100, start, never).value();
    EXPECT_GT(many, one + seconds{60});
    EXPECT_LT(many, one + seconds{70});
    EXPECT_GT(limiter.acquire(RateClass::message, 1, start, never).value(), many + seconds{60});
}

TEST(B31_StarterLimits, WaitsOfEveryRateAreFinite) {
    RateLimitOptions options;
    options.messages_per_minute = 1e-300;
    RateLimiter limiter{options};
    for (int i = 0; i < 3; ++i) {
        EXPECT_GE(limiter.acquire(RateClass::message, 1000, start, never).value(), start);
    }
}

TEST(RateLimitOptions, PresetsFollowTheDocumentedTiers) {
    EXPECT_EQ(starter_rate_limits().requests_per_minute, 200);
    EXPECT_EQ(starter_rate_limits().sensitive_per_minute, 10);
    EXPECT_EQ(starter_rate_limits().messages_per_minute, 60);
    EXPECT_EQ(growth_rate_limits().messages_per_minute, 300);
}

}  // namespace
}  // namespace sent::detail
