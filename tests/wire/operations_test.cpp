#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "operations/registry.hpp"
#include "wire/csv.hpp"
#include "wire/golden.hpp"

/// tests/data/operations.csv against the routes of the library, the golden files and the documents.

namespace {

namespace fs = std::filesystem;
using wire::Row;

const fs::path data_folder{SENT_TEST_DATA_DIR};
const fs::path project_folder = data_folder.parent_path().parent_path();

std::vector<Row> read_rows() {
    return wire::read_table("operations.csv");
}

std::string generation_name(sent::Generation generation) {
    switch (generation) {
        case sent::Generation::v1:
            return "v1";
        case sent::Generation::v2:
            return "v2";
        case sent::Generation::v3:
            return "v3";
    }
    return "";
}

std::string safety_name(sent::Safety safety) {
    switch (safety) {
        case sent::Safety::read:
            return "read";
        case sent::Safety::keyed_write:
            return "keyed_write";
        case sent::Safety::unkeyed_write:
            return "unkeyed_write";
    }
    return "";
}

TEST(Operations, OfTheTableAreComplete) {
    std::map<std::string, int> counts;
    std::set<std::string> names;
    for (auto& row : read_rows()) {
        ++counts[row["generation"]];
        EXPECT_TRUE(names.insert(row["name"]).second) << row["name"] << " stands twice";
        for (const auto& [column, cell] : row) {
            EXPECT_FALSE(cell.empty()) << row["name"] << " has no " << column;
        }
    }

    EXPECT_EQ(counts, (std::map<std::string, int>{{"v1", 7}, {"v2", 12}, {"v3", 82}}));
}

TEST(Operations, OfTheTableAreTheRegistrysInTheSameOrder) {
    std::vector<std::string> table;
    for (auto& row : read_rows()) {
        table.push_back(row["name"]);
    }
    std::vector<std::string> registry;
    for (const auto& operation : sent::operations()) {
        registry.emplace_back(operation.name);
        EXPECT_EQ(sent::find_operation(operation.name), &operation);
        EXPECT_FALSE(operation.summary.empty()) << operation.name;
        EXPECT_NE(operation.summary.back(), '.') << operation.name;
    }

    EXPECT_EQ(registry, table);
    EXPECT_EQ(sent::operations().size(), table.size());
    EXPECT_EQ(sent::find_operation("v3.messages"), nullptr);
    EXPECT_EQ(sent::find_operation(""), nullptr);
}

TEST(Operations, OfTheTableHaveRoutes) {
    for (auto& row : read_rows()) {
        const auto* route = sent::find_operation(row["name"]);
        ASSERT_NE(route, nullptr) << row["name"];
        EXPECT_EQ(route->method, row["method"]) << row["name"];
        EXPECT_EQ(route->path, row["path"]) << row["name"];
        EXPECT_EQ(generation_name(route->generation), row["generation"]) << row["name"];
        EXPECT_EQ(safety_name(route->safety), row["safety"]) << row["name"];
    }
}

TEST(Operations, AreNamedAfterGenerationAndCall) {
    for (auto& row : read_rows()) {
        std::string call = row["call"].substr(0, row["call"].rfind('('));
        for (auto at = call.find("()"); at != std::string::npos; at = call.find("()")) {
            call.erase(at, 2);
        }
        // v3 needs no word for itself, and campaigns belong to profiles.
        auto expected = "client." + row["name"];
        const auto replace = [&expected](const std::string& start, const std::string& with) {
            if (expected.rfind(start, 0) == 0) {
                expected.replace(0, start.size(), with);
            }
        };
        replace("client.v3.", "client.");
        replace("client.campaigns.", "client.profiles.campaigns.");
        EXPECT_EQ(call, expected);
    }
}

TEST(Operations, HaveGoldenFiles) {
    for (auto& row : read_rows()) {
        const std::string stem = row["generation"] + "/" + row["name"].substr(3);
        EXPECT_EQ(row["request"].rfind(stem + ".", 0), 0U) << row["request"];
        EXPECT_EQ(row["reply"], stem + ".reply.http");
        EXPECT_TRUE(fs::exists(data_folder / row["request"])) << row["request"];
        EXPECT_TRUE(fs::exists(data_folder / row["reply"])) << row["reply"];
        EXPECT_TRUE(fs::exists(data_folder / (stem + ".minimal.http"))) << stem;
        const auto* route = sent::detail::find_route(row["name"]);
        if (route != nullptr && route->response != nullptr) {
            EXPECT_TRUE(fs::exists(data_folder / (stem + ".reply_nulls.http"))) << stem;
            EXPECT_TRUE(fs::exists(data_folder / (stem + ".reply_unknown.http"))) << stem;
        }
    }
}

TEST(Operations, HaveGoldenRequestsOfTheirRoute) {
    for (auto& row : read_rows()) {
        const auto request = wire::golden(row["request"].substr(0, row["request"].rfind(".http")));
        const std::string fixed = row["method"] + " " + row["path"].substr(0, row["path"].find('{'));
        EXPECT_EQ(request.first_line.rfind(fixed, 0), 0U) << request.first_line;
    }
}

TEST(Operations, OwnEveryGoldenFile) {
    std::set<std::string> stems;
    for (auto& row : read_rows()) {
        stems.insert(row["generation"] + "/" + row["name"].substr(3));
    }
    for (const char* folder : {"v1", "v2", "v3"}) {
        for (const auto& file : fs::directory_iterator(data_folder / folder)) {
            // resource.method.kind.http; `me` is its own method
            const auto stem = std::string{folder} + "/" + file.path().stem().stem().string();
            EXPECT_EQ(stems.count(stem), 1U) << file.path() << " belongs to no operation";
        }
    }
}

/// The methods of v3's handles that cause a warning: "contacts.remove".
std::set<std::string> methods_with_a_warning() {
    std::set<std::string> methods;
    for (const std::string resource : {"campaigns", "contacts", "profiles"}) {
        const auto header =
            wire::read_file((project_folder / "include/sent/v3" / (resource + ".hpp")).string());
        const std::regex method{R"(SENT_DETAIL_DEPRECATED\("use [^"]+"\)\s+[^;(]* (\w+)\()"};
        for (std::sregex_iterator found{header.begin(), header.end(), method};
             found != std::sregex_iterator{}; ++found) {
            methods.insert(resource + "." + (*found)[1].str());
        }
    }
    return methods;
}

TEST(Operations, ThatAreDeprecatedHaveMethodsThatSaySo) {
    std::set<std::string> deprecated;
    for (const auto& operation : sent::operations()) {
        if (operation.is_deprecated) {
            deprecated.emplace(operation.name.substr(3));
        }
    }
    EXPECT_EQ(deprecated.size(), 11U);
    EXPECT_EQ(methods_with_a_warning(), deprecated);
}

TEST(Operations, AreDocumented) {
    for (auto& row : read_rows()) {
        const auto document = project_folder / row["documented"];
        ASSERT_TRUE(fs::exists(document)) << document;
        const auto method = row["name"].substr(row["name"].rfind('.') + 1);
        EXPECT_NE(wire::read_file(document.string()).find(method), std::string::npos)
            << document << " does not name " << method;
    }
}

}  // namespace
