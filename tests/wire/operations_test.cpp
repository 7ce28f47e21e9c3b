#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

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

template <class... Requests>
std::vector<const sent::Route*> routes_of() {
    return {&sent::operation<Requests>::route()...};
}

std::vector<const sent::Route*> v1_routes() {
    namespace v1 = sent::v1;
    return routes_of<v1::SendToContactRequest, v1::SendToPhoneRequest, v1::ListContactsRequest,
                     v1::GetContactRequest, v1::GetContactByPhoneRequest, v1::ListTemplatesRequest,
                     v1::GetTemplateRequest>();
}

std::vector<const sent::Route*> v2_routes() {
    namespace v2 = sent::v2;
    return routes_of<v2::SendToContactRequest, v2::SendToPhoneRequest, v2::SendQuickMessageRequest,
                     v2::GetMessageRequest, v2::ListContactsRequest, v2::GetContactRequest,
                     v2::GetContactByPhoneRequest, v2::ListTemplatesRequest, v2::GetTemplateRequest,
                     v2::CreateTemplateRequest, v2::RemoveTemplateRequest, v2::LookupNumberRequest>();
}

std::vector<const sent::Route*> v3_routes() {
    namespace v3 = sent::v3;
    return routes_of<
        v3::SendMessageRequest, v3::GetMessageRequest, v3::GetMessageActivitiesRequest,
        v3::CreateContactRequest, v3::ListContactsRequest, v3::GetContactRequest, v3::UpdateContactRequest,
        v3::RemoveContactRequest, v3::GetContactMessageSummaryRequest, v3::ListConversationsRequest,
        v3::GetConversationRequest, v3::CreateTemplateRequest, v3::ListTemplatesRequest,
        v3::GetTemplateRequest, v3::UpdateTemplateRequest, v3::RemoveTemplateRequest,
        v3::CreateWebhookRequest, v3::ListWebhooksRequest, v3::ListWebhookEventTypesRequest,
        v3::GetWebhookRequest, v3::UpdateWebhookRequest, v3::RemoveWebhookRequest,
        v3::ListWebhookEventsRequest, v3::RotateWebhookSecretRequest, v3::TestWebhookRequest,
        v3::ToggleWebhookRequest, v3::LookupNumberRequest, v3::CreateProfileRequest, v3::ListProfilesRequest,
        v3::GetProfileRequest, v3::UpdateProfileRequest, v3::RemoveProfileRequest, v3::CompleteProfileRequest,
        v3::CreateCampaignRequest, v3::ListCampaignsRequest, v3::UpdateCampaignRequest,
        v3::RemoveCampaignRequest, v3::ListUsersRequest, v3::CreateUserRequest, v3::GetUserRequest,
        v3::UpdateUserRequest, v3::RemoveUserRequest, v3::GetAccountRequest>();
}

/// Every request type of the library.
std::vector<const sent::Route*> all_routes() {
    auto all = v1_routes();
    for (const auto& more : {v2_routes(), v3_routes()}) {
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}

const sent::Route* find_route(const std::string& name) {
    for (const auto* route : all_routes()) {
        if (route->name == name) {
            return route;
        }
    }
    return nullptr;
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

    EXPECT_EQ(counts, (std::map<std::string, int>{{"v1", 7}, {"v2", 12}, {"v3", 43}}));
}

TEST(Operations, OfTheTableHaveRoutes) {
    for (auto& row : read_rows()) {
        const auto* route = find_route(row["name"]);
        ASSERT_NE(route, nullptr) << row["name"];
        EXPECT_EQ(route->method, row["method"]) << row["name"];
        EXPECT_EQ(route->path, row["path"]) << row["name"];
        EXPECT_EQ(generation_name(route->generation), row["generation"]) << row["name"];
        EXPECT_EQ(safety_name(route->safety), row["safety"]) << row["name"];
    }
}

TEST(Operations, OfTheLibraryAreInTheTable) {
    std::set<std::string> names;
    for (auto& row : read_rows()) {
        names.insert(row["name"]);
    }
    for (const auto* route : all_routes()) {
        EXPECT_EQ(names.count(std::string{route->name}), 1U) << route->name;
    }
    EXPECT_EQ(names.size(), all_routes().size());
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
        const auto* route = find_route(row["name"]);
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
