#include "core/response_headers.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace sent::detail {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::system_clock;

/// Sun, 06 Nov 1994 08:49:37 GMT
const system_clock::time_point moment{seconds{784111777}};

std::optional<milliseconds> retry_after(std::string_view value) {
    return parse_retry_after({{"Retry-After", value}}, moment);
}

TEST(B18_HttpDate, ReadsTheThreeFormatsInAnyLetterCase) {
    for (const auto* text :
         {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
          "sun, 06 nov 1994 08:49:37 gmt", "SUNDAY, 06-NOV-94 08:49:37 GMT", "SUN NOV 06 08:49:37 1994"}) {
        EXPECT_EQ(parse_http_date(text, moment), moment) << text;
        EXPECT_EQ(parse_retry_after({{"Retry-After", text}, {"Date", "Sun Nov  6 08:49:27 1994"}}, {}),
                  seconds{10})
            << text;
        EXPECT_EQ(server_time({{"Date", text}}, moment + seconds{17}), moment) << text;
    }
    EXPECT_EQ(parse_http_date("Wed Nov 16 08:49:37 1994", moment), moment + std::chrono::hours{240});
}

TEST(B18_HttpDate, ReadsNothingElse) {
    for (const auto* text :
         {"", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nox 1994 08:49:37 GMT",
          "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08-49-37 GMT", "Son, 06 Nov 1994 08:49:37 GMT",
          "Sunday, 06 Nov 1994 08:49:37 GMT", "Sun, 06-Nov-94 08:49:37 GMT",
          "Sunday, 06-Nov-1994 08:49:37 GMT", "Sun Nov  6 08:49:37 1994 GMT", "Sun Nov  6 08:49:37 94",
          "Sun Nov 6 08:49:37 1994", "Sunday Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37",
          "06 Nov 1994 08:49:37 GMT", ","}) {
        EXPECT_FALSE(parse_http_date(text, moment)) << text;
    }
}

TEST(B18_HttpDate, AYearOfTwoDigitsIsNoMoreThanFiftyYearsAhead) {
    const auto now = *parse_http_date("Mon, 30 Nov 2026 12:00:00 GMT", {});
    const auto year = [&now](std::string_view two_digits, std::string_view four_digits) {
        const auto date = parse_http_date("Sunday, 06-Nov-" + std::string{two_digits} + " 08:49:37 GMT", now);
        EXPECT_EQ(date, parse_http_date("Sun, 06 Nov " + std::string{four_digits} + " 08:49:37 GMT", now));
    };
    year("26", "2026");
    year("00", "2000");
    year("76", "2076");
    year("77", "1977");
    year("99", "1999");
}

TEST(RetryAfter, TakesSecondsOrADate) {
    EXPECT_EQ(retry_after("1"), seconds{1});
    EXPECT_EQ(retry_after(" 2.5 "), milliseconds{2500});
    EXPECT_EQ(retry_after("86400"), seconds{86400});
    EXPECT_EQ(retry_after("Sun, 06 Nov 1994 08:49:47 GMT"), seconds{10});
}

TEST(B18_RetryAfterDate, IsMeasuredAgainstTheDateOfTheAnswer) {
    constexpr std::string_view in_ten_seconds = "Sun, 06 Nov 1994 08:49:47 GMT";
    constexpr std::string_view date = "Sun, 06 Nov 1994 08:49:37 GMT";
    for (const auto wrong : {std::chrono::minutes{-10}, std::chrono::minutes{0}, std::chrono::minutes{10}}) {
        EXPECT_EQ(parse_retry_after({{"Retry-After", in_ten_seconds}, {"Date", date}}, moment + wrong),
                  seconds{10});
        EXPECT_EQ(parse_retry_after({{"Date", date}, {"Retry-After", "7"}}, moment + wrong), seconds{7});
        EXPECT_FALSE(parse_retry_after({{"Retry-After", date}, {"Date", in_ten_seconds}}, moment + wrong));
    }
    EXPECT_EQ(parse_retry_after({{"Retry-After", in_ten_seconds}, {"Date", "today"}}, moment), seconds{10});
}

TEST(B18_RetryAfterDate, GivesTheTimeOfWhoeverWroteTheHeaders) {
    EXPECT_EQ(server_time({{"date", " Sun, 06 Nov 1994 08:49:47 GMT"}}, moment), moment + seconds{10});
    EXPECT_EQ(server_time({{"Date", ""}}, moment), moment);
    EXPECT_EQ(server_time({}, moment), moment);
}

