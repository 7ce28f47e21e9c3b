#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/emulator_v3_client.hpp"

namespace sent::test {
namespace {

using testing::EmulatorAccountState;

class EmulatorV3Me : public ::testing::Test {
  protected:
    Json me() {
        const auto answer = client.get("/v3/me");
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.json()["data"];
    }

    testing::Emulator emulator;
    OtherClient client = v3_client(emulator);
};

TEST_F(EmulatorV3Me, ShowsTheOrganizationOfItsKey) {
    const auto account = me();
    EXPECT_EQ(account["id"], emulator.sender_id());
    EXPECT_EQ(account["type"], "organization");
    EXPECT_TRUE(account["email"].is_string());
    EXPECT_TRUE(account["organization_id"].is_null());
    EXPECT_TRUE(account["settings"].is_null());
    EXPECT_TRUE(account["sending_phone_number"].is_string());
    ASSERT_EQ(account["profiles"].size(), 1U);
    const auto& profile = account["profiles"][0];
    EXPECT_EQ(profile["id"], emulator.seeds().profiles.at(0).id);
    EXPECT_EQ(profile["name"], emulator.seeds().profiles.at(0).name);
    EXPECT_EQ(profile["role"], "admin");
    EXPECT_EQ(profile["status"], "completed");
    EXPECT_EQ(profile["settings"]["billing_model"], "organization");
    EXPECT_EQ(profile["settings"].size(), 5U);
    EXPECT_FALSE(profile["settings"].contains("allow_contact_sharing"));
}

TEST_F(EmulatorV3Me, ShowsTheProfileOfItsKeyAndOfTheHeader) {
    const auto id = emulator.seeds().profiles.at(0).id;
    client.set_header("x-profile-id", id);
    const auto by_header = me();
    client.set_header("x-profile-id", "");
    client.set_header("x-api-key", emulator.profile_api_key());
    const auto account = me();
    EXPECT_EQ(account, by_header);
    EXPECT_EQ(account["id"], id);
    EXPECT_EQ(account["type"], "profile");
    EXPECT_EQ(account["organization_id"], emulator.sender_id());
    EXPECT_EQ(account["status"], "completed");
    EXPECT_EQ(account["short_name"], "Northwind");
    EXPECT_EQ(account["profiles"], Json::array());
    EXPECT_EQ(account["settings"]["inherit_tcr_brand"], true);
    EXPECT_EQ(account["channels"]["sms"]["phone_number"], account["sending_phone_number"]);
}

TEST_F(EmulatorV3Me, ShowsChannelsAsTheyAreConfigured) {
    auto channels = me()["channels"];
    for (const char* name : {"sms", "whatsapp", "rcs"}) {
        EXPECT_EQ(channels[name]["configured"], true) << name;
        EXPECT_TRUE(channels[name]["phone_number"].is_string()) << name;
    }
    EXPECT_TRUE(channels["whatsapp"]["business_name"].is_string());

    const auto answer = client.post("/_emulator/account", {{"channels", {"rcs"}}});
    EXPECT_EQ(answer.json(), (Json{{"state", "active"}, {"channels", {"rcs"}}}));
    const auto account = me();
    channels = account["channels"];
    EXPECT_EQ(channels["sms"], (Json{{"configured", false}, {"phone_number", nullptr}}));
    EXPECT_EQ(channels["whatsapp"]["business_name"], nullptr);
    EXPECT_EQ(channels["rcs"]["configured"], true);
    EXPECT_TRUE(account["sending_phone_number"].is_null());
}

TEST_F(EmulatorV3Me, AnswersWhileAllElseIsRefusedForTheStateOfTheAccount) {
    struct Case {
        EmulatorAccountState state;
        const char* code;
        bool channels;
    };
    for (const auto& [state, code, channels] :
         {Case{EmulatorAccountState::waiting_for_activation, "AUTH_005", true},
          Case{EmulatorAccountState::kyc_incomplete, "AUTH_006", false},
          Case{EmulatorAccountState::no_channel, "AUTH_007", false},
          Case{EmulatorAccountState::suspended, "BUSINESS_014", true}}) {
        testing::EmulatorAccount account;
        account.state = state;
        emulator.set_account(account);
        expect_refusal(client.get("/v3/contacts"), 403, code);
        expect_refusal(client.post("/v3/contacts", {{"phone_number", "+12025550123"}}), 403, code);
        EXPECT_EQ(me()["channels"]["sms"]["configured"], channels) << code;
    }
    emulator.reset();
    EXPECT_EQ(client.get("/v3/contacts").status, 200);
}

TEST_F(EmulatorV3Me, RefusesTheProfilesOfAnInactiveOrganizationToo) {
    testing::EmulatorAccount account;
    account.channels.clear();
    emulator.set_account(account);
    client.set_header("x-api-key", emulator.profile_api_key());
    expect_refusal(client.get("/v3/contacts"), 403, "AUTH_007");
    EXPECT_EQ(me()["channels"]["whatsapp"]["configured"], false);
    client.set_header("x-api-key", "wrong");
    expect_refusal(client.get("/v3/contacts"), 401, "AUTH_002");
    expect_refusal(client.get("/v3/me"), 401, "AUTH_002");
}

TEST_F(EmulatorV3Me, IsToldTheStateOverHttp) {
    EXPECT_EQ(client.get("/_emulator/account").json()["state"], "active");
    EXPECT_EQ(client.post("/_emulator/account", {{"state", "suspended"}}).status, 200);
    expect_refusal(client.get("/v3/users"), 403, "BUSINESS_014");
    EXPECT_EQ(client.get("/_emulator/state").json()["account"]["state"], "suspended");
    for (const auto& body : {Json{{"state", "closed"}}, Json{{"channels", {"fax"}}},
                             Json{{"channels", "sms"}}, Json{{"status", "active"}}}) {
        EXPECT_EQ(client.post("/_emulator/account", body).status, 400) << body;
    }
    EXPECT_EQ(client.get("/_emulator/account").json()["state"], "suspended");
}

TEST(EmulatorV3Account, StartsInTheStateOfItsOptions) {
    testing::EmulatorOptions options;
    options.account.state = EmulatorAccountState::waiting_for_activation;
    testing::Emulator emulator(options);
    auto client = v3_client(emulator);
    expect_refusal(client.get("/v3/users"), 403, "AUTH_005");
    emulator.reset();
    expect_refusal(client.get("/v3/users"), 403, "AUTH_005");

    options.account.channels = {"fax"};
    const testing::Emulator wrong(options);
    EXPECT_FALSE(wrong);
}

}  // namespace
}  // namespace sent::test
