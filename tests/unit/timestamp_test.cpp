#include <sent/timestamp.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

namespace sent {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

TEST(Timestamp, ReadsWhatTheServiceWrites) {
    EXPECT_EQ(parse_timestamp("1970-01-01T00:00:00Z"), Timestamp{});
    const Timestamp expected{seconds{1769520794} + nanoseconds{270528100}};
    EXPECT_EQ(parse_timestamp("2026-01-27T13:33:14.2705281+00:00"), expected);
    EXPECT_EQ(parse_timestamp("2026-01-27T15:03:14.2705281+01:30"), expected);
    EXPECT_EQ(parse_timestamp("2026-01-27T05:33:14.2705281-0800"), expected);
    EXPECT_EQ(parse_timestamp("2026-01-27t13:33:14.27052810000099z"), expected);
}

TEST(Timestamp, KnowsTheCalendar) {
    EXPECT_TRUE(parse_timestamp("2024-02-29T00:00:00Z"));
    EXPECT_TRUE(parse_timestamp("2000-02-29T00:00:00Z"));
    EXPECT_FALSE(parse_timestamp("2026-02-29T00:00:00Z"));
    EXPECT_FALSE(parse_timestamp("1900-02-29T00:00:00Z"));
    EXPECT_FALSE(parse_timestamp("2026-04-31T00:00:00Z"));
    EXPECT_FALSE(parse_timestamp("2026-13-01T00:00:00Z"));
    EXPECT_FALSE(parse_timestamp("2026-00-01T00:00:00Z"));
    EXPECT_FALSE(parse_timestamp("2026-01-01T24:00:00Z"));
}

TEST(Timestamp, IsEmptyForAnythingElse) {
    for (const auto* text :
         {"", "null", "2026-01-27", "2026-01-27T13:33:14", "2026-01-27T13:33:14.Z", "2026-01-27T13:33:14Zx",
          "2026-01-27T13:33:14+1", "2026-01-27T13:33:14+24:00", "20260127T133314Z", "9999-12-31T23:59:59Z",
          "0001-01-01T00:00:00Z", "-026-01-27T13:33:14Z", "2026-01-27T13:33:14 Z"}) {
        EXPECT_FALSE(parse_timestamp(text)) << text;
    }
}

TEST(Timestamp, IsWrittenInUtcWithNineFractionalDigits) {
    EXPECT_EQ(format_timestamp(Timestamp{}), "1970-01-01T00:00:00.000000000Z");
    EXPECT_EQ(format_timestamp(*parse_timestamp("2026-01-27T15:03:14.2705281+01:30")),
              "2026-01-27T13:33:14.270528100Z");
    EXPECT_EQ(format_timestamp(Timestamp{nanoseconds{-1}}), "1969-12-31T23:59:59.999999999Z");
    EXPECT_EQ(format_timestamp(*parse_timestamp("1700-03-01T00:00:00Z")), "1700-03-01T00:00:00.000000000Z");
}

TEST(B3_Timestamp, SortsAsTextAsItDoesAsATime) {
    const auto base = *parse_timestamp("2026-08-01T09:00:00Z");
    std::vector<Timestamp> times{(Timestamp::min)(), Timestamp{nanoseconds{-1}}, Timestamp{}, base};
    for (const auto step : {1LL, 10LL, 500'000'000LL, 999'999'999LL, 1'000'000'000LL, 1'500'000'000LL}) {
        times.push_back(base + nanoseconds{step});
    }
    times.push_back((Timestamp::max)());
    for (std::size_t i = 1; i < times.size(); ++i) {
        ASSERT_LT(times[i - 1], times[i]);
        EXPECT_LT(format_timestamp(times[i - 1]), format_timestamp(times[i]));
        EXPECT_EQ(format_timestamp(times[i]).size(), 30U);
    }
}

TEST(Timestamp, HasInJsonTheDigitsThatItNeeds) {
    EXPECT_EQ(detail::encode_timestamp(Timestamp{}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(detail::encode_timestamp(*parse_timestamp("2026-01-27T13:33:10.2705281Z")),
              "2026-01-27T13:33:10.2705281Z");
    EXPECT_EQ(detail::encode_timestamp(*parse_timestamp("2026-01-27T13:33:00.5Z")), "2026-01-27T13:33:00.5Z");
}

TEST(Timestamp, SurvivesTheWayThereAndBackOnEveryDay) {
    for (std::int64_t day = -90'000; day <= 90'000; day += 7) {
        const Timestamp time{std::chrono::hours{24 * day} + seconds{day + 100'000}};
        ASSERT_EQ(parse_timestamp(format_timestamp(time)), time) << format_timestamp(time);
    }
}

}  // namespace
}  // namespace sent
