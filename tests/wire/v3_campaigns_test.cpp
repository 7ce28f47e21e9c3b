#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "wire/request_cases.hpp"
#include "wire/v3_calls.hpp"

namespace {

using sent::Client;
using wire::at;
using wire::read_reply;
using wire::Requests;

sent::CampaignInput small_campaign() {
    sent::CampaignInput campaign;
    campaign.name = "Reminders";
    campaign.description = "Reminds of visits";
    campaign.type = "App";
    campaign.use_cases = {{sent::MessagingUseCase::account_notification, {"Your visit is at 14:30."}}};
    return campaign;
}

sent::CampaignInput whole_campaign() {
    auto campaign = small_campaign();
    campaign.use_cases[0].sample_messages.emplace_back("Your visit was moved.");
    campaign.use_cases.push_back({sent::MessagingUseCase::two_factor, {"Your code is 123456."}});
    campaign.volume = "1500";
    campaign.message_flow = "Patients opt in at the desk.";
    campaign.privacy_policy_link = "https://example.org/privacy";
    campaign.terms_and_conditions_link = "https://example.org/terms";
    campaign.optin_message = "Welcome";
    campaign.optout_message = "Bye";
    campaign.help_message = "Call us";
    campaign.optin_keywords = "START";
    campaign.optout_keywords = "STOP";
    campaign.help_keywords = "HELP";
    return campaign;
}

sent::UpdateCampaignRequest replacement(const sent::CampaignInput& campaign) {
    return {wire::profile_id, wire::campaign_id, campaign};
}

std::vector<wire::RequestCase> campaign_requests() {
    const auto create = [](const sent::CampaignInput& campaign, const sent::CallOptions& options) {
        return [=](const Client& c) {
            (void)c.profiles().campaigns().create({wire::profile_id, campaign}, options);
        };
    };
    const auto update = [](const sent::CampaignInput& campaign, const sent::CallOptions& options) {
        return
            [=](const Client& c) { (void)c.profiles().campaigns().update(replacement(campaign), options); };
    };
    const auto remove = [](const sent::CallOptions& options) {
        return [=](const Client& c) {
            (void)c.profiles().campaigns().remove(wire::profile_id, wire::campaign_id, options);
        };
    };
    const auto keyed = wire::keyed();
    const auto simulated = wire::in_sandbox(keyed);
    return {
        {"v3/campaigns.create.minimal", create(small_campaign(), keyed)},
        {"v3/campaigns.create.full", create(whole_campaign(), keyed)},
        {"v3/campaigns.create.sandbox", create(small_campaign(), simulated)},
        {"v3/campaigns.update.minimal", update(small_campaign(), keyed)},
        {"v3/campaigns.update.full", update(whole_campaign(), keyed)},
        {"v3/campaigns.update.sandbox", update(small_campaign(), simulated)},
        {"v3/campaigns.list.minimal",
         [](const Client& c) { (void)c.profiles().campaigns().list(wire::profile_id); }},
        {"v3/campaigns.remove.minimal", remove({})},
        {"v3/campaigns.remove.sandbox", remove(wire::in_sandbox())},
    };
}

INSTANTIATE_TEST_SUITE_P(V3Campaigns, Requests, ::testing::ValuesIn(campaign_requests()), wire::name_of_case);

void expect_whole_use_case(const sent::CampaignUseCase& use_case) {
    EXPECT_EQ(use_case.id, "11111111-2222-4333-8444-555555555561");
    EXPECT_EQ(use_case.campaign_id, wire::campaign_id);
    EXPECT_EQ(use_case.customer_id, wire::sender_id);
    EXPECT_EQ(use_case.messaging_use_case_us, sent::MessagingUseCase::account_notification);
    EXPECT_EQ(use_case.sample_messages,
              (std::vector<std::string>{"Your visit is at 14:30.", "Your visit was moved."}));
    EXPECT_EQ(use_case.created_at, at("2026-07-01T08:10:00Z"));
    EXPECT_EQ(use_case.updated_at, at("2026-07-02T08:10:00Z"));
}

void expect_whole(const sent::Campaign& campaign) {
    EXPECT_EQ(campaign.id, wire::campaign_id);
    EXPECT_EQ(campaign.customer_id, wire::sender_id);
    EXPECT_EQ(campaign.brand_id, wire::brand_id);
    EXPECT_EQ(campaign.name, "Reminders");
    EXPECT_EQ(campaign.description, "Reminds of visits");
    EXPECT_EQ(campaign.type, "App");
    ASSERT_EQ(campaign.use_cases.size(), 1U);
    expect_whole_use_case(campaign.use_cases[0]);
    EXPECT_EQ(campaign.volume, "1500");
    EXPECT_EQ(campaign.message_flow, "Patients opt in at the desk.");
    EXPECT_EQ(campaign.privacy_policy_link, "https://example.org/privacy");
    EXPECT_EQ(campaign.terms_and_conditions_link, "https://example.org/terms");
    EXPECT_EQ(campaign.optin_message, "Welcome");
    EXPECT_EQ(campaign.optout_message, "Bye");
    EXPECT_EQ(campaign.help_message, "Call us");
    EXPECT_EQ(campaign.optin_keywords, "START");
    EXPECT_EQ(campaign.optout_keywords, "STOP");
    EXPECT_EQ(campaign.help_keywords, "HELP");
    EXPECT_EQ(campaign.status, sent::CampaignStatus::created);
    EXPECT_EQ(campaign.submitted_to_tcr, true);
    EXPECT_EQ(campaign.submitted_at, at("2026-07-01T09:00:00Z"));
    EXPECT_EQ(campaign.tcr_campaign_id, "C7Q2");
    EXPECT_EQ(campaign.tcr_sync_error, "none so far");
    EXPECT_EQ(campaign.billed_date, at("2026-07-05T00:00:00Z"));
    EXPECT_EQ(campaign.cost, 15.25);
    EXPECT_EQ(campaign.dca_elections_complete, true);
    EXPECT_EQ(campaign.dca_elections_completed_at, at("2026-07-06T00:00:00Z"));
    EXPECT_TRUE(campaign.has_submission_transaction);
    EXPECT_EQ(campaign.created_at, at("2026-07-01T08:00:00Z"));
    EXPECT_EQ(campaign.updated_at, at("2026-07-02T09:30:00Z"));
    EXPECT_EQ(campaign.csp_id, "CSP1");
    EXPECT_EQ(campaign.reseller_id, "R1");
    EXPECT_EQ(campaign.kyc_submission_form_id, "K1");
    EXPECT_EQ(campaign.telnyx_campaign_id, "T1");
    EXPECT_EQ(campaign.upstream_cnp_id, "U1");
    EXPECT_EQ(campaign.sharing_status, sent::CampaignSharingStatus::accepted);
    EXPECT_EQ(campaign.pricing.text, R"({"monthly":1.5,"tier":"low"})");
}

void expect_empty(const sent::Campaign& campaign, const std::string& id = wire::campaign_id) {
    EXPECT_EQ(campaign.id, id);
    EXPECT_EQ(campaign.customer_id, "");
    EXPECT_EQ(campaign.brand_id, "");
    EXPECT_EQ(campaign.name, "");
    EXPECT_EQ(campaign.description, "");
    EXPECT_EQ(campaign.type, "");
    EXPECT_TRUE(campaign.use_cases.empty());
    for (const auto& text :
         {campaign.volume, campaign.message_flow, campaign.privacy_policy_link,
          campaign.terms_and_conditions_link, campaign.optin_message, campaign.optout_message,
          campaign.help_message, campaign.optin_keywords, campaign.optout_keywords, campaign.help_keywords,
          campaign.tcr_campaign_id, campaign.tcr_sync_error, campaign.csp_id, campaign.reseller_id,
          campaign.kyc_submission_form_id, campaign.telnyx_campaign_id, campaign.upstream_cnp_id}) {
        EXPECT_FALSE(text) << *text;
    }
    for (const auto& time : {campaign.submitted_at, campaign.billed_date, campaign.dca_elections_completed_at,
                             campaign.created_at, campaign.updated_at}) {
        EXPECT_FALSE(time);
    }
    EXPECT_FALSE(campaign.status);
    EXPECT_FALSE(campaign.submitted_to_tcr);
    EXPECT_FALSE(campaign.cost);
    EXPECT_FALSE(campaign.dca_elections_complete);
    EXPECT_FALSE(campaign.has_submission_transaction);
    EXPECT_FALSE(campaign.sharing_status);
    EXPECT_TRUE(campaign.pricing.text.empty() || campaign.pricing.text == "null");
}

void expect_strange(const sent::Campaign& campaign) {
    EXPECT_EQ(campaign.id, wire::campaign_id);
    EXPECT_EQ(campaign.type, "Opera");
    EXPECT_EQ(campaign.status, "REHEARSING");
    EXPECT_EQ(campaign.sharing_status, "WHISPERED");
    ASSERT_EQ(campaign.use_cases.size(), 2U);
    EXPECT_EQ(campaign.use_cases[0].messaging_use_case_us.str(), "SONGS");
    EXPECT_EQ(campaign.cost, 15.25) << "a number from its text";
}

template <class Call>
void expect_campaign_replies(const std::string& operation, Call call) {
    SCOPED_TRACE(operation);
    expect_whole(read_reply(operation + ".reply", call));
    expect_empty(read_reply(operation + ".reply_nulls", call));
    expect_strange(read_reply(operation + ".reply_unknown", call));
}

TEST(V3Campaigns, HaveEveryMember) {
    expect_campaign_replies("campaigns.create", [](const Client& c) {
        return c.profiles().campaigns().create({wire::profile_id, small_campaign()});
    });
    expect_campaign_replies("campaigns.update", [](const Client& c) {
        return c.profiles().campaigns().update(replacement(small_campaign()));
    });
}

TEST(V3Campaigns, ComeAsABareArray) {
    const auto list = [](const Client& c) { return c.profiles().campaigns().list(wire::profile_id); };

    const auto whole = read_reply("campaigns.list.reply", list);
    ASSERT_EQ(whole.items.size(), 2U);
    expect_whole(whole.items[0]);
    expect_empty(whole.items[1], "second");
    wire::expect_one_page(whole);

    const auto sparse = read_reply("campaigns.list.reply_nulls", list);
    ASSERT_EQ(sparse.items.size(), 2U) << "a null is no element";
    expect_empty(sparse.items[0]);
    wire::expect_one_page(sparse);

    const auto extended = read_reply("campaigns.list.reply_unknown", list);
    ASSERT_EQ(extended.items.size(), 2U);
    expect_strange(extended.items[0]);
    wire::expect_one_page(extended);
}

TEST(V3Campaigns, MayComeAsAnObjectOneDay) {
    const auto page = read_reply("campaigns.list.reply_object", [](const Client& c) {
        return c.profiles().campaigns().list(wire::profile_id);
    });
    ASSERT_EQ(page.items.size(), 2U);
    expect_whole(page.items[0]);
    wire::expect_golden_totals(page);
}

TEST(V3Campaigns, AreRemoved) {
    wire::expect_done("campaigns.remove.reply", [](const Client& c) {
        return c.profiles().campaigns().remove(wire::profile_id, wire::campaign_id);
    });
}

}  // namespace
