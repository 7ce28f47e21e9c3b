#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/emulator_v3_client.hpp"

namespace sent::test {
namespace {

constexpr auto unknown_id = "11111111-2222-4333-8444-555555555555";

class EmulatorV3Users : public ::testing::Test {
  protected:
    std::string path_of(std::size_t seed) const { return "/v3/users/" + emulator.seeds().users.at(seed).id; }
    Answer invite(const std::string& email, const std::string& role) {
        return client.post("/v3/users", {{"email", email}, {"name", "Cleo"}, {"role", role}});
    }

    testing::Emulator emulator;
    OtherClient client = v3_client(emulator);
};

TEST_F(EmulatorV3Users, ListsTheAdminAndTheDeveloperItStartsWith) {
    const auto data = client.get("/v3/users").json()["data"];
    ASSERT_EQ(data["users"].size(), 2U);
    EXPECT_TRUE(data["pagination"].is_null());
    EXPECT_EQ(data["users"][0]["role"], "admin");
    EXPECT_EQ(data["users"][1]["role"], "developer");
    EXPECT_EQ(data["users"][0], client.get(path_of(0)).json()["data"]);
    EXPECT_EQ(data["users"][0]["customer_id"], emulator.sender_id());
    EXPECT_EQ(data["users"][0]["status"], "active");
    EXPECT_EQ(emulator.seeds().users.at(1).role, "developer");
}

TEST_F(EmulatorV3Users, InvitesAUser) {
    const auto answer = invite("Cleo@example.com", "billing");
    ASSERT_EQ(answer.status, 201) << answer.body;
    const auto user = answer.json()["data"];
    EXPECT_EQ(user["email"], "Cleo@example.com");
    EXPECT_EQ(user["name"], "Cleo");
    EXPECT_EQ(user["role"], "billing");
    EXPECT_EQ(user["status"], "invited");
    EXPECT_TRUE(user["invited_at"].is_string());
    EXPECT_TRUE(user["last_login_at"].is_null());
    EXPECT_EQ(client.get("/v3/users/" + user["id"].get<std::string>()).json()["data"], user);
    expect_refusal(invite("cleo@EXAMPLE.com", "billing"), 409, "RESOURCE_007");
}

TEST_F(EmulatorV3Users, WantsEmailNameAndAnAssignableRole) {
    const auto nothing = client.post("/v3/users", Json::object());
    expect_refusal(nothing, 400, "VALIDATION_004");
    EXPECT_EQ(nothing.json()["error"]["details"].size(), 3U);
    for (const char* role : {"owner", "Admin", "member"}) {
        const auto answer = invite("cleo@example.com", role);
        expect_refusal(answer, 400, "VALIDATION_006");
        EXPECT_TRUE(answer.json()["error"]["details"].contains("role"));
    }
    for (const char* email :
         {"cleo", "cleo@", "@example.com", "cleo@example", "a b@example.com", "a@b@c.de"}) {
        expect_refusal(invite(email, "admin"), 400, "VALIDATION_001");
    }
    EXPECT_EQ(client.get("/v3/users").json()["data"]["users"].size(), 2U);
}

TEST_F(EmulatorV3Users, ChangesARole) {
    const auto answer = send_json(client, "PATCH", path_of(1), {{"role", "billing"}});
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(answer.json()["data"]["role"], "billing");
    EXPECT_TRUE(answer.json()["data"]["updated_at"].is_string());
    EXPECT_EQ(client.get(path_of(1)).json()["data"]["role"], "billing");
    expect_refusal(send_json(client, "PATCH", path_of(1), {{"role", "owner"}}), 400, "VALIDATION_006");
    expect_refusal(send_json(client, "PATCH", path_of(1), Json::object()), 400, "VALIDATION_004");
}

TEST_F(EmulatorV3Users, RemovesAUserWithAndWithoutABody) {
    const auto cleo =
        "/v3/users/" + invite("cleo@example.com", "admin").json()["data"]["id"].get<std::string>();
    const auto removed = send_json(client, "DELETE", cleo, Json::object());
    EXPECT_EQ(removed.status, 204);
    EXPECT_EQ(removed.body, "");
    EXPECT_EQ(client.remove(path_of(1)).status, 204);
    expect_refusal(client.get(path_of(1)), 404, "RESOURCE_006");
    EXPECT_EQ(client.get("/v3/users").json()["data"]["users"].size(), 1U);
}

TEST_F(EmulatorV3Users, ProtectsTheKeysOwnUser) {
    ASSERT_EQ(invite("cleo@example.com", "admin").status, 201);
    expect_refusal(send_json(client, "PATCH", path_of(0), {{"role", "billing"}}), 403, "AUTH_004");
    expect_refusal(client.remove(path_of(0)), 403, "AUTH_004");
}

TEST_F(EmulatorV3Users, ProtectsTheLastAdminOfAProfile) {
    client.set_header("x-profile-id", emulator.seeds().profiles.at(0).id);
    EXPECT_EQ(client.get("/v3/users").json()["data"]["users"], Json::array());
    const auto only =
        "/v3/users/" + invite("cleo@example.com", "admin").json()["data"]["id"].get<std::string>();
    expect_refusal(client.remove(only), 403, "AUTH_004");
    expect_refusal(send_json(client, "PATCH", only, {{"role", "billing"}}), 403, "AUTH_004");
    ASSERT_EQ(invite("dora@example.com", "admin").status, 201);
    EXPECT_EQ(client.remove(only).status, 204);
}

TEST_F(EmulatorV3Users, SaysThatAnIdIsUnknownOrMalformed) {
    const auto path = std::string("/v3/users/") + unknown_id;
    expect_refusal(client.get(path), 404, "RESOURCE_006");
    expect_refusal(send_json(client, "PATCH", path, {{"role", "billing"}}), 404, "RESOURCE_006");
    expect_refusal(client.remove(path), 404, "RESOURCE_006");
    expect_refusal(client.get("/v3/users/ada"), 400, "VALIDATION_003");
    client.set_header("x-profile-id", emulator.seeds().profiles.at(0).id);
    expect_refusal(client.get(path_of(0)), 404, "RESOURCE_006");
}

TEST_F(EmulatorV3Users, OnlyPretendsInSandboxMode) {
    const auto made = client.post(
        "/v3/users", {{"email", "ada@example.com"}, {"name", "Ada"}, {"role", "admin"}, {"sandbox", true}});
    EXPECT_EQ(made.status, 201);
    EXPECT_EQ(header_of(made, "X-Sandbox"), "true");
    const auto path = std::string("/v3/users/") + unknown_id;
    const auto changed = send_json(client, "PATCH", path, {{"role", "billing"}, {"sandbox", true}});
    EXPECT_EQ(changed.json()["data"]["id"], unknown_id);
    EXPECT_EQ(changed.json()["data"]["role"], "billing");
    EXPECT_EQ(send_json(client, "DELETE", path_of(0), {{"sandbox", true}}).status, 204);
    EXPECT_EQ(client.get("/v3/users").json()["data"]["users"].size(), 2U);
}

TEST_F(EmulatorV3Users, CountsInvitationsAsSensitive) {
    testing::EmulatorRateLimits limits;
    limits.sensitive = 1;
    emulator.set_rate_limits(limits);
    EXPECT_EQ(invite("cleo@example.com", "billing").status, 201);
    expect_refusal(invite("dora@example.com", "billing"), 429, "BUSINESS_002");
    EXPECT_EQ(client.get("/v3/users").status, 200);
}

}  // namespace
}  // namespace sent::test
