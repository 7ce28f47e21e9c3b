// What the documents list is what the library has.
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sent/error.hpp>
#include <sent/testing/emulator.hpp>

#include "emulator/control/faults.hpp"
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

/// The first groups of all that `pattern` finds in the text.
std::vector<std::string> found_in(const std::string& text, const std::string& pattern) {
    const std::regex expression{pattern, std::regex::multiline};
    std::vector<std::string> found;
    for (std::sregex_iterator at{text.begin(), text.end(), expression}, end; at != end; ++at) {
        found.push_back((*at)[1].str());
    }
    return found;
}

/// The enumerators in the header, so that a test cannot miss a new one.
std::vector<std::string> enumerators_of(const std::string& enumeration, const std::string& header) {
    const auto bodies = found_in(file(header), "^enum class " + enumeration + R"( \{\n((?:.*\n)*?)\};)");
    return found_in(bodies.at(0), R"(^    (\w+))");
}

std::vector<std::string> members_of(const std::string& structure, const std::string& header) {
    const auto bodies = found_in(file(header), "^struct " + structure + R"( \{\n((?:.*\n)*?)\};)");
    return found_in(bodies.at(0), R"(^    [\w:<>]+ (\w+)(?:\{.*\}| = .*);)");
}

/// Each enumerator has its name and a row in the document.
template <class Enumeration, class Name>
void expect_named(const std::string& enumeration, const std::string& header, const std::string& document,
                  Name name) {
    const auto enumerators = enumerators_of(enumeration, header);
    EXPECT_GE(enumerators.size(), 4U);
    const auto page = file(document);
    int value = 0;
    for (const auto& enumerator : enumerators) {
        EXPECT_EQ(name(static_cast<Enumeration>(value++)), enumerator);
        EXPECT_THAT(page, HasSubstr("| `" + enumerator + "` |"));
    }
}

TEST(ErrorsPage, NamesEachKindAndOutcome) {
    const auto name = [](auto value) { return sent::to_string(value); };
    expect_named<sent::ErrorKind>("ErrorKind", "include/sent/error.hpp", "docs/errors.md", name);
    expect_named<sent::Outcome>("Outcome", "include/sent/error.hpp", "docs/errors.md", name);
}

TEST(EmulatorPage, NamesEachFault) {
    expect_named<sent::testing::FaultKind>("FaultKind", "include/sent/testing/fault.hpp", "docs/emulator.md",
                                           &sent::testing::emulator::fault_name);
}

TEST(ConfigurationPage, NamesEachOption) {
    const auto page = file("docs/configuration.md");
    for (const auto* structure : {"ClientOptions", "CallOptions", "AsyncOptions"}) {
        const auto members = members_of(structure, "include/sent/options.hpp");
        EXPECT_GE(members.size(), 3U) << structure;
        for (const auto& member : members) {
            if (member != "members_are_set_by_name") {
                EXPECT_THAT(page, HasSubstr("`" + member + "`")) << structure;
            }
        }
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
