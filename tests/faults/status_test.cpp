// S5 to S10: what the service's status, headers and error bodies lead to.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <sent/testing/fake_clock.hpp>

#include "fault_scene.hpp"

namespace sent::test {
namespace {

using std::chrono::seconds;
using ::testing::AnyOf;
using ::testing::HasSubstr;

std::string error_reply(int status, const std::string& code, const Headers& headers = {}) {
    return json_reply(status,
                      R"({"success":false,"data":null,"error":{"code":")" + code +
                          R"(","message":"It did not work","details":null},"meta":{"request_id":"req-9"}})",
                      headers);
}

TEST(S5_Refusals, AreNotRepeatedAndSayWhatToDo) {
    const std::vector<std::pair<int, const char*>> refusals = {
        {401, "AUTH_001"},     {401, "AUTH_002"},     {403, "AUTH_004"},       {403, "AUTH_005"},
        {403, "AUTH_006"},     {403, "AUTH_007"},     {402, "BUSINESS_003"},   {422, "BUSINESS_003"},
        {422, "BUSINESS_005"}, {404, "RESOURCE_002"}, {400, "VALIDATION_002"},
    };
    with_both_drivers([&](Driver driver) {
        for (const auto& [status, code] : refusals) {
            SCOPED_TRACE(code);
            Scene scene(driver);
            scene.answer({error_reply(status, code), http_reply(204)});
            const auto result = scene.send();
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().http_status, status);
            EXPECT_EQ(result.error().code, code);
            EXPECT_EQ(result.error().message, "It did not work");
            EXPECT_EQ(result.error().request_id, "req-9");
            EXPECT_EQ(result.error().outcome, Outcome::rejected);
            EXPECT_EQ(result.error().attempts, 1);
            EXPECT_GT(result.error().hint().size(), 20U);
            EXPECT_EQ(scene.server.request_count(), 1U);
            Error uncoded = result.error();
            uncoded.code.clear();
            EXPECT_NE(result.error().hint(), uncoded.hint()) << "the code has no hint of its own";
        }
    });
}

TEST(S5_Refusals, AreThrownAsTheClassThatFits) {
    const auto refused = [](int status) {
        Scene scene;
        scene.answer({http_reply(status)});
        return scene.send();
    };
    EXPECT_THROW(refused(400).value(), BadRequestError);
    EXPECT_THROW(refused(401).value(), AuthenticationError);
    EXPECT_THROW(refused(403).value(), PermissionDeniedError);
    EXPECT_THROW(refused(404).value(), NotFoundError);
    EXPECT_THROW(refused(409).value(), ConflictError);
    EXPECT_THROW(refused(422).value(), UnprocessableError);
    EXPECT_THROW(refused(402).value(), PaymentRequiredError);
    EXPECT_THROW(refused(405).value(), StatusError);
}

TEST(S6_Replay, IsASuccessThatSaysSo) {
    Scene scene;
    scene.answer({json_reply(202, "{}",
                             {{"Idempotent-Replayed", "true"},
                              {"X-Original-Request-Id", "req-first"},
                              {"X-Request-Id", "req-second"}})});
    const auto result = scene.send_keyed();
    ASSERT_TRUE(result) << describe(result);
    EXPECT_TRUE(result.meta().replayed);
    EXPECT_EQ(result.meta().original_request_id, "req-first");
    EXPECT_EQ(result.meta().request_id, "req-second");
}

TEST(S7_OddEnvelopes, StatusDecidesWhateverTheBodySays) {
    with_both_drivers([](Driver driver) {
        for (const char* body : {R"({"success":true,"data":{},"error":null})",
                                 R"({"success":true})",
                                 R"({"error":null})",
                                 R"({"error":{}})",
                                 R"({"error":"text"})",
                                 R"({"error":[1,2]})",
                                 R"({"error":{"code":7}})",
                                 R"({"error":{"code":"X","details":{"to":["bad"]}}})",
                                 R"({"error":{"details":{"to":"bad"}}})",
                                 R"({"error":{"details":{"to":{"deep":[{}]}}}})",
                                 R"({"error":{"details":["bad","worse"]}})",
                                 R"({"error":{"details":"bad"}})",
                                 R"({"error":{"details":null}})",
                                 R"({"meta":[]})",
                                 "null",
                                 "[]",
                                 "7",
                                 "\"text\"",
                                 "{",
                                 "<html>"}) {
            SCOPED_TRACE(body);
            Scene scene(driver);
            scene.answer({json_reply(403, body)});
            const auto result = scene.send();
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().kind, ErrorKind::permission_denied);
            EXPECT_EQ(result.error().http_status, 403);
            EXPECT_FALSE(result.error().message.empty());
            EXPECT_EQ(result.error().raw_body, body);
        }
    });
}

