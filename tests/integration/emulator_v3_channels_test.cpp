#include <string>

#include <gtest/gtest.h>

#include <sent/sent.hpp>

#include "integration/emulator_v3_client.hpp"

/// Channels and compliance, through the public API and with other clients.

namespace sent::test {
namespace {

class EmulatorV3Channels : public ::testing::Test {
  protected:
    ClientOptions options() const {
        ClientOptions result;
        result.base_url = emulator.base_url();
        result.api_key = emulator.api_key();
        result.use_environment = false;
        return result;
    }
    static CreateRcsAgentRequest an_agent() {
        CreateRcsAgentRequest agent;
        agent.brand_name = "Shop";
        agent.privacy_policy_url = "https://example.com/privacy";
        agent.terms_and_conditions_url = "https://example.com/terms";
        agent.logo_url = "https://example.com/logo.png";
        return agent;
    }

    testing::Emulator emulator;
    OtherClient client = v3_client(emulator);
    Client api{options()};
};

TEST_F(EmulatorV3Channels, StartsWithNone) {
    const auto channels = api.channels().get();
    ASSERT_TRUE(channels) << channels.error();
    EXPECT_EQ(channels->customer_id, emulator.sender_id());
    EXPECT_TRUE(channels->sms.empty());
    EXPECT_FALSE(channels->whatsapp);
    EXPECT_FALSE(channels->rcs);
}

TEST_F(EmulatorV3Channels, ConnectsWhatsapp) {
    const auto account = api.channels().whatsapp().create({"1"});
    ASSERT_TRUE(account) << account.error();
    EXPECT_EQ(account->status, ChannelStatus::provisioning) << "no number is named";
    ASSERT_TRUE(api.channels().whatsapp().create({"1", "2"}));
    const auto channels = api.channels().get();
    EXPECT_EQ(channels->whatsapp.value().phone_number_id, "2");
    EXPECT_EQ(channels->whatsapp->status, ChannelStatus::active);
    expect_refusal(client.post("/v3/channels/whatsapp", Json::object()), 400, "VALIDATION_004");
}

TEST_F(EmulatorV3Channels, TakesRequestsForAgents) {
    const auto agent = api.channels().rcs().create(an_agent());
    ASSERT_TRUE(agent) << agent.error();
    EXPECT_EQ(agent.meta().http_status, 202);
    EXPECT_EQ(agent->status, ChannelStatus::pending_review);
    EXPECT_TRUE(agent->created_at);
    EXPECT_EQ(api.channels().get()->rcs.value().id, agent->id);
    EXPECT_EQ(agent.meta().raw_body.find("logo_url"), std::string::npos) << "is not in answers";
    const auto refused = client.post("/v3/channels/rcs", Json::object());
    expect_refusal(refused, 400, "VALIDATION_004");
    EXPECT_EQ(refused.json()["error"]["details"].size(), 3U);
}

TEST_F(EmulatorV3Channels, ShowsVoiceNumbersWithoutTheirSecrets) {
    const auto created = api.channels().voice().create({"https://voice.example.com/sent", "+12025550141"});
    ASSERT_TRUE(created) << created.error();
    const auto channels = api.channels().get();
    ASSERT_TRUE(channels) << channels.error();
    ASSERT_EQ(channels->voice.size(), 1U);
    EXPECT_EQ(channels->voice[0].number, "+12025550141");
    EXPECT_TRUE(channels->voice[0].callback_secret.empty());
}

TEST_F(EmulatorV3Channels, ChangesNothingInTheSandbox) {
    CallOptions sandbox;
    sandbox.sandbox = true;
    EXPECT_TRUE(api.channels().whatsapp().create({"1"}, sandbox));
    EXPECT_TRUE(api.channels().rcs().create(an_agent(), sandbox));
    const auto channels = api.channels().get();
    EXPECT_FALSE(channels->whatsapp || channels->rcs);
}

TEST_F(EmulatorV3Channels, BelongToTheProfile) {
    const auto of_profile = api.for_profile(emulator.seeds().profiles.at(0).id);
    ASSERT_TRUE(of_profile.channels().whatsapp().create({"1"}));
    EXPECT_FALSE(api.channels().get()->whatsapp);
    EXPECT_TRUE(of_profile.channels().get()->whatsapp);
}

TEST_F(EmulatorV3Channels, SaysWhatCountriesDemand) {
    const auto us = api.compliance().by_country({"sms", "US"});
    ASSERT_TRUE(us) << us.error();
    EXPECT_NE(us->number_types.text.find("TEN_DLC"), std::string::npos);
    EXPECT_EQ(api.compliance().by_country({"voice", "AQ"})->number_types.text, "[]");
    const auto market = api.compliance().requirements({"US", "10DLC"});
    ASSERT_TRUE(market) << market.error();
    EXPECT_EQ(market->type, MarketNumberType::ten_dlc);
    EXPECT_TRUE(market->required);
    EXPECT_FALSE(api.compliance().requirements({"CH", "LOCAL"})->required);
}

TEST_F(EmulatorV3Channels, KnowsTheErrorsOfCompliance) {
    const std::string path = "/v3/compliance/requirements";
    expect_refusal(client.get(path), 400, "VALIDATION_004");
    expect_refusal(client.get(path + "?country=US"), 400, "VALIDATION_001");
    expect_refusal(client.get(path + "?country=US&type=PIGEON"), 400, "VALIDATION_001");
    for (const auto* channel : {"whatsapp", "rcs"}) {
        const auto refused = api.compliance().requirements({"US", "LOCAL", channel});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().http_status, 501);
        EXPECT_EQ(refused.error().attempts, 1) << "is not retried";
        EXPECT_EQ(api.compliance().by_country({channel, "US"}).error().http_status, 501);
    }
}

}  // namespace
}  // namespace sent::test
