#include "core/retry.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

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

/// One row of the retry table: what happened, and what follows for each column.
struct Row {
    std::string name;
    AttemptEnd end;
    RetryDecision read;
    RetryDecision keyed;
    RetryDecision unkeyed;
    /// Of writes with a key.
    Outcome outcome;
    /// Of writes without one.
    Outcome unkeyed_outcome;

    Row(std::string title, AttemptEnd what, RetryDecision of_read, RetryDecision of_keyed,
        RetryDecision of_unkeyed, Outcome of_both)
        : Row(std::move(title), what, of_read, of_keyed, of_unkeyed, of_both, of_both) {}
    Row(std::string title, AttemptEnd what, RetryDecision of_read, RetryDecision of_keyed,
        RetryDecision of_unkeyed, Outcome with_key, Outcome without_key)
        : name(std::move(title)),
          end(what),
          read(of_read),
          keyed(of_keyed),
          unkeyed(of_unkeyed),
          outcome(with_key),
          unkeyed_outcome(without_key) {}
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
    return out << row.name;
}

class RetryTable : public testing::TestWithParam<Row> {};

TEST_P(RetryTable, JudgesByWhatTheOperationAllows) {
    const auto& row = GetParam();
    const auto keyed = judge(row.end, Safety::keyed_write, RetrySafety::strict);
    const auto unkeyed = judge(row.end, Safety::unkeyed_write, RetrySafety::strict);
    EXPECT_EQ(judge(row.end, Safety::read, RetrySafety::strict).decision, row.read);
    EXPECT_EQ(keyed.decision, row.keyed);
    EXPECT_EQ(keyed.outcome, row.outcome);
    EXPECT_EQ(unkeyed.decision, row.unkeyed);
    EXPECT_EQ(unkeyed.outcome, row.unkeyed_outcome);
}

constexpr auto retry = RetryDecision::retry;
constexpr auto stop = RetryDecision::stop;
constexpr auto throttled = RetryDecision::retry_throttled;
constexpr auto conflict = RetryDecision::retry_conflict;

INSTANTIATE_TEST_SUITE_P(
    Documented, RetryTable,
    testing::Values(
        Row{"NotConnected", ended(How::not_left), retry, retry, retry, Outcome::not_sent},
        Row{"NoFullAnswer", ended(How::lost), retry, retry, stop, Outcome::unknown},
        Row{"NoFullAnswerAfter2xxStatus", ended(How::lost, 204), retry, retry, stop, Outcome::unknown},
        Row{"WrongPeer", ended(How::wrong_peer), stop, stop, stop, Outcome::not_sent},
        Row{"Hopeless", ended(How::hopeless), stop, stop, stop, Outcome::not_sent},
        Row{"Foreign2xx", ended(How::unreadable, 200), stop, stop, stop, Outcome::unknown},
        Row{"TooLargeHeaders", ended(How::unreadable, 0), stop, stop, stop, Outcome::unknown},
        Row{"Throttled", answered(429), throttled, throttled, throttled, Outcome::rejected},
        Row{"ThrottledByCode", answered(429, "BUSINESS_002"), throttled, throttled, throttled,
            Outcome::rejected},
        Row{"ScheduleStoreFull", answered(429, "LIMIT_001"), stop, stop, stop, Outcome::rejected},
        Row{"KeyInFlight", answered(409, "CONFLICT_001"), stop, conflict, stop, Outcome::unknown},
        Row{"ConflictWithoutCode", answered(409), stop, conflict, stop, Outcome::unknown, Outcome::rejected},
        Row{"ExistsAlready", answered(409, "RESOURCE_007"), stop, stop, stop, Outcome::rejected},
        Row{"InReview", answered(409, "CONFLICT_006"), stop, stop, stop, Outcome::rejected},
        Row{"NoLongerHeld", answered(409, "BUSINESS_006"), stop, stop, stop, Outcome::rejected},
        Row{"ConflictThatIsNew", answered(409, "VOICE_003"), stop, stop, stop, Outcome::rejected},
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
        Row{"OurOwn2xxUnreadable", answered(200), stop, stop, stop, Outcome::accepted}),
    [](const auto& row) { return row.param.name; });

RetryDecision decision(const AttemptEnd& end, Safety safety, RetrySafety policy) {
    return judge(end, safety, policy).decision;
}

TEST(A7_OneTable, NeverRepeatsWhatDoesNotPassWhateverPolicyAndServerSay) {
    const AttemptEnd ends[] = {answered(409, "BUSINESS_006"),
                               answered(400, "BUSINESS_006"),
                               answered(422, "BUSINESS_006"),
                               answered(409, "CONFLICT_006"),
                               answered(409, "RESOURCE_007"),
                               answered(429, "LIMIT_001"),
                               answered(501),
                               answered(501, "CONFLICT_001")};
    for (auto end : ends) {
        for (const bool asked : {false, true}) {
            end.should_retry = asked ? std::optional{true} : std::nullopt;
            for (const auto policy : {RetrySafety::strict, RetrySafety::official}) {
                for (const auto safety : {Safety::read, Safety::keyed_write, Safety::unkeyed_write}) {
                    const auto judgement = judge(end, safety, policy);
                    EXPECT_EQ(judgement.decision, RetryDecision::stop) << end.status << " " << end.code;
                    EXPECT_EQ(judgement.outcome, Outcome::rejected) << end.status << " " << end.code;
                }
            }
        }
    }
}

