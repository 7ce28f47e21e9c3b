#include "json/text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/text/utf8.hpp"

namespace sent::detail {
namespace {

constexpr std::size_t npos = std::string_view::npos;

std::string as_json(std::string_view text) {
    std::string out{};
    EXPECT_EQ(append_json_string(text, out), npos);
    return out;
}

TEST(JsonText, EscapesWhatJsonDoesNotAllowInStrings) {
    EXPECT_EQ(as_json(""), "\"\"");
    EXPECT_EQ(as_json("plain"), "\"plain\"");
    EXPECT_EQ(as_json("say \"hi\" \\ bye"), R"("say \"hi\" \\ bye")");
    EXPECT_EQ(as_json("\b\f\n\r\t"), R"("\b\f\n\r\t")");
    EXPECT_EQ(as_json(std::string_view{"\0\x01\x1f\x7f", 4}), "\"\\u0000\\u0001\\u001f\x7f\"");
    EXPECT_EQ(as_json("/"), "\"/\"");
}

TEST(JsonText, KeepsUtf8AsItIs) {
    EXPECT_EQ(as_json("Grüße, 世界 🎉"), "\"Grüße, 世界 🎉\"");
    EXPECT_EQ(as_json("\xF4\x8F\xBF\xBF"), "\"\xF4\x8F\xBF\xBF\"");
}

TEST(JsonText, QuotesEveryAsciiCharacterAtEveryPositionAsNlohmannDoes) {
    for (int c = 0; c < 128; ++c) {
        for (std::size_t position = 0; position < 20; ++position) {
            std::string text(20, 'x');
            text[position] = static_cast<char>(c);
            ASSERT_EQ(as_json(text), nlohmann::json(text).dump()) << c << " at " << position;
        }
    }
}

TEST(JsonText, NamesTheFirstByteThatIsNotUtf8AndWritesNothing) {
    struct Case {
        std::string text;
        std::size_t position;
    };
    const std::vector<Case> cases = {
        {"\x80", 0},
        {"abc\xFF", 3},
        {"abcdefghij\xC3", 10},   // truncated
        {"a\xC0\xAF", 1},         // overlong /
        {"a\xC1\xBF", 1},         // overlong
        {"\xE0\x9F\xBF", 0},      // overlong
        {"\xF0\x8F\xBF\xBF", 0},  // overlong
        {"\xED\xA0\x80", 0},      // surrogate
        {"\xF4\x90\x80\x80", 0},  // beyond U+10FFFF
        {"\xF5\x80\x80\x80", 0},  // never
        {"ok \xE2\x82", 3},       // truncated
        {"ok \xE2\x28\xA1", 3},   // not a continuation
        {"\xC3\xA4\xC3\xA4\xF0\x9F\x8E", 4},
    };
    for (const Case& each : cases) {
        std::string out = "before";
        EXPECT_EQ(append_json_string(each.text, out), each.position) << each.text;
        EXPECT_EQ(out, "before");
        EXPECT_EQ(find_invalid_utf8(each.text), each.position) << each.text;
    }
    EXPECT_EQ(find_invalid_utf8("Grüße, 世界 🎉, and \x01 controls"), npos);
}

TEST(JsonText, AgreesWithNlohmannOnWhatIsUtf8) {
    const unsigned char bytes[] = {0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF,
                                   0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
    const unsigned char last_bytes[] = {0x41, 0x80, 0xBF, 0xC2};
    for (const unsigned char a : bytes) {
        for (const unsigned char b : bytes) {
            for (const unsigned char c : bytes) {
                for (const unsigned char d : last_bytes) {
                    const std::string text = {static_cast<char>(a), static_cast<char>(b),
                                              static_cast<char>(c), static_cast<char>(d)};
                    const bool accepted = nlohmann::json::accept('"' + text + '"');
                    ASSERT_EQ(find_invalid_utf8(text) == npos, accepted)
                        << int{a} << ' ' << int{b} << ' ' << int{c};
                }
            }
        }
    }
}

TEST(JsonText, WritesTheExtremesOfIntegers) {
    const auto written = [](std::int64_t number) {
        std::string out{};
        append_integer(number, out);
        return out;
    };
    EXPECT_EQ(written(0), "0");
    EXPECT_EQ(written(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
    EXPECT_EQ(written(std::numeric_limits<std::int64_t>::max()), "9223372036854775807");
}

TEST(JsonText, WritesNumbersThatReadBackTheSame) {
    for (const double number :
         {0.0, -0.0, 0.1, 1.5, 1e21, 1e-7, 0.0055, 1.7976931348623157e308, 5e-324, 123456789.125}) {
        std::string out{};
        ASSERT_TRUE(append_number(number, out));
        EXPECT_TRUE(nlohmann::json::accept(out)) << out;
        double back = 1;
        ASSERT_TRUE(parse_number(out, back)) << out;
        EXPECT_EQ(back, number);
        EXPECT_EQ(std::signbit(back), std::signbit(number));
    }
}

TEST(JsonText, RefusesNumbersThatJsonCanNotWrite) {
    std::string out = "before";
    EXPECT_FALSE(append_number(std::numeric_limits<double>::infinity(), out));
    EXPECT_FALSE(append_number(-std::numeric_limits<double>::infinity(), out));
    EXPECT_FALSE(append_number(std::numeric_limits<double>::quiet_NaN(), out));
    EXPECT_EQ(out, "before");
}

TEST(JsonText, ReadsIntegersOnlyWhole) {
    struct Case {
        std::string text;
        bool valid;
        std::int64_t number;
    };
    const std::vector<Case> cases = {
        {"0", true, 0},
        {"-0", true, 0},
        {"42", true, 42},
        {"-9223372036854775808", true, std::numeric_limits<std::int64_t>::min()},
        {"9223372036854775807", true, std::numeric_limits<std::int64_t>::max()},
        {"9223372036854775808", false, 0},
        {"3.0", true, 3},
        {"1e3", true, 1000},
        {"1.5", false, 0},
        {"1e300", false, 0},
        {"", false, 0},
        {" 1", false, 0},
        {"1 ", false, 0},
        {"+1", false, 0},
        {"0x10", false, 0},
        {"nan", false, 0},
        {"inf", false, 0},
        {"1,5", false, 0},
    };
    for (const Case& each : cases) {
        std::int64_t number = 7;
        EXPECT_EQ(parse_integer(each.text, number), each.valid) << each.text;
        EXPECT_EQ(number, each.valid ? each.number : 7) << each.text;
    }
}

TEST(JsonText, ReadsFiniteNumbersOnly) {
    double number = 7;
    for (const char* text :
         {"1e400", "-1e400", "nan", "NaN", "inf", "-inf", "infinity", "", "1.5x", " 1", "1,5", "0x1p3"}) {
        EXPECT_FALSE(parse_number(text, number)) << text;
        EXPECT_EQ(number, 7) << text;
    }
    EXPECT_FALSE(parse_number(std::string(400, '9'), number));
    EXPECT_FALSE(parse_number(std::string(400, '9') + "e-50", number));
    EXPECT_FALSE(parse_number("0.1e400", number));
}

TEST(JsonText, TakesNumbersTooSmallForADoubleAsZero) {
    for (const std::string& text :
         {std::string{"1e-400"}, std::string{"-1E-400"}, "0." + std::string(400, '0') + "1",
          "0." + std::string(400, '0') + "1e+10"}) {
        double number = 7;
        EXPECT_TRUE(parse_number(text, number)) << text;
        EXPECT_EQ(number, 0) << text;
    }
}

}  // namespace
}  // namespace sent::detail
