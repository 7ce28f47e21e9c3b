#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/emulator_v3_client.hpp"

namespace sent::test {
namespace {

constexpr auto unknown_id = "11111111-2222-4333-8444-555555555555";

Json sample_campaign() {
    return {{"name", "Reminders"},
            {"description", "Of visits"},
            {"type", "App"},
            {"volume", "1500"},
            {"optinMessage", "Welcome"},
            {"useCases",
             {{{"messagingUseCaseUs", "CUSTOMER_CARE"}, {"sampleMessages", {"See you at 10", "See you"}}}}}};
}

class EmulatorV3Campaigns : public ::testing::Test {
  protected:
    Answer create(const Json& campaign) { return client.post(all, {{"campaign", campaign}}); }
    void expect_problem(const Json& campaign, const std::string& code, const std::string& field) {
        const auto answer = create(campaign);
        expect_refusal(answer, 400, code);
        EXPECT_TRUE(answer.json()["error"]["details"].contains(field)) << answer.body;
    }

    testing::Emulator emulator;
    OtherClient client = v3_client(emulator);
    const std::string profile = emulator.seeds().profiles.at(0).id;
    const std::string all = "/v3/profiles/" + profile + "/campaigns";
};

TEST_F(EmulatorV3Campaigns, CreatesOneAndListsThemAsAnArray) {
    EXPECT_EQ(client.get(all).json()["data"], Json::array());
    const auto answer = create(sample_campaign());
    ASSERT_EQ(answer.status, 201) << answer.body;
    const auto data = answer.json()["data"];
    EXPECT_EQ(data["name"], "Reminders");
    EXPECT_EQ(data["volume"], "1500");
    EXPECT_EQ(data["optinMessage"], "Welcome");
    EXPECT_TRUE(data["helpKeywords"].is_null());
    EXPECT_EQ(data["customerId"], profile);
    EXPECT_EQ(data["status"], "SENT_CREATED");
    EXPECT_EQ(data["submittedToTCR"], false);
    EXPECT_EQ(data["hasSubmissionTransaction"], false);
    const auto& use_case = data["useCases"][0];
    EXPECT_EQ(use_case["campaignId"], data["id"]);
    EXPECT_EQ(use_case["messagingUseCaseUs"], "CUSTOMER_CARE");
    EXPECT_EQ(use_case["sampleMessages"], (Json{"See you at 10", "See you"}));
    EXPECT_EQ(client.get(all).json()["data"], Json::array({data}));
}

TEST_F(EmulatorV3Campaigns, ChecksItsFields) {
    expect_refusal(client.post(all, Json::object()), 400, "VALIDATION_004");
    const auto nothing = create({{"useCases", nullptr}});
    expect_refusal(nothing, 400, "VALIDATION_004");
    EXPECT_EQ(nothing.json()["error"]["details"].size(), 4U) << nothing.body;
    auto campaign = sample_campaign();
    campaign["volume"] = "many";
    expect_problem(campaign, "VALIDATION_001", "campaign.volume");
    campaign = sample_campaign();
    campaign["useCases"] = Json::array();
    expect_problem(campaign, "VALIDATION_005", "campaign.useCases");
    campaign["useCases"] = Json{{{"messagingUseCaseUs", "CHAT"}, {"sampleMessages", {"a"}}}};
    expect_problem(campaign, "VALIDATION_006", "campaign.useCases[0].messagingUseCaseUs");
    campaign["useCases"] = Json{{{"messagingUseCaseUs", "MIXED"}}};
    expect_problem(campaign, "VALIDATION_004", "campaign.useCases[0].sampleMessages");
}

TEST_F(EmulatorV3Campaigns, CountsSampleMessagesAndTheirCharacters) {
    auto campaign = sample_campaign();
    auto& samples = campaign["useCases"][0]["sampleMessages"];
    std::string umlauts;
    for (int i = 0; i < 1024; ++i) {
        umlauts += "ü";
    }
    samples = Json(std::vector<std::string>(5, umlauts));
    EXPECT_EQ(create(campaign).status, 201);
    samples[4] = umlauts + "!";
    expect_problem(campaign, "VALIDATION_005", "campaign.useCases[0].sampleMessages");
    samples = Json(std::vector<std::string>(6, "a"));
    expect_problem(campaign, "VALIDATION_005", "campaign.useCases[0].sampleMessages");
    samples = Json::array();
    expect_problem(campaign, "VALIDATION_005", "campaign.useCases[0].sampleMessages");
}

TEST_F(EmulatorV3Campaigns, ReplacesOneAsAWhole) {
    const auto before = create(sample_campaign()).json()["data"];
    const auto path = all + '/' + before["id"].get<std::string>();
    auto campaign = sample_campaign();
    campaign["name"] = "Offers";
    campaign.erase("optinMessage");
    const auto answer = send_json(client, "PUT", path, {{"campaign", campaign}});
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto after = answer.json()["data"];
    EXPECT_EQ(after["id"], before["id"]);
    EXPECT_EQ(after["createdAt"], before["createdAt"]);
    EXPECT_TRUE(after["updatedAt"].is_string());
    EXPECT_EQ(after["name"], "Offers");
    EXPECT_TRUE(after["optinMessage"].is_null());
    EXPECT_EQ(after["useCases"][0]["campaignId"], before["id"]);
    EXPECT_EQ(client.get(all).json()["data"], Json::array({after}));
}

TEST_F(EmulatorV3Campaigns, RemovesOne) {
    const auto path = all + '/' + create(sample_campaign()).json()["data"]["id"].get<std::string>();
    EXPECT_EQ(send_json(client, "DELETE", path, Json::object()).status, 204);
    expect_refusal(client.remove(path), 404, "RESOURCE_010");
    EXPECT_EQ(client.get(all).json()["data"], Json::array());
}

TEST_F(EmulatorV3Campaigns, BelongsToOneProfile) {
    const auto id = create(sample_campaign()).json()["data"]["id"].get<std::string>();
    const auto other = "/v3/profiles/" +
                       client.post("/v3/profiles", {{"name", "x"}}).json()["data"]["id"].get<std::string>() +
                       "/campaigns";
    EXPECT_EQ(client.get(other).json()["data"], Json::array());
    expect_refusal(client.remove(other + '/' + id), 404, "RESOURCE_010");
    const auto nowhere = std::string("/v3/profiles/") + unknown_id + "/campaigns";
    expect_refusal(client.get(nowhere), 404, "RESOURCE_014");
    expect_refusal(client.post(nowhere, {{"campaign", sample_campaign()}}), 404, "RESOURCE_014");
    expect_refusal(client.remove(nowhere + '/' + id), 404, "RESOURCE_014");
    expect_refusal(send_json(client, "PUT", all + '/' + unknown_id, {{"campaign", sample_campaign()}}), 404,
                   "RESOURCE_010");
    expect_refusal(client.remove(all + "/x"), 400, "VALIDATION_003");
}

TEST_F(EmulatorV3Campaigns, OnlyPretendsInSandboxMode) {
    const auto nowhere = std::string("/v3/profiles/") + unknown_id + "/campaigns";
    const Json body{{"campaign", sample_campaign()}, {"sandbox", true}};
    EXPECT_EQ(client.post(nowhere, body).status, 201);
    const auto replaced = send_json(client, "PUT", nowhere + '/' + unknown_id, body);
    EXPECT_EQ(replaced.status, 200);
    EXPECT_EQ(replaced.json()["data"]["id"], unknown_id);
    EXPECT_EQ(replaced.json()["data"]["useCases"].size(), 1U);
    EXPECT_EQ(send_json(client, "DELETE", nowhere + '/' + unknown_id, {{"sandbox", true}}).status, 204);
    expect_refusal(client.post(all, {{"campaign", Json::object()}, {"sandbox", true}}), 400,
                   "VALIDATION_004");
    EXPECT_EQ(client.get(all).json()["data"], Json::array());
}

TEST_F(EmulatorV3Campaigns, IsSubmittedWithItsProfilesBrand) {
    const Json brand{
        {"contact", {{"name", "Ada"}}},
        {"compliance",
         {{"brandRelationship", "BASIC_ACCOUNT"}, {"vertical", "RETAIL"}, {"isTcrApplication", true}}}};
    const auto made = client.post("/v3/profiles", {{"name", "x"}, {"brand", brand}}).json()["data"];
    const auto path = "/v3/profiles/" + made["id"].get<std::string>();
    ASSERT_EQ(client.post(path + "/campaigns", {{"campaign", sample_campaign()}}).status, 201);
    ASSERT_EQ(client.post(path + "/complete", {{"webHookUrl", "https://example.com/"}}).status, 202);
    emulator.advance(std::chrono::seconds(2));
    const auto campaign = client.get(path + "/campaigns").json()["data"][0];
    EXPECT_EQ(campaign["brandId"], made["brand"]["id"]);
    EXPECT_EQ(campaign["status"], "ACTIVE");
    EXPECT_EQ(campaign["submittedToTCR"], true);
    EXPECT_TRUE(campaign["submittedAt"].is_string());
    EXPECT_TRUE(campaign["tcrCampaignId"].is_string());
}

}  // namespace
}  // namespace sent::test
