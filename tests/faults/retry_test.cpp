// S1 to S4: what is repeated after an answer, when, and with which key.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <ctime>
#include <string>
#include <utility>
#include <vector>

#include "fault_scene.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;

const std::string order{test_order};

std::string error_reply(int status, const std::string& code, const Headers& headers = {}) {
    return json_reply(status,
                      R"({"success":false,"data":null,"error":{"code":")" + code +
                          R"(","message":"It did not work","details":null},"meta":{"request_id":"req-9"}})",
                      headers);
}

/// "Sun, 06 Nov 1994 08:49:37 GMT", so far from now.
std::string http_date(seconds from_now) {
    const auto time = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now() + from_now);
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::array<char, 40> text{};
    const auto size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return {text.data(), size};
}

TEST(S1_RetryAfter, IsWaitedForInEachUnit) {
    const std::vector<std::pair<Headers, milliseconds>> cases = {
        {{{"Retry-After", "1"}}, seconds(1)},
        {{{"Retry-After", "0.3"}}, milliseconds(300)},
        {{{"retry-after-ms", "200"}}, milliseconds(200)},
        {{{"retry-after-ms", "200"}, {"Retry-After", "50"}}, milliseconds(200)},
        {{{"Retry-After", "0.2"}, {"Retry-After", "50"}}, milliseconds(200)},
    };
    with_both_drivers([&](Driver driver) {
        for (const auto& [headers, wait] : cases) {
            SCOPED_TRACE(headers.back().second);
            Scene scene(driver);
            scene.answer({error_reply(429, "BUSINESS_002", headers), http_reply(204)});
            const auto result = scene.send();
            ASSERT_TRUE(result) << describe(result);
            EXPECT_EQ(result.meta().attempts, 2);
            const auto requests = scene.server.requests();
            ASSERT_EQ(requests.size(), 2U);
            EXPECT_GE(requests[1].at - requests[0].at, wait - milliseconds(20));
        }
    });
}

TEST(S1_RetryAfter, UnreadablePastAndNegativeOnesLeaveTheOwnBackOff) {
    const std::string past = http_date(seconds(-100));
    for (const auto& value : {std::string{"soon"}, std::string{""}, std::string{"-1"}, std::string{"0"}, past,
                              std::string{"nan"}, std::string{"Sun, 99 Foo 1994 08:49:37 GMT"}}) {
        SCOPED_TRACE(value);
        Scene scene;
        scene.answer({error_reply(429, "BUSINESS_002", {{"Retry-After", value}}), http_reply(204)});
        const auto before = std::chrono::steady_clock::now();
        const auto result = scene.send();
        EXPECT_TRUE(result) << describe(result);
        EXPECT_EQ(result.meta().attempts, 2);
        EXPECT_LT(std::chrono::steady_clock::now() - before, seconds(5));
    }
}

TEST(S1_RetryAfter, TooLongOnesAreReportedAtOnce) {
    const std::string date = http_date(seconds(3000));
    with_both_drivers([&](Driver driver) {
        for (const auto& value : {std::string{"86400"}, std::string{"61"}, std::string{"1e308"}, date}) {
            SCOPED_TRACE(value);
            Scene scene(driver);
            scene.answer({error_reply(429, "BUSINESS_002", {{"Retry-After", value}}), http_reply(204)});
            const auto result = scene.send();
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().kind, ErrorKind::rate_limited);
            EXPECT_EQ(result.error().outcome, Outcome::rejected);
            EXPECT_EQ(result.error().attempts, 1);
            ASSERT_TRUE(result.error().retry_after);
            EXPECT_GT(*result.error().retry_after, seconds(60));
            EXPECT_THROW(result.value(), RateLimitError);
            EXPECT_EQ(scene.server.request_count(), 1U);
        }
    });
}

TEST(S1_RetryAfter, BeyondTheDeadlineItIsReportedAtOnce) {
    with_both_drivers([](Driver driver) {
        for (const auto& value : {std::string{"30"}, http_date(seconds(30))}) {
            SCOPED_TRACE(value);
            Scene scene(driver);
            scene.answer({error_reply(429, "BUSINESS_002", {{"Retry-After", value}}), http_reply(204)});
            scene.options.deadline = seconds(10);
            const auto before = std::chrono::steady_clock::now();
            const auto result = scene.send();
            EXPECT_LT(std::chrono::steady_clock::now() - before, seconds(8));
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().kind, ErrorKind::rate_limited);
            EXPECT_EQ(result.error().attempts, 1);
            ASSERT_TRUE(result.error().retry_after);
            EXPECT_GT(*result.error().retry_after, seconds(25));
        }
    });
}