TEST(S7_OddEnvelopes, DetailsOfEachShapeAreKept) {
    const auto details_of = [](const std::string& details) {
        Scene scene;
        scene.answer({json_reply(400, R"({"error":{"code":"C","message":"m","details":)" + details + "}}")});
        const auto result = scene.send();
        std::string text;
        if (!result) {
            for (const auto& [member, problems] : result.error().details) {
                text += member + "=";
                for (const auto& problem : problems) {
                    text += problem + ";";
                }
            }
        }
        return text;
    };
    EXPECT_EQ(details_of(R"({"to":["bad","worse"],"from":["odd"]})"), "from=odd;to=bad;worse;");
    EXPECT_EQ(details_of(R"(["bad","worse"])"), "=bad;worse;");
    EXPECT_EQ(details_of(R"("bad")"), "=bad;");
    EXPECT_EQ(details_of("null"), "");
}

TEST(S7_OddEnvelopes, A200ThatIsOddDoesNotCrash) {
    for (const char* body : {R"({"success":false,"error":{"code":"X"}})", R"({"items":null})",
                             R"({"items":7})", R"({"items":[null,7,"x",{}]})", "null", "[]", "7"}) {
        SCOPED_TRACE(body);
        Scene scene;
        scene.answer({json_reply(200, body)});
        const auto result = scene.list();
        EXPECT_EQ(result.meta().http_status, 200);
        EXPECT_EQ(result.meta().raw_body, body);
        if (!result) {
            EXPECT_EQ(result.error().kind, ErrorKind::undecodable);
        }
    }
}

TEST(S8_ShouldRetry, IsObeyedWhereItIsSafe) {
    Scene stops;
    stops.answer({http_reply(503, {{"x-should-retry", "false"}})});
    EXPECT_EQ(stops.list().meta().attempts, 1);

    Scene repeats;
    repeats.answer({http_reply(400, {{"x-should-retry", "true"}}), json_reply(200, contacts_page())});
    EXPECT_TRUE(repeats.list());
}

TEST(S8_ShouldRetry, NeverMakesAnUnkeyedSendRepeat) {
    with_both_drivers([](Driver driver) {
        for (const int status : {400, 408, 500, 503}) {
            Scene scene(driver);
            scene.answer({http_reply(status, {{"x-should-retry", "true"}}), http_reply(204)});
            EXPECT_FALSE(scene.send());
            EXPECT_EQ(scene.server.request_count(), 1U);
        }
    });
}

TEST(S9_RateLimitHeaders, OddOnesHoldNobodyUp) {
    const std::vector<Headers> odd = {
        {{"X-RateLimit-Remaining", "0"}},
        {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "1"}},
        {{"X-RateLimit-Remaining", "many"}, {"X-RateLimit-Reset", "later"}},
        {{"X-RateLimit-Remaining", "-5"}, {"X-RateLimit-Reset", "-5"}},
        {{"X-RateLimit-Limit", "0"}, {"X-RateLimit-Remaining", "99999999999999999999"}},
    };
    for (const auto& headers : odd) {
        SCOPED_TRACE(headers.front().second);
        Scene scene;
        scene.answer({json_reply(200, contacts_page(), headers)});
        scene.options.rate_limit.requests_per_minute = 6000.0;
        scene.options.deadline = seconds(5);
        for (int i = 0; i < 3; ++i) {
            const auto result = scene.list();
            EXPECT_TRUE(result) << describe(result);
        }
    }
}

TEST(S9_RateLimitHeaders, AWindowThatEndsInYearsHoldsBackForAMinuteAtMost) {
    Scene scene;
    scene.answer({json_reply(200, contacts_page(),
                             {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "4102444800"}})});
    const auto clock = std::make_shared<sent::testing::FakeClock>();
    scene.options.clock = clock;
    scene.options.rate_limit.requests_per_minute = 6000.0;
    ASSERT_TRUE(scene.list());
    ASSERT_TRUE(scene.list());
    EXPECT_EQ(clock->elapsed(), seconds(60));
}

