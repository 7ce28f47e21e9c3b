#include <gtest/gtest.h>

#include <array>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <locale>
#include <string>

#include "json/decode.hpp"
#include "json/encode.hpp"
#include "json_models.hpp"
#include "support/temp_dir.hpp"

#if defined(__SANITIZE_ADDRESS__)
#define SENT_TEST_HAS_LEAK_SANITIZER
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SENT_TEST_HAS_LEAK_SANITIZER
#endif
#endif
#if defined(SENT_TEST_HAS_LEAK_SANITIZER)
#include <sanitizer/lsan_interface.h>
#endif

namespace sent::json_test {
namespace {

/// What a locale writes between the integer and the fraction, to be sure that it is in force.
std::string printed(double number) {
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.1f", number);
    return buffer.data();
}

#if defined(SENT_TEST_HAS_LEAK_SANITIZER)
/// glibc's setlocale loses a few bytes each time when it is sent to a folder of locales.
using LeaksOfOthers = __lsan::ScopedDisabler;
#else
struct LeaksOfOthers {
    ~LeaksOfOthers() {}  // NOLINT(modernize-use-equals-default): or the variable would count as unused
};
#endif

/// Puts a locale in force for the C and C++ libraries and takes it back at the end. Where the system has the
/// sources but not the locale, it compiles what matters here: numbers and letters.
class ScopedLocale {
  public:
    explicit ScopedLocale(const std::string& name) {
        if (set(name + ".UTF-8") || set(name)) {
            return;
        }
        const std::string source =
            directory_.write("source", "LC_CTYPE\ncopy \"" + name + "\"\nEND LC_CTYPE\n" +
                                           "LC_NUMERIC\ncopy \"" + name + "\"\nEND LC_NUMERIC\n");
        const std::string target = (directory_.path() / name).string();
        const std::string command = "localedef -c -i " + source + " -f UTF-8 " + target + " >/dev/null 2>&1";
        // It complains of what is not there, and does its work.
        if (std::system(command.c_str()) != -1 && setenv("LOCPATH", directory_.path().c_str(), 1) == 0) {
            set(name);
        }
    }
    ~ScopedLocale() {
        std::locale::global(std::locale::classic());
        unsetenv("LOCPATH");
    }
    ScopedLocale(const ScopedLocale&) = delete;
    ScopedLocale& operator=(const ScopedLocale&) = delete;

    [[nodiscard]] bool in_force() const { return in_force_; }

  private:
    bool set(const std::string& name) {
        const LeaksOfOthers disregarded{};
        in_force_ = std::setlocale(LC_ALL, name.c_str()) != nullptr;
        if (in_force_) {
            std::locale::global(std::locale{name});
        }
        return in_force_;
    }

    test::TempDir directory_{};
    bool in_force_ = false;
};

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
    const ScopedLocale german{"de_DE"};
    if (!german.in_force()) {
        GTEST_SKIP() << "no German locale here, nor localedef to make one";
    }
    ASSERT_EQ(printed(1.5), "1,5");
    expect_numbers_as_ever();
}

TEST(JsonLocale, D11_NumbersStayTheSameUnderTurkish) {
    const ScopedLocale turkish{"tr_TR"};
    if (!turkish.in_force()) {
        GTEST_SKIP() << "no Turkish locale here, nor localedef to make one";
    }
    ASSERT_EQ(printed(1.5), "1,5");
    expect_numbers_as_ever();
}

TEST(JsonLocale, D11_NumbersStayTheSameWhereTheDecimalPointHasTwoBytes) {
    const ScopedLocale pashto{"ps_AF"};
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