TEST(RetryAfter, IgnoresWhatMakesNoSense) {
    for (const auto* text : {"", "soon", "-1", "0", "Sun, 06 Nov 1994 08:49:27 GMT",
                             "Sun, 06 Nov 1994 08:49:37 GMT", "NaN", "inf", "1e999", "0x10"}) {
        EXPECT_FALSE(retry_after(text)) << text;
    }
    EXPECT_FALSE(parse_retry_after({}, moment));
}

TEST(RetryAfter, BoundsWhatIsLongerThanAYear) {
    EXPECT_EQ(retry_after("1e308"), std::chrono::hours{24 * 365});
}

TEST(RetryAfter, PrefersTheHeaderInMilliseconds) {
    EXPECT_EQ(parse_retry_after({{"Retry-After", "7"}, {"retry-after-ms", "1500.2"}}, moment),
              milliseconds{1501});
    EXPECT_EQ(parse_retry_after({{"Retry-After", "7"}, {"retry-after-ms", "x"}}, moment), seconds{7});
}

TEST(RetryAfter, TakesTheFirstOfTwo) {
    EXPECT_EQ(parse_retry_after({{"Retry-After", "3"}, {"Retry-After", "9"}}, moment), seconds{3});
}

TEST(ShouldRetry, IsTrueFalseOrNothing) {
    EXPECT_EQ(parse_should_retry({{"x-should-retry", "true"}}), true);
    EXPECT_EQ(parse_should_retry({{"X-Should-Retry", "false"}}), false);
    EXPECT_EQ(parse_should_retry({{"x-should-retry", " TRUE"}}), true);
    EXPECT_EQ(parse_should_retry({{"x-should-retry", "0"}}), false);
    EXPECT_EQ(parse_should_retry({{"x-should-retry", "maybe"}}), std::nullopt);
    EXPECT_EQ(parse_should_retry({}), std::nullopt);
}

std::optional<RateLimit> rate_limit_in(const Headers& headers) {
    ResponseMeta meta;
    meta.rate_limit.emplace();  // from the previous attempt
    note_headers(headers, meta);
    return meta.rate_limit;
}

TEST(RateLimit, TakesWhatIsThereAndReadable) {
    const auto limit = rate_limit_in(
        {{"X-RateLimit-Limit", "200"}, {"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "784111777"}});
    ASSERT_TRUE(limit);
    EXPECT_EQ(limit->limit, 200);
    EXPECT_EQ(limit->remaining, 0);
    EXPECT_EQ(limit->reset, Timestamp{seconds{784111777}});
    EXPECT_FALSE(rate_limit_in({}));
    EXPECT_FALSE(rate_limit_in({{"X-RateLimit-Limit", "many"}, {"X-RateLimit-Reset", "9999999999999999"}}));
    EXPECT_EQ(rate_limit_in({{"X-RateLimit-Remaining", "-5"}})->remaining, -5);
}

TEST(NotedHeaders, AreTheFirstOfEachName) {
    ResponseMeta meta;
    note_headers({{"x-request-id", "req_1"},
                  {"X-Request-Id", "req_2"},
                  {"X-Original-Request-Id", "req_0"},
                  {"X-Profile-Id", "profile"},
                  {"Idempotent-Replayed", "True"},
                  {"X-Sandbox", "1"}},
                 meta);
    EXPECT_EQ(meta.request_id, "req_1");
    EXPECT_EQ(meta.original_request_id, "req_0");
    EXPECT_EQ(meta.profile_id, "profile");
    EXPECT_TRUE(meta.replayed);
    EXPECT_TRUE(meta.sandbox);
}

TEST(NotedHeaders, KeepTheRequestIdOfTheBodyAndNothingOfTheAttemptBefore) {
    ResponseMeta meta;
    meta.request_id = "req_body";
    meta.original_request_id = "req_before";
    meta.profile_id = "before";
    meta.replayed = true;
    meta.sandbox = true;
    note_headers({{"X-Request-Id", "req_header"}}, meta);
    EXPECT_EQ(meta.request_id, "req_body");
    EXPECT_EQ(meta.original_request_id, "");
    EXPECT_EQ(meta.profile_id, "");
    EXPECT_FALSE(meta.replayed);
    EXPECT_FALSE(meta.sandbox);
}

}  // namespace
}  // namespace sent::detail
