#include <vector>

#include <gtest/gtest.h>

#include "wire/request_cases.hpp"
#include "wire/v3_calls.hpp"

namespace {

using sent::Client;
using wire::at;
using wire::read_reply;
using wire::Requests;

std::vector<wire::RequestCase> account_requests() {
    return {{"v3/me.minimal", [](const Client& c) { (void)c.me(); }}};
}

INSTANTIATE_TEST_SUITE_P(V3Account, Requests, ::testing::ValuesIn(account_requests()), wire::name_of_case);

sent::Account read(const std::string& reply) {
    return read_reply(reply, [](const Client& c) { return c.me(); });
}

/// The golden settings alternate, so that no member can take another's place.
void expect_settings(const std::optional<sent::AccountSettings>& settings, bool first) {
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->billing_model, sent::BillingModel::organization);
    EXPECT_EQ(settings->inherit_contacts, first);
    EXPECT_EQ(settings->inherit_templates, !first);
    EXPECT_EQ(settings->inherit_tcr_brand, first);
    EXPECT_EQ(settings->inherit_tcr_campaign, !first);
    EXPECT_EQ(settings->allow_contact_sharing, first);
    EXPECT_EQ(settings->allow_template_sharing, !first);
}

void expect_no_settings(const sent::AccountSettings& settings) {
    EXPECT_FALSE(settings.billing_model);
    EXPECT_FALSE(settings.inherit_contacts);
    EXPECT_FALSE(settings.inherit_templates);
    EXPECT_FALSE(settings.inherit_tcr_brand);
    EXPECT_FALSE(settings.inherit_tcr_campaign);
    EXPECT_FALSE(settings.allow_contact_sharing);
    EXPECT_FALSE(settings.allow_template_sharing);
}

TEST(V3Account, HasEveryMember) {
    const auto account = read("me.reply");
    EXPECT_EQ(account.id, wire::organization_id);
    EXPECT_EQ(account.type, sent::AccountType::organization);
    EXPECT_EQ(account.name, "Example Health");
    EXPECT_EQ(account.email, "it@example.org");
    EXPECT_EQ(account.icon, "https://cdn.example.org/o.png");
    EXPECT_EQ(account.description, "Clinics");
    EXPECT_EQ(account.created_at, at("2026-06-01T08:00:00Z"));
    EXPECT_EQ(account.organization_id, "11111111-2222-4333-8444-555555555571");
    EXPECT_EQ(account.short_name, "Example");
    EXPECT_EQ(account.status, sent::ProfileStatus::approved);
    expect_settings(account.settings, true);
    EXPECT_EQ(account.sending_phone_number, "+442071838763");
    EXPECT_EQ(account.sending_phone_number_profile_id, "11111111-2222-4333-8444-555555555572");
}

TEST(V3Account, HasChannels) {
    const auto channels = read("me.reply").channels;
    EXPECT_TRUE(channels.sms.configured);
    EXPECT_EQ(channels.sms.phone_number, "+442071838760");
    EXPECT_FALSE(channels.sms.business_name);
    EXPECT_TRUE(channels.whatsapp.configured);
    EXPECT_EQ(channels.whatsapp.phone_number, "+442071838761");
    EXPECT_EQ(channels.whatsapp.business_name, "Example Health");
    EXPECT_FALSE(channels.rcs.configured);
    EXPECT_EQ(channels.rcs.phone_number, "+442071838762");
}

TEST(V3Account, HasProfiles) {
    const auto profiles = read("me.reply").profiles;
    ASSERT_EQ(profiles.size(), 2U);
    const auto& profile = profiles[0];
    EXPECT_EQ(profile.id, wire::profile_id);
    EXPECT_EQ(profile.name, "Clinic");
    EXPECT_EQ(profile.icon, "https://cdn.example.org/i.png");
    EXPECT_EQ(profile.description, "A clinic");
    EXPECT_EQ(profile.short_name, "Clinic 1");
    EXPECT_EQ(profile.role, "admin");
    EXPECT_EQ(profile.status, sent::ProfileStatus::approved);
    EXPECT_EQ(profile.created_at, at("2026-07-01T08:00:00Z"));
    expect_settings(profile.settings, false);
    EXPECT_EQ(profiles[1].id, "second");
    EXPECT_FALSE(profiles[1].settings);
}

TEST(V3Account, MayLackEverything) {
    const auto account = read("me.reply_nulls");
    EXPECT_EQ(account.id, wire::organization_id);
    EXPECT_TRUE(account.type.empty());
    EXPECT_EQ(account.name, "");
    EXPECT_FALSE(account.email);
    EXPECT_FALSE(account.icon);
    EXPECT_FALSE(account.description);
    EXPECT_FALSE(account.created_at);
    EXPECT_FALSE(account.organization_id);
    EXPECT_FALSE(account.short_name);
    EXPECT_FALSE(account.status);
    ASSERT_TRUE(account.settings);
    expect_no_settings(*account.settings);
    EXPECT_FALSE(account.channels.sms.configured);
    EXPECT_FALSE(account.channels.whatsapp.configured);
    EXPECT_FALSE(account.channels.rcs.configured);
    EXPECT_FALSE(account.channels.sms.phone_number);
    EXPECT_FALSE(account.sending_phone_number);
    EXPECT_FALSE(account.sending_phone_number_profile_id);

    ASSERT_EQ(account.profiles.size(), 1U);
    const auto& profile = account.profiles[0];
    EXPECT_EQ(profile.id, "");
    EXPECT_EQ(profile.name, "");
    EXPECT_FALSE(profile.icon);
    EXPECT_FALSE(profile.description);
    EXPECT_FALSE(profile.short_name);
    EXPECT_FALSE(profile.role);
    EXPECT_FALSE(profile.status);
    EXPECT_FALSE(profile.created_at);
    EXPECT_FALSE(profile.settings);
}

TEST(V3Account, KeepsUnknownValues) {
    const auto account = read("me.reply_unknown");
    EXPECT_EQ(account.type.str(), "guild");
    EXPECT_EQ(account.status, "on_holiday");
    ASSERT_TRUE(account.settings);
    EXPECT_EQ(account.settings->billing_model, "barter");
    ASSERT_EQ(account.profiles.size(), 2U);
    EXPECT_EQ(account.profiles[0].status, "asleep");
    EXPECT_EQ(account.profiles[0].role, "jester");
    EXPECT_TRUE(account.channels.sms.configured);
}

}  // namespace
