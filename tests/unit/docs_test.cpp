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

std::string errors_page() {
    return sent::test::read_file(SENT_TEST_DATA_DIR "/../../docs/errors.md");
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

}  // namespace
