#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "wire/request_cases.hpp"
#include "wire/v3_calls.hpp"

/// The account's channels but for SMS markets, and what countries demand.

namespace {

using sent::Client;
using wire::at;
using wire::read_reply;
using wire::Requests;

sent::CreateRcsAgentRequest small_agent() {
    sent::CreateRcsAgentRequest agent;
    agent.brand_name = "Example Retail";
    agent.privacy_policy_url = "https://example.com/privacy";
    agent.terms_and_conditions_url = "https://example.com/terms";
    return agent;
}

sent::CreateRcsAgentRequest whole_agent() {
    auto agent = small_agent();
    agent.display_name = "Example";
    agent.description = "Order updates of Example";
    agent.agent_use_case = sent::RcsUseCase::notifications;
    agent.website_url = "https://example.com";
    agent.brand_color = "#336699";
    agent.logo_url = "https://example.com/logo.png";
    agent.banner_url = "https://example.com/banner.png";
    agent.brand_phone_number = "+12025550140";
    agent.customer_support_phone_number = "+12025550142";
    agent.brand_email = "hello@example.com";
    agent.customer_support_email = "help@example.com";
    agent.contact_name_and_title = "Noa Lind, CTO";
    agent.company_ein = "12-3456789";
    agent.entity_type = "PRIVATE_PROFIT";
    agent.official_address = sent::RcsAddress{"1 Main St", "Washington", "DC", "20001", "US"};
    agent.brief_company_description = "A shop";
    agent.opt_in_process_description = "At checkout";
    agent.start_message = "Welcome";
    agent.help_message = "Call us";
    agent.stop_message = "Bye";
    agent.sample_messages = {"Your order is ready.", "Your parcel arrives today."};
    agent.opt_in_screenshot_url = "https://example.com/opt-in.png";
    return agent;
}

std::vector<wire::RequestCase> channel_requests() {
    const auto whatsapp = [](const sent::CreateWhatsappChannelRequest& request,
                             const sent::CallOptions& options) {
        return [=](const Client& c) { (void)c.channels().whatsapp().create(request, options); };
    };
    const auto rcs = [](const sent::CreateRcsAgentRequest& request, const sent::CallOptions& options) {
        return [=](const Client& c) { (void)c.channels().rcs().create(request, options); };
    };
    const auto requirements = [](const sent::GetComplianceRequirementsRequest& request) {
        return [=](const Client& c) { (void)c.compliance().requirements(request); };
    };
    const auto by_country = [](const sent::GetCountryComplianceRequest& request) {
        return [=](const Client& c) { (void)c.compliance().by_country(request); };
    };
    const auto keyed = wire::keyed();
    const auto simulated = wire::in_sandbox(keyed);
    sent::GetCountryComplianceRequest united_states;
    united_states.country = "US";
    return {
        {"v3/channels.get.minimal", [](const Client& c) { (void)c.channels().get(); }},
        {"v3/channels.whatsapp.create.minimal", whatsapp({"100000000000001"}, keyed)},
        {"v3/channels.whatsapp.create.full", whatsapp({"100000000000001", "300000000000001"}, keyed)},
        {"v3/channels.whatsapp.create.sandbox", whatsapp({"100000000000001"}, simulated)},
        {"v3/channels.rcs.create.minimal", rcs(small_agent(), keyed)},
        {"v3/channels.rcs.create.full", rcs(whole_agent(), keyed)},
        {"v3/channels.rcs.create.sandbox", rcs(small_agent(), simulated)},
        {"v3/compliance.requirements.minimal", requirements({"US", "TEN_DLC"})},
        {"v3/compliance.requirements.full", requirements({"US", "TEN_DLC", "sms"})},
        {"v3/compliance.by_country.minimal", by_country(united_states)},
        {"v3/compliance.by_country.full", by_country({"voice", "US"})},
    };
}

INSTANTIATE_TEST_SUITE_P(V3Channels, Requests, ::testing::ValuesIn(channel_requests()), wire::name_of_case);

void expect_whole(const sent::WhatsappChannel& channel) {
    EXPECT_EQ(channel.waba_id, "100000000000001");
    EXPECT_EQ(channel.phone_number_id, "300000000000001");
    EXPECT_EQ(channel.solution_id, "200000000000001");
    EXPECT_EQ(channel.owner_business_id, "400000000000001");
    EXPECT_EQ(channel.status, sent::ChannelStatus::provisioning);
    EXPECT_EQ(channel.reason_code, "CHANNEL_007");
    EXPECT_EQ(channel.reason, "No number is named.");
}

void expect_whole(const sent::RcsAgent& agent) {
    EXPECT_EQ(agent.id, "11111111-2222-4333-8444-555555555572");
    EXPECT_EQ(agent.status, sent::ChannelStatus::pending_review);
    EXPECT_EQ(agent.phone_number, "+12025550143");
    EXPECT_EQ(agent.reason_code, "CHANNEL_009");
    EXPECT_EQ(agent.reason, "Carriers review the agent.");
    const auto asked = whole_agent();
    EXPECT_EQ(agent.display_name, asked.display_name);
    EXPECT_EQ(agent.description, asked.description);
    EXPECT_EQ(agent.agent_use_case, asked.agent_use_case);
    EXPECT_EQ(agent.brand_name, asked.brand_name);
    EXPECT_EQ(agent.privacy_policy_url, asked.privacy_policy_url);
    EXPECT_EQ(agent.terms_and_conditions_url, asked.terms_and_conditions_url);
    EXPECT_EQ(agent.website_url, asked.website_url);
    EXPECT_EQ(agent.brand_color, asked.brand_color);
    EXPECT_EQ(agent.brand_phone_number, asked.brand_phone_number);
    EXPECT_EQ(agent.customer_support_phone_number, asked.customer_support_phone_number);
    EXPECT_EQ(agent.brand_email, asked.brand_email);
    EXPECT_EQ(agent.customer_support_email, asked.customer_support_email);
    EXPECT_EQ(agent.contact_name_and_title, asked.contact_name_and_title);
    EXPECT_EQ(agent.company_ein, asked.company_ein);
    EXPECT_EQ(agent.entity_type, asked.entity_type);
    ASSERT_TRUE(agent.official_address);
    EXPECT_EQ(agent.official_address->street, "1 Main St");
    EXPECT_EQ(agent.official_address->city, "Washington");
    EXPECT_EQ(agent.official_address->state, "DC");
    EXPECT_EQ(agent.official_address->postal_code, "20001");
    EXPECT_EQ(agent.official_address->country, "US");
    EXPECT_EQ(agent.brief_company_description, asked.brief_company_description);
    EXPECT_EQ(agent.opt_in_process_description, asked.opt_in_process_description);
    EXPECT_EQ(agent.start_message, asked.start_message);
    EXPECT_EQ(agent.help_message, asked.help_message);
    EXPECT_EQ(agent.stop_message, asked.stop_message);
    EXPECT_EQ(agent.sample_messages, asked.sample_messages);
    EXPECT_EQ(agent.created_at, at("2026-07-01T08:00:00Z"));
}

const auto overview = [](const Client& c) { return c.channels().get(); };
const auto whatsapp = [](const Client& c) { return c.channels().whatsapp().create({"1"}); };
const auto rcs = [](const Client& c) { return c.channels().rcs().create(small_agent()); };
const auto requirements = [](const Client& c) { return c.compliance().requirements({"US", "LOCAL"}); };
const auto by_country = [](const Client& c) { return c.compliance().by_country({"sms", "US"}); };

TEST(V3ChannelOverview, HasEveryMember) {
    const auto channels = read_reply("channels.get.reply", overview);
    EXPECT_EQ(channels.customer_id, wire::sender_id);
    ASSERT_EQ(channels.sms.size(), 1U);
    EXPECT_EQ(channels.sms[0].country, "US");
    EXPECT_EQ(channels.sms[0].compliance.value().campaigns.at(0).id, wire::campaign_id);
    ASSERT_TRUE(channels.whatsapp);
    expect_whole(*channels.whatsapp);
    ASSERT_TRUE(channels.rcs);
    expect_whole(*channels.rcs);
    ASSERT_EQ(channels.mms.size(), 1U);
    EXPECT_EQ(channels.mms[0].country, "US");
    EXPECT_EQ(channels.mms[0].number_type, sent::MarketNumberType::local);
    EXPECT_EQ(channels.mms[0].sender_value, "+12025550144");
    EXPECT_EQ(channels.mms[0].status, sent::ChannelStatus::active);
    ASSERT_EQ(channels.voice.size(), 1U);
    EXPECT_EQ(channels.voice[0].number, "+12025550141");
    EXPECT_TRUE(channels.voice[0].callback_secret.empty());
}

TEST(V3ChannelOverview, ToleratesNullsAndUnknownValues) {
    const auto nothing = read_reply("channels.get.reply_nulls", overview);
    EXPECT_EQ(nothing.customer_id, wire::sender_id);
    EXPECT_TRUE(nothing.sms.empty());
    EXPECT_FALSE(nothing.whatsapp);
    EXPECT_FALSE(nothing.rcs);
    EXPECT_TRUE(nothing.mms.empty());
    EXPECT_TRUE(nothing.voice.empty());

    const auto channels = read_reply("channels.get.reply_unknown", overview);
    ASSERT_EQ(channels.sms.size(), 2U);
    EXPECT_EQ(channels.sms[0].sender_value, "+12025550140") << "of its number";
    EXPECT_EQ(channels.whatsapp.value().status.str(), "ASLEEP");
    EXPECT_EQ(channels.rcs.value().agent_use_case.str(), "POETRY");
    EXPECT_FALSE(channels.rcs->created_at);
    EXPECT_EQ(channels.mms.at(0).status.str(), "BLURRED");
}

TEST(V3Whatsapp, ReadsItsChannel) {
    expect_whole(read_reply("channels.whatsapp.create.reply", whatsapp));
    const auto nothing = read_reply("channels.whatsapp.create.reply_nulls", whatsapp);
    EXPECT_EQ(nothing.waba_id, "100000000000001");
    EXPECT_FALSE(nothing.phone_number_id || nothing.solution_id || nothing.owner_business_id ||
                 nothing.reason_code || nothing.reason);
    EXPECT_TRUE(nothing.status.empty());
    EXPECT_EQ(read_reply("channels.whatsapp.create.reply_unknown", whatsapp).status.str(), "ASLEEP");
}

TEST(V3Rcs, ReadsItsAgent) {
    expect_whole(read_reply("channels.rcs.create.reply", rcs));
    const auto nothing = read_reply("channels.rcs.create.reply_nulls", rcs);
    EXPECT_EQ(nothing.id, "11111111-2222-4333-8444-555555555572");
    EXPECT_FALSE(nothing.phone_number || nothing.reason_code || nothing.reason || nothing.created_at);
    EXPECT_FALSE(nothing.official_address);
    EXPECT_EQ(nothing.brand_name, "");
    EXPECT_TRUE(nothing.sample_messages.empty());
    const auto strange = read_reply("channels.rcs.create.reply_unknown", rcs);
    EXPECT_EQ(strange.status.str(), "KNITTING");
    EXPECT_EQ(strange.agent_use_case.str(), "POETRY");
    EXPECT_TRUE(strange.official_address);
    EXPECT_EQ(strange.sample_messages, (std::vector<std::string>{"Hi", "1"}));
}

TEST(V3Rcs, RequiresThreeMembersLocally) {
    using Member = std::string sent::CreateRcsAgentRequest::*;
    const std::vector<std::pair<Member, const char*>> required{
        {&sent::CreateRcsAgentRequest::brand_name, "brand_name"},
        {&sent::CreateRcsAgentRequest::privacy_policy_url, "privacy_policy_url"},
        {&sent::CreateRcsAgentRequest::terms_and_conditions_url, "terms_and_conditions_url"}};
    for (const auto& [member, name] : required) {
        auto agent = small_agent();
        (agent.*member).clear();

        const auto refused = sent::encode(agent);

        ASSERT_FALSE(refused) << name;
        EXPECT_EQ(refused.error().kind, sent::ErrorKind::invalid_request);
        EXPECT_NE(refused.error().message.find(name), std::string::npos) << refused.error();
    }
}

TEST(V3Compliance, ReadsWhatAMarketDemands) {
    const auto whole = read_reply("compliance.requirements.reply", requirements);
    EXPECT_EQ(whole.channel, "sms");
    EXPECT_EQ(whole.country, "US");
    EXPECT_EQ(whole.type, sent::MarketNumberType::ten_dlc);
    EXPECT_TRUE(whole.required);
    EXPECT_EQ(whole.sender_id_pattern, "^[A-Z]{3,11}$");
    EXPECT_EQ(
        whole.requirements.text,
        R"([{"key":"brand.legal_name","required":true},{"key":"campaign.message_flow","required":true}])");
    EXPECT_EQ(
        whole.setup.text,
        R"([{"method":"POST","path":"/v3/channels/sms","body":{"country":"US","number_type":"TEN_DLC"}}])");

    const auto nothing = read_reply("compliance.requirements.reply_nulls", requirements);
    EXPECT_EQ(nothing.channel, "sms");
    EXPECT_FALSE(nothing.required);
    EXPECT_FALSE(nothing.sender_id_pattern);
    EXPECT_EQ(nothing.requirements.text, "");
    const auto strange = read_reply("compliance.requirements.reply_unknown", requirements);
    EXPECT_EQ(strange.type.str(), "SATELLITE");
    EXPECT_FALSE(strange.required);
    EXPECT_EQ(strange.requirements.text, R"({"brand":["vip",{"deep":[1,2.5,true,null]}]})");
}

TEST(V3Compliance, ReadsTheNumberTypesOfACountry) {
    EXPECT_EQ(read_reply("compliance.by_country.reply", by_country).number_types.text,
              R"([{"type":"LOCAL","fees":{"monthly":1.5},"compliance":{"documents":[]}}])");
    EXPECT_EQ(read_reply("compliance.by_country.reply_unknown", by_country).number_types.text,
              R"({"LOCAL":["vip",{"deep":[1,2.5,true,null]}]})");
    (void)read_reply("compliance.by_country.reply_nulls", by_country);
}

}  // namespace
