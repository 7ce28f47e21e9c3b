#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <sent/sent.hpp>

#include "integration/emulator_v3_client.hpp"

namespace sent::test {
namespace {

class EmulatorV3SenderProfiles : public ::testing::Test {
  protected:
    static Client client_of(const testing::Emulator& emulator, const std::string& key) {
        ClientOptions options;
        options.api_key = key;
        options.base_url = emulator.base_url();
        options.use_environment = false;
        return Client{options};
    }
    void expect_problem(const Json& body, const std::string& code, const std::string& field) {
        const auto answer = http.post("/v3/sender-profiles", body);
        expect_refusal(answer, 400, code);
        EXPECT_TRUE(answer.json()["error"]["details"].contains(field)) << answer.body;
    }

    testing::Emulator emulator;
    OtherClient http = v3_client(emulator);
    Client client = client_of(emulator, emulator.api_key());
};

TEST_F(EmulatorV3SenderProfiles, OwnTheirChannels) {
    CreateSenderProfileRequest request{"Example Retail", "Example"};
    request.channels = {
        R"({"sms":{"country":"US","number_type":"TEN_DLC","area_codes":["212"]},"whatsapp":{"waba_id":"1"},)"
        R"("rcs":{"brand_name":"a","privacy_policy_url":"b","terms_and_conditions_url":"c"}})"};
    request.compliance = {R"({"inherit":true})"};
    request.documents.push_back({"business_registration", "", "%PDF-1.7", "registration.pdf"});
    const auto created = client.sender_profiles().create(request);
    ASSERT_TRUE(created) << created.error();

    const auto by_id = client.for_profile(created->id);
    const auto by_key = client_of(emulator, std::string{created->api_key.reveal()});
    for (const auto& of_profile : {by_id, by_key}) {
        const auto market = of_profile.channels().sms().get("US", MarketNumberType::ten_dlc);
        ASSERT_TRUE(market) << market.error();
        EXPECT_EQ(market->numbers.at(0).area_code, "212");
        EXPECT_EQ(Json::parse(market->compliance->brand.text), (Json{{"inherit", true}}));
        const auto all = of_profile.channels().get();
        ASSERT_TRUE(all) << all.error();
        EXPECT_EQ(all->sms.size(), 1U);
        EXPECT_TRUE(all->whatsapp);
        EXPECT_TRUE(all->rcs);
    }
    EXPECT_TRUE(client.channels().get()->sms.empty()) << "they are not the organization's";
    EXPECT_FALSE(client.channels().get()->whatsapp);

    CreateSmsMarketRequest further;
    further.country = "GB";
    further.number_type = MarketNumberType::local;
    ASSERT_TRUE(by_id.channels().sms().create(further));
    const auto shown = Json::parse(client.sender_profiles().get(created->id)->channels.text);
    EXPECT_EQ(shown["sms"].size(), 2U);
    EXPECT_EQ(shown["whatsapp"]["waba_id"], "1");

    const auto stored_documents = [this] { return http.get("/_emulator/state").json()["documents"].size(); };
    EXPECT_EQ(stored_documents(), 1U);
    ASSERT_TRUE(client.sender_profiles().remove(created->id));
    EXPECT_EQ(stored_documents(), 0U) << "its market is gone";
    EXPECT_FALSE(by_key.channels().get());
}

TEST_F(EmulatorV3SenderProfiles, OfTheSandboxOwnNothing) {
    CreateSenderProfileRequest request{"Example Retail", "Example"};
    request.channels = {R"({"sms":{"country":"GB","number_type":"LOCAL"}})"};
    CallOptions simulated;
    simulated.sandbox = true;
    const auto created = client.sender_profiles().create(request, simulated);
    ASSERT_TRUE(created) << created.error();
    EXPECT_EQ(Json::parse(created->channels.text)["sms"].size(), 1U);
    EXPECT_FALSE(client.for_profile(created->id).channels().get());
}

TEST_F(EmulatorV3SenderProfiles, LiveFromTheirCreationToTheirRemoval) {
    CreateSenderProfileRequest request{"Example Retail", "Example"};
    request.channels = {
        R"({"sms":{"country":"US","number_type":"LOCAL","numbers":[{"area_code":"212","quantity":2}]}})"};
    request.compliance = {R"({"inherit":true})"};
    const auto created = client.sender_profiles().create(request);
    ASSERT_TRUE(created) << created.error();
    EXPECT_FALSE(created->api_key.empty());
    EXPECT_EQ(created->organization_id, emulator.sender_id());
    EXPECT_EQ(created->notifications, ProfileNotifications::organization);
    EXPECT_EQ(Json::parse(created->channels.text)["sms"][0]["numbers"].size(), 2U);

    const auto read = client.sender_profiles().get(created->id);
    ASSERT_TRUE(read) << read.error();
    EXPECT_TRUE(read->api_key.empty()) << "it is shown once";
    UpdateSenderProfileRequest change{created->id};
    change.name = "Example Shops";
    change.description = "All shops";
    ASSERT_TRUE(client.sender_profiles().update(change));
    change = {created->id};
    change.description = null;
    const auto updated = client.sender_profiles().update(change);
    ASSERT_TRUE(updated) << updated.error();
    EXPECT_EQ(updated->name, "Example Shops");
    EXPECT_EQ(updated->description, std::nullopt);

    std::size_t listed = 0;
    for (const auto& profile : client.sender_profiles().all({1, 1})) {
        ASSERT_TRUE(profile) << profile.error();
        listed += profile->id == created->id ? 1U : 0U;
    }
    EXPECT_EQ(listed, 1U);
    ASSERT_TRUE(client.sender_profiles().remove(created->id));
    const auto gone = client.sender_profiles().get(created->id);
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code, "RESOURCE_014");
}

TEST_F(EmulatorV3SenderProfiles, HaveAKeyThatWorksUntilTheyAreRemoved) {
    const auto created = client.sender_profiles().create({"Example Retail", "Example"});
    ASSERT_TRUE(created) << created.error();
    const auto own = client_of(emulator, std::string{created->api_key.reveal()});
    EXPECT_TRUE(own.contacts().list());
    const auto none = own.sender_profiles().list();
    ASSERT_TRUE(none) << none.error();
    EXPECT_TRUE(none->items.empty());
    EXPECT_FALSE(own.sender_profiles().get(created->id));
    ASSERT_TRUE(client.sender_profiles().remove(created->id));
    const auto refused = own.contacts().list();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "AUTH_002");
}

