// What docs/errors.md says is what the library does.
#include <map>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sent/error.hpp>

#include "support/read_file.hpp"

namespace {

using ::testing::HasSubstr;

std::string file(const std::string& path) {
    return sent::test::read_file(SENT_TEST_DATA_DIR "/../../" + path);
}

std::string errors_page() {
    return file("docs/errors.md");
}

/// Rows of two columns whose first is a code such as AUTH_001.
std::map<std::string, std::string> documented_hints() {
    std::map<std::string, std::string> hints;
    std::istringstream page{errors_page()};
    for (std::string line; std::getline(page, line);) {
        const auto code_end = line.find("` | ");
        if (line.rfind("| `", 0) != 0 || line.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3) {
            continue;
        }
        hints[line.substr(3, code_end - 3)] = line.substr(code_end + 4, line.size() - code_end - 6);
    }
    return hints;
}

TEST(ErrorsPage, HasTheHintOfEachCode) {
    const auto hints = documented_hints();
    EXPECT_GE(hints.size(), 46U);
    for (const auto& [code, hint] : hints) {
        sent::Error error;
        error.code = code;
        error.outcome = sent::Outcome::rejected;
        EXPECT_EQ(error.hint(), hint) << code;
    }
}

TEST(ErrorsPage, NamesEachKindAndOutcome) {
    const auto page = errors_page();
    for (auto kind = 0; kind <= static_cast<int>(sent::ErrorKind::webhook_rejected); ++kind) {
        const std::string name{to_string(static_cast<sent::ErrorKind>(kind))};
        EXPECT_THAT(page, HasSubstr("| `" + name + "` |"));
    }
    for (auto outcome = 0; outcome <= static_cast<int>(sent::Outcome::unknown); ++outcome) {
        const std::string name{to_string(static_cast<sent::Outcome>(outcome))};
        EXPECT_THAT(page, HasSubstr("| `" + name + "` |"));
    }
}

/// CURLOPT_QUICK_EXIT, without which a silent name server delays a deadline, came with 7.87.
TEST(A22_OldestLibcurl, IsTheSameInEveryPlaceAndKeepsDeadlines) {
    EXPECT_THAT(file("cmake/SentDependencies.cmake"), HasSubstr("set(SENT_CURL_MINIMUM 7.87.0)"));
    EXPECT_THAT(file("README.md"), HasSubstr("libcurl 7.87 "));
    EXPECT_THAT(file("packaging/conan/conanfile.py"), HasSubstr("libcurl/[>=7.87 <9]"));
    const auto source = file("src/http/transfer/handle_setup.cpp");
    EXPECT_THAT(source, HasSubstr("LIBCURL_VERSION_NUM < 0x075700"));
    EXPECT_THAT(source, HasSubstr("set(SENT_OPTION(QUICK_EXIT), 1L)"));
}

}  // namespace
