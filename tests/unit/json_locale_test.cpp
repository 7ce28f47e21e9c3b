#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <locale>
#include <string>

#include "json/decode.hpp"
#include "json/encode.hpp"
#include "json_models.hpp"
#include "support/scoped_locale.hpp"

namespace sent::json_test {
namespace {

/// What a locale writes between the integer and the fraction, to be sure that it is in force.
std::string printed(double number) {
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.1f", number);
    return buffer.data();
}

void expect_numbers_as_ever() {
    Everything value{};
    const std::string text =
        R"({"text":1234.50,"flag":true,"small":1234567,"large":"9007199254740993","ratio":1234.5,"open":[0.25,1e5],)"
        R"("maybe":"TITLE I","labels":{"a":0.125},"time":"2026-01-27T13:33:14.5+00:00"})";
    const detail::DecodeResult result = detail::decode(text, value);
    ASSERT_TRUE(result) << result.message;
    EXPECT_EQ(result.mismatches, 0U) << result.first_mismatch;
    EXPECT_EQ(value.text, "1234.50");
    EXPECT_EQ(value.small, 1234567);
    EXPECT_EQ(value.large, 9007199254740993);
    EXPECT_EQ(value.ratio, 1234.5);
    EXPECT_EQ(value.open.text, "[0.25,1e5]");
    EXPECT_EQ(value.labels.at("a"), "0.125");

    Everything quoted{};
    ASSERT_TRUE(detail::decode(R"({"ratio":"0.0055","small":"1,5"})", quoted));
    EXPECT_EQ(quoted.ratio, 0.0055);
    EXPECT_EQ(quoted.small, 0);

    std::string out{};
    ASSERT_TRUE(detail::encode(value, out));
    EXPECT_NE(out.find(R"("small":1234567,"large":9007199254740993,"ratio":1234.5)"), std::string::npos)
        << out;
    EXPECT_NE(out.find(R"("time":"2026-01-27T13:33:14.5Z")"), std::string::npos) << out;
}

TEST(JsonLocale, D11_NumbersStayTheSameUnderGerman) {
    const test::ScopedLocale german{"de_DE"};
    if (!german.in_force()) {
        GTEST_SKIP() << "no German locale here, nor localedef to make one";
    }
    ASSERT_EQ(printed(1.5), "1,5");
    expect_numbers_as_ever();
}

TEST(JsonLocale, D11_NumbersStayTheSameUnderTurkish) {
    const test::ScopedLocale turkish{"tr_TR"};
    if (!turkish.in_force()) {
        GTEST_SKIP() << "no Turkish locale here, nor localedef to make one";
    }
    ASSERT_EQ(printed(1.5), "1,5");
    expect_numbers_as_ever();
}

TEST(JsonLocale, D11_NumbersStayTheSameWhereTheDecimalPointHasTwoBytes) {
    const test::ScopedLocale pashto{"ps_AF"};
    if (!pashto.in_force()) {
        GTEST_SKIP() << "no Pashto locale here, nor localedef to make one";
    }
    ASSERT_EQ(printed(1.5), "1\u066B5");
    expect_numbers_as_ever();
}

/// Groups thousands and writes commas, in C++ streams only: needs nothing from the system.
class Grouping : public std::numpunct<char> {
  protected:
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

TEST(JsonLocale, D11_NumbersStayTheSameUnderAGlobalCppLocale) {
    std::locale::global(std::locale{std::locale::classic(), new Grouping});
    expect_numbers_as_ever();
    std::locale::global(std::locale::classic());
}

}  // namespace
}  // namespace sent::json_test