TEST_F(EmulatorV3SenderProfiles, AreManagedByTheOrganizationWhateverProfileTheClientActsFor) {
    const auto created = client.sender_profiles().create({"Example Retail", "Example"});
    ASSERT_TRUE(created) << created.error();
    const auto other = client.for_profile(emulator.seeds().profiles.at(0).id);
    EXPECT_TRUE(other.sender_profiles().get(created->id));
}

TEST_F(EmulatorV3SenderProfiles, AreCheckedByField) {
    expect_problem({{"short_name", "Example"}}, "VALIDATION_004", "name");
    expect_problem({{"name", "Example"}}, "VALIDATION_004", "short_name");
    for (const char* bad : {"ab", "123", "Far too long", "a_b"}) {
        expect_problem({{"name", "Example"}, {"short_name", bad}}, "VALIDATION_001", "short_name");
    }
    const Json good{{"name", "Example"}, {"short_name", "Example"}};
    for (const Json& billing :
         {Json{{"inherit", false}}, Json::object(), Json("me"), Json{{"inherit", true}, {"name", "Ada"}}}) {
        Json body = good;
        body["billing"] = billing;
        expect_problem(body, "VALIDATION_001", "billing");
    }
    Json body = good;
    body["channels"]["sms"]["country"] = "US";
    expect_problem(body, "VALIDATION_004", "channels.sms.number_type");
    body = good;
    body["notifications"] = "NOBODY";
    expect_problem(body, "VALIDATION_006", "notifications");
}

TEST_F(EmulatorV3SenderProfiles, AreChangedOnlyInWhatTheCallChanges) {
    const auto created = client.sender_profiles().create({"Example Retail", "Example"});
    ASSERT_TRUE(created) << created.error();
    const auto path = "/v3/sender-profiles/" + created->id;
    expect_refusal(send_json(http, "PATCH", path, Json::object()), 400, "VALIDATION_004");
    const auto other = send_json(http, "PATCH", path, {{"name", "Shops"}, {"billing", {{"inherit", true}}}});
    expect_refusal(other, 400, "VALIDATION_001");
    EXPECT_EQ(other.json()["error"]["details"]["billing"][0], "cannot be changed by this call");
    expect_refusal(send_json(http, "PATCH", path, {{"name", nullptr}}), 400, "VALIDATION_004");
    expect_refusal(send_json(http, "PATCH", "/v3/sender-profiles/11111111-2222-4333-8444-555555555555",
                             {{"name", "Shops"}}),
                   404, "RESOURCE_014");
    EXPECT_EQ(client.sender_profiles().get(created->id)->name, "Example Retail");
}

TEST_F(EmulatorV3SenderProfiles, AreNotStoredInTheSandbox) {
    CallOptions options;
    options.sandbox = true;
    const auto before = client.sender_profiles().list();
    const auto created = client.sender_profiles().create({"Example Retail", "Example"}, options);
    ASSERT_TRUE(created) << created.error();
    EXPECT_TRUE(created.meta().sandbox);
    EXPECT_EQ(client.sender_profiles().list()->total_count, before->total_count);
    const auto removal = client.sender_profiles().remove(created->id, options);
    ASSERT_FALSE(removal);
    EXPECT_EQ(removal.error().kind, ErrorKind::invalid_request) << "it has no sandbox";
}

}  // namespace
}  // namespace sent::test
