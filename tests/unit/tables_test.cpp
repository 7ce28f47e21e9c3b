// Each member of a public struct has a row in the struct's table. A forgotten row would be neither read nor
// written, and no other test would notice, because the compiler does not list members. So this test reads the
// sources.
#include <filesystem>
#include <regex>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "support/read_file.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path root{SENT_TEST_DATA_DIR "/../.."};

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// All that `pattern` finds in the text.
std::vector<std::smatch> matches(const std::string& text, const char* pattern) {
    const std::regex expression{pattern, std::regex::multiline};
    return {std::sregex_iterator{text.begin(), text.end(), expression}, {}};
}

/// The sources of the tables of one generation.
std::string tables_of(const std::string& generation) {
    std::string all;
    for (const auto& entry : fs::directory_iterator{root / "src/operations" / generation}) {
        all += sent::test::read_file(entry.path().string());
    }
    return all;
}

TEST(Tables, HaveEveryMemberOfTheirStruct) {
    std::vector<std::string> missing;
    std::size_t checked = 0;
    for (const std::string generation : {"v1", "v2", "v3"}) {
        const auto tables = tables_of(generation);
        for (const auto& entry : fs::directory_iterator{root / "include/sent" / generation}) {
            const auto header = sent::test::read_file(entry.path().string());
            for (const auto& found : matches(header, R"(^struct (\w+) \{\n((?:    .*\n|\n)*)\};)")) {
                const auto name = found[1].str();
                const auto body = found[2].str();
                if (!contains(header, "SENT_DETAIL_DESCRIBE(sent::" + generation + "::" + name + ")")) {
                    continue;
                }
                for (const auto& member : matches(body, R"(^    [\w:<>, ]+ (\w+)(?:\{.*\}| = .*);)")) {
                    const auto row = "field<&" + name + "::" + member[1].str() + ">";
                    ++checked;
                    // Documents are parts of a form and no member of the JSON object.
                    const bool is_attached =
                        member[1] == "documents" && contains(tables, "takes_documents<" + name + ">");
                    if (!is_attached && !contains(tables, row)) {
                        missing.push_back(generation + ": " + row);
                    }
                }
            }
        }
    }
    EXPECT_GT(checked, 500U);
    EXPECT_THAT(missing, ::testing::IsEmpty());
}

}  // namespace