TEST(S1_RetryAfter, AFullScheduleIsNotWaitedFor) {
    Scene scene;
    scene.answer({error_reply(429, "LIMIT_001"), http_reply(204)});
    const auto result = scene.send();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "LIMIT_001");
    EXPECT_EQ(result.error().attempts, 1);
}

TEST(S2_Storm, RetriesOfAThousandCallsStayWithinTheBudget) {
    Scene scene;
    scene.answer({http_reply(503)});
    const std::vector<v1::ListContactsRequest> requests(1000);
    BulkOptions bulk;
    bulk.max_in_flight = requests.size();
    const auto report = scene.client().bulk(requests, bulk);
    EXPECT_EQ(report.failed, 1000U);
    EXPECT_LE(scene.server.request_count(), 1200U);
    EXPECT_GT(scene.server.request_count(), 1000U);
}

TEST(S3_ServerError, KeyedSendIsRepeatedWithTheSameKey) {
    for (const int status : {408, 500, 502, 503, 504}) {
        SCOPED_TRACE(status);
        Scene scene;
        scene.answer({http_reply(status), json_reply(202, R"({"success":true})")});
        const auto result = scene.send_keyed();
        ASSERT_TRUE(result) << describe(result);
        EXPECT_EQ(result->status, 202);
        EXPECT_EQ(result.meta().attempts, 2);
        EXPECT_THAT(scene.keys(), ElementsAre(order, order));
    }
}

TEST(S3_ServerError, UnkeyedSendIsNotRepeated) {
    with_both_drivers([](Driver driver) {
        for (const int status : {408, 500, 502, 503, 504, 520}) {
            SCOPED_TRACE(status);
            Scene scene(driver);
            scene.answer({http_reply(status), http_reply(204)});
            const auto result = scene.send();
            ASSERT_TRUE(is_unknown(result));
            EXPECT_EQ(result.error().http_status, status);
            EXPECT_EQ(scene.server.request_count(), 1U);
        }
    });
}

TEST(S3_ServerError, ReadIsRepeatedUntilRetriesAreUsedUp) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.answer({http_reply(500)});
        const auto result = scene.list();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::server);
        EXPECT_EQ(result.error().attempts, 3);
        EXPECT_EQ(scene.server.request_count(), 3U);
        EXPECT_THROW(static_cast<void>(result.value()), ServerError);
    });
}

TEST(S3_ServerError, NotImplementedIsNotRepeated) {
    Scene scene;
    scene.answer({http_reply(501)});
    const auto result = scene.send_keyed();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().attempts, 1);
    EXPECT_EQ(result.error().outcome, Outcome::rejected);
}

TEST(S4_Conflict, AKeyInFlightIsRepeatedWithIt) {
    Scene scene;
    scene.answer({error_reply(409, "CONFLICT_001"), json_reply(202, "{}")});
    const auto result = scene.send_keyed();
    EXPECT_TRUE(result) << describe(result);
    EXPECT_THAT(scene.keys(), ElementsAre(order, order));
}

TEST(S4_Conflict, AnExistingResourceIsNot) {
    Scene scene;
    scene.answer({error_reply(409, "RESOURCE_007"), json_reply(202, "{}")});
    const auto result = scene.send_keyed();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::conflict);
    EXPECT_EQ(result.error().attempts, 1);
    EXPECT_EQ(result.error().outcome, Outcome::rejected);
}

TEST(A7_ConflictWithoutCode, IsRepeatedWithItsKeyAndUnknownInTheEnd) {
    for (const auto& reply : {http_reply(409), json_reply(409, R"({"success":false,"error":null})"),
                              http_reply(409, {{"Content-Type", "text/html"}}, "<html>Conflict</html>")}) {
        Scene scene;
        scene.answer({reply});
        const auto result = scene.send_keyed();
        ASSERT_TRUE(is_unknown(result, 3)) << describe(result);
        EXPECT_THAT(scene.keys(), ElementsAre(order, order, order));
    }
}

}  // namespace
}  // namespace sent::test
