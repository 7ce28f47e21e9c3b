#include "core/retry.hpp"

#include <algorithm>
#include <chrono>
#include <ostream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace sent::detail {
namespace {

using std::chrono::milliseconds;
using How = AttemptEnd::How;

AttemptEnd answered(int status, std::string_view code = {}) {
    AttemptEnd end;
    end.status = status;
    end.code = code;
    return end;
}

AttemptEnd ended(How how, int status = 0) {
    AttemptEnd end;
    end.how = how;
    end.status = status;
    return end;
}

/// One row of the design's table: what happened, and the verdict for each column.
struct Row {
    std::string name;
    AttemptEnd end;
    Verdict read;
    Verdict keyed;
    Verdict unkeyed;
    Outcome outcome;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
    return out << row.name;
}

class RetryTable : public testing::TestWithParam<Row> {};

TEST_P(RetryTable, JudgesByWhatTheOperationAllows) {
    const auto& row = GetParam();
    EXPECT_EQ(judge(row.end, Safety::read, RetrySafety::strict), row.read);
    EXPECT_EQ(judge(row.end, Safety::keyed_write, RetrySafety::strict), row.keyed);
    EXPECT_EQ(judge(row.end, Safety::unkeyed_write, RetrySafety::strict), row.unkeyed);
    if (row.read != Verdict::succeeded) {
        EXPECT_EQ(outcome_of(row.end), row.outcome);
    }
}

constexpr auto retry = Verdict::retry;
constexpr auto stop = Verdict::stop;
constexpr auto throttled = Verdict::retry_throttled;
constexpr auto conflict = Verdict::retry_conflict;

INSTANTIATE_TEST_SUITE_P(
    Design, RetryTable,
    testing::Values(
        Row{"NotConnected", ended(How::not_left), retry, retry, retry, Outcome::not_sent},
        Row{"NoFullAnswer", ended(How::lost), retry, retry, stop, Outcome::unknown},
        Row{"NoFullAnswerAfter2xxStatus", ended(How::lost, 204), retry, retry, stop, Outcome::unknown},
        Row{"Certificate", ended(How::hopeless), stop, stop, stop, Outcome::not_sent},
        Row{"TooLarge2xx", ended(How::unreadable, 200), stop, stop, stop, Outcome::accepted},
        Row{"TooLargeHeaders", ended(How::unreadable, 0), stop, stop, stop, Outcome::unknown},
        Row{"Throttled", answered(429), throttled, throttled, throttled, Outcome::rejected},
        Row{"ThrottledByCode", answered(429, "BUSINESS_002"), throttled, throttled, throttled,
            Outcome::rejected},
        Row{"ScheduleStoreFull", answered(429, "LIMIT_001"), stop, stop, stop, Outcome::rejected},
        Row{"KeyInFlight", answered(409, "CONFLICT_001"), stop, conflict, stop, Outcome::unknown},
        Row{"ConflictWithoutCode", answered(409), stop, conflict, stop, Outcome::rejected},
        Row{"ExistsAlready", answered(409, "RESOURCE_007"), stop, stop, stop, Outcome::rejected},
        Row{"KeyCacheDown", answered(503, "SERVICE_001"), retry, conflict, stop, Outcome::rejected},
        Row{"RequestTimeout", answered(408), retry, retry, stop, Outcome::unknown},
        Row{"InternalError", answered(500), retry, retry, stop, Outcome::unknown},
        Row{"BadGateway", answered(502), retry, retry, stop, Outcome::unknown},
        Row{"Unavailable", answered(503), retry, retry, stop, Outcome::unknown},
        Row{"GatewayTimeout", answered(504), retry, retry, stop, Outcome::unknown},
        Row{"OriginUnreachable", answered(520), retry, retry, stop, Outcome::unknown},
        Row{"NotImplemented", answered(501), stop, stop, stop, Outcome::rejected},
        Row{"BadRequest", answered(400), stop, stop, stop, Outcome::rejected},
        Row{"Unauthorized", answered(401), stop, stop, stop, Outcome::rejected},
        Row{"PaymentRequired", answered(402), stop, stop, stop, Outcome::rejected},
        Row{"Forbidden", answered(403), stop, stop, stop, Outcome::rejected},
        Row{"NotFound", answered(404), stop, stop, stop, Outcome::rejected},
        Row{"Unprocessable", answered(422), stop, stop, stop, Outcome::rejected},
        Row{"Redirect", answered(307), stop, stop, stop, Outcome::rejected},
        Row{"StatusZero", answered(0), stop, stop, stop, Outcome::unknown},
        Row{"Status999", answered(999), stop, stop, stop, Outcome::unknown},
        Row{"Ok", answered(200), Verdict::succeeded, Verdict::succeeded, Verdict::succeeded,
            Outcome::accepted},
        Row{"NoContent", answered(204), Verdict::succeeded, Verdict::succeeded, Verdict::succeeded,
            Outcome::accepted}),
    [](const auto& row) { return row.param.name; });

TEST(Retry, TheOfficialPolicyRepeatsWritesWithoutKeyToo) {
    for (const int status : {408, 409, 429, 500, 502, 503, 504}) {
        EXPECT_NE(judge(answered(status), Safety::unkeyed_write, RetrySafety::official), Verdict::stop)
            << status;
    }
    EXPECT_EQ(judge(ended(How::lost), Safety::unkeyed_write, RetrySafety::official), Verdict::retry);
    EXPECT_EQ(judge(answered(400), Safety::unkeyed_write, RetrySafety::official), Verdict::stop);
    EXPECT_EQ(judge(ended(How::hopeless), Safety::unkeyed_write, RetrySafety::official), Verdict::stop);
}

TEST(Retry, ObeysShouldRetryButNeverAtTheCostOfASecondSend) {
    auto end = answered(400);
    end.should_retry = true;
    EXPECT_EQ(judge(end, Safety::read, RetrySafety::strict), Verdict::retry);
    EXPECT_EQ(judge(end, Safety::keyed_write, RetrySafety::strict), Verdict::retry);
    EXPECT_EQ(judge(end, Safety::unkeyed_write, RetrySafety::strict), Verdict::stop);
    end = answered(503);
    end.should_retry = false;
    EXPECT_EQ(judge(end, Safety::read, RetrySafety::strict), Verdict::stop);
    end = answered(429);
    end.should_retry = false;
    EXPECT_EQ(judge(end, Safety::read, RetrySafety::strict), Verdict::stop);
}

TEST(BackOff, DoublesUpToTheMaximumAndIsShortenedByAQuarterAtMost) {
    const RetryOptions options;
    EXPECT_EQ(back_off(options, 0, 0.0), milliseconds{500});
    EXPECT_EQ(back_off(options, 1, 0.0), milliseconds{1000});
    EXPECT_EQ(back_off(options, 4, 0.0), milliseconds{8000});
    EXPECT_EQ(back_off(options, 1'000'000, 0.0), milliseconds{8000});
    EXPECT_EQ(back_off(options, 0, 0.999999), milliseconds{375});
}

TEST(BackOff, RandomFractionStaysInItsRangeAndVaries) {
    double least = 1;
    double most = 0;
    for (int i = 0; i < 1000; ++i) {
        const double fraction = random_fraction();
        ASSERT_GE(fraction, 0.0);
        ASSERT_LT(fraction, 1.0);
        least = std::min(least, fraction);
        most = std::max(most, fraction);
    }
    EXPECT_LT(least, 0.1);
    EXPECT_GT(most, 0.9);
}

TEST(RetryBudget, RunsOutAndIsRefilledBySuccesses) {
    RetryBudget budget;
    int retries = 0;
    while (budget.spend(Verdict::retry)) {
        ++retries;
    }
    EXPECT_EQ(retries, RetryBudget::capacity / RetryBudget::transient_cost);
    EXPECT_TRUE(budget.spend(Verdict::retry_throttled));
    EXPECT_FALSE(budget.spend(Verdict::retry));
    for (int i = 0; i < RetryBudget::transient_cost; ++i) {
        budget.refill(Verdict::stop);
    }
    EXPECT_TRUE(budget.spend(Verdict::retry));
}

TEST(RetryBudget, NeverHoldsMoreThanItsCapacity) {
    RetryBudget budget;
    ASSERT_TRUE(budget.spend(Verdict::retry_throttled));
    budget.refill(Verdict::retry);
    budget.refill(Verdict::retry);
    EXPECT_EQ(budget.tokens(), int{RetryBudget::capacity});
}

}  // namespace
}  // namespace sent::detail