// The clock of this machine is years away from the server's.
TEST(B18_ServersClock, IsWhatARetryAfterDateIsMeasuredAgainst) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.answer({http_reply(503, {{"Date", "Sat, 01 Jan 2000 00:00:00 GMT"},
                                       {"Retry-After", "Sat, 01 Jan 2000 00:00:02 GMT"}}),
                      json_reply(200, contacts_page())});
        const auto clock = std::make_shared<sent::testing::FakeClock>();
        scene.options.clock = clock;
        const auto result = scene.list();
        EXPECT_TRUE(result) << describe(result);
        EXPECT_EQ(clock->elapsed(), seconds(2));
    });
}

TEST(B18_ServersClock, IsWhatAnErrorsRetryAfterIsMeasuredAgainst) {
    Scene scene;
    scene.answer({http_reply(
        429, {{"Date", "Sat, 01 Jan 2000 00:00:00 GMT"}, {"Retry-After", "Sat, 01 Jan 2000 00:05:00 GMT"}})});
    const auto result = scene.send();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().retry_after, seconds(300));
}

TEST(B18_ServersClock, IsWhatARateLimitsResetIsMeasuredAgainst) {
    Scene scene;
    scene.answer({json_reply(200, contacts_page(),
                             {{"Date", "Sat, 01 Jan 2000 00:00:00 GMT"},
                              {"X-RateLimit-Remaining", "0"},
                              {"X-RateLimit-Reset", "946684810"}})});
    const auto clock = std::make_shared<sent::testing::FakeClock>();
    scene.options.clock = clock;
    scene.options.rate_limit.requests_per_minute = 6000.0;
    ASSERT_TRUE(scene.list());
    ASSERT_TRUE(scene.list());
    EXPECT_EQ(clock->elapsed(), seconds(10));
}

TEST(S9_RateLimitHeaders, HoldNobodyBackWhoWantsNoLimits) {
    Scene scene;
    scene.answer({json_reply(200, contacts_page(),
                             {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "4102444800"}})});
    const auto clock = std::make_shared<sent::testing::FakeClock>();
    scene.options.clock = clock;
    ASSERT_TRUE(scene.list());
    ASSERT_TRUE(scene.list());
    EXPECT_EQ(clock->elapsed(), seconds(0));
}

TEST(S10_UnknownStatus, IsAGenericErrorAndASendIsNotRepeated) {
    with_both_drivers([](Driver driver) {
        for (const int status : {405, 406, 418, 451, 499, 511, 599, 600, 799, 999}) {
            SCOPED_TRACE(status);
            Scene scene(driver);
            scene.answer({http_reply(status), http_reply(204)});
            const auto result = scene.send();
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().http_status, status);
            EXPECT_EQ(result.error().kind,
                      status >= 500 && status < 600 ? ErrorKind::server : ErrorKind::unexpected_status);
            EXPECT_THAT(result.error().message, HasSubstr(std::to_string(status)));
            EXPECT_EQ(result.error().attempts, 1);
            EXPECT_EQ(result.error().outcome, status < 500 ? Outcome::rejected : Outcome::unknown);
            EXPECT_EQ(scene.server.request_count(), 1U);
        }
    });
}

TEST(S10_UnknownStatus, NonsenseInItsPlaceIsAnErrorAndASendIsNotRepeated) {
    with_both_drivers([](Driver driver) {
        for (const char* line :
             {"HTTP/1.1 000 Nothing", "HTTP/1.1 12 Short", "HTTP/1.1 2000 Long", "HTTP/1.1 abc Letters",
              "HTTP/1.1 -20 Minus", "HTTP/9.9 200 OK", "HTTP/1.1", "ICY 200 OK", "SSH-2.0-OpenSSH_9.2"}) {
            SCOPED_TRACE(line);
            Scene scene(driver);
            scene.server.by_default(
                {read_request(), send(std::string(line) + "\r\nContent-Length: 0\r\n\r\n"), close()});
            const auto result = scene.send();
            EXPECT_EQ(scene.server.request_count(), 1U);
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().attempts, 1);
            EXPECT_THAT(result.error().outcome, AnyOf(Outcome::unknown, Outcome::accepted))
                << describe(result);
        }
    });
}

}  // namespace
}  // namespace sent::test