TEST(A7_OneTable, AConflictThatIsRepeatedAsOneInFlightIsOfUnknownFate) {
    for (const auto policy : {RetrySafety::strict, RetrySafety::official}) {
        for (const auto* code : {"", "CONFLICT_001"}) {
            for (const bool is_foreign : {false, true}) {
                auto end = answered(409, code);
                end.is_foreign = is_foreign;
                const auto judgement = judge(end, Safety::keyed_write, policy);
                EXPECT_EQ(judgement.decision, RetryDecision::retry_conflict);
                EXPECT_EQ(judgement.outcome, Outcome::unknown);
            }
        }
    }
}

TEST(A7_OneTable, KnowsWhatHoldsForOthersToo) {
    const auto extent = [](const AttemptEnd& end) {
        return judge(end, Safety::keyed_write, RetrySafety::strict).extent;
    };
    for (const auto& end :
         {answered(401), answered(401, "AUTH_002"), answered(402), answered(403, "AUTH_005"),
          answered(403, "BUSINESS_014"), answered(422, "BUSINESS_003"), answered(400, "BUSINESS_008"),
          ended(How::wrong_peer)}) {
        EXPECT_EQ(extent(end), Extent::whole_run) << end.status << " " << end.code;
    }
    EXPECT_EQ(extent(answered(429)), Extent::rate);
    EXPECT_EQ(extent(answered(403)), Extent::unclear);
    auto by_a_proxy = answered(403);
    by_a_proxy.is_foreign = true;
    for (const auto& end : {by_a_proxy, answered(429, "LIMIT_001"), answered(403, "SOMETHING_NEW"),
                            answered(404), answered(400), answered(409), answered(409, "CONFLICT_001"),
                            answered(501), ended(How::lost), ended(How::not_left), ended(How::hopeless)}) {
        EXPECT_EQ(extent(end), Extent::one_request) << end.status << " " << end.code;
    }
    for (const auto& end : {answered(408), answered(500), answered(503), answered(503, "SERVICE_001")}) {
        EXPECT_EQ(extent(end), Extent::service) << end.status << " " << end.code;
    }
}

TEST(Retry, TheOfficialPolicyRepeatsWritesWithoutKeyToo) {
    for (const int status : {408, 409, 429, 500, 502, 503, 504}) {
        EXPECT_NE(decision(answered(status), Safety::unkeyed_write, RetrySafety::official),
                  RetryDecision::stop)
            << status;
    }
    EXPECT_EQ(decision(ended(How::lost), Safety::unkeyed_write, RetrySafety::official), RetryDecision::retry);
    EXPECT_EQ(decision(answered(400), Safety::unkeyed_write, RetrySafety::official), RetryDecision::stop);
    EXPECT_EQ(decision(ended(How::hopeless), Safety::unkeyed_write, RetrySafety::official),
              RetryDecision::stop);
}

TEST(Retry, ObeysShouldRetryButNeverAtTheCostOfASecondSend) {
    auto end = answered(400);
    end.should_retry = true;
    EXPECT_EQ(decision(end, Safety::read, RetrySafety::strict), RetryDecision::retry);
    EXPECT_EQ(decision(end, Safety::keyed_write, RetrySafety::strict), RetryDecision::retry);
    EXPECT_EQ(decision(end, Safety::unkeyed_write, RetrySafety::strict), RetryDecision::stop);
    end = answered(503);
    end.should_retry = false;
    EXPECT_EQ(decision(end, Safety::read, RetrySafety::strict), RetryDecision::stop);
    end = answered(429);
    end.should_retry = false;
    EXPECT_EQ(decision(end, Safety::read, RetrySafety::strict), RetryDecision::stop);
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
    while (budget.spend(RetryDecision::retry)) {
        ++retries;
    }
    EXPECT_EQ(retries, RetryBudget::capacity / RetryBudget::transient_cost);
    EXPECT_TRUE(budget.spend(RetryDecision::retry_throttled));
    EXPECT_FALSE(budget.spend(RetryDecision::retry));
    for (int i = 0; i < RetryBudget::transient_cost; ++i) {
        budget.refill(RetryDecision::stop);
    }
    EXPECT_TRUE(budget.spend(RetryDecision::retry));
}

TEST(RetryBudget, NeverHoldsMoreThanItsCapacity) {
    RetryBudget budget;
    ASSERT_TRUE(budget.spend(RetryDecision::retry_throttled));
    budget.refill(RetryDecision::retry);
    budget.refill(RetryDecision::retry);
    EXPECT_EQ(budget.tokens(), int{RetryBudget::capacity});
}

}  // namespace
}  // namespace sent::detail
