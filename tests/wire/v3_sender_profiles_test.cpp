#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "wire/request_cases.hpp"
#include "wire/v3_calls.hpp"

namespace {

using sent::Client;
using wire::at;
using wire::read_reply;
using wire::Requests;

constexpr const char* id = "aaaaaaaa-1111-4222-8333-444444444444";

sent::CreateSenderProfileRequest whole_profile() {
    sent::CreateSenderProfileRequest request{"Example Retail", "Example"};
    request.description = "Shops";
    request.billing = {R"({"inherit":true})"};
    request.channels = {R"({"sms":{"country":"US","number_type":"TEN_DLC"}})"};
    request.compliance = {R"({"inherit":true})"};
    request.notifications = sent::ProfileNotifications::sender_profile;
    return request;
}

sent::UpdateSenderProfileRequest new_name() {
    sent::UpdateSenderProfileRequest request{id};
    request.name = "Example Shops";
    return request;
}

sent::UpdateSenderProfileRequest whole_change() {
    auto request = new_name();
    request.short_name = "Shops";
    request.description = "All shops";
    request.notifications = sent::ProfileNotifications::organization_and_sender_profile;
    return request;
}

std::vector<wire::RequestCase> sender_profile_requests() {
    const sent::CreateSenderProfileRequest create{"Example Retail", "Example"};
    sent::UpdateSenderProfileRequest cleared{id};
    cleared.description = sent::null;
    const auto keyed = wire::keyed();
    const auto simulated = wire::in_sandbox(keyed);
    return {
        {"v3/sender_profiles.create.minimal",
         [=](const Client& c) { (void)c.sender_profiles().create(create, keyed); }},
        {"v3/sender_profiles.create.full",
         [=](const Client& c) { (void)c.sender_profiles().create(whole_profile(), keyed); }},
        {"v3/sender_profiles.create.sandbox",
         [=](const Client& c) { (void)c.sender_profiles().create(create, simulated); }},
        {"v3/sender_profiles.list.minimal", [](const Client& c) { (void)c.sender_profiles().list(); }},
        {"v3/sender_profiles.list.full",
         [](const Client& c) {
             (void)c.sender_profiles().list({2, 50});
         }},
        {"v3/sender_profiles.get.minimal", [](const Client& c) { (void)c.sender_profiles().get(id); }},
        {"v3/sender_profiles.update.minimal",
         [=](const Client& c) { (void)c.sender_profiles().update(new_name(), keyed); }},
        {"v3/sender_profiles.update.full",
         [=](const Client& c) { (void)c.sender_profiles().update(whole_change(), keyed); }},
        {"v3/sender_profiles.update.nulls",
         [=](const Client& c) { (void)c.sender_profiles().update(cleared, keyed); }},
        {"v3/sender_profiles.update.sandbox",
         [=](const Client& c) { (void)c.sender_profiles().update(new_name(), simulated); }},
        {"v3/sender_profiles.remove.minimal", [](const Client& c) { (void)c.sender_profiles().remove(id); }},
    };
}

INSTANTIATE_TEST_SUITE_P(V3SenderProfiles, Requests, ::testing::ValuesIn(sender_profile_requests()),
                         wire::name_of_case);

void expect_whole(const sent::SenderProfile& profile) {
    EXPECT_EQ(profile.id, id);
    EXPECT_EQ(profile.organization_id, "11111111-2222-4333-8444-555555555555");
    EXPECT_EQ(profile.name, "Example Retail");
    EXPECT_EQ(profile.short_name, "Example");
    EXPECT_EQ(profile.description, "Shops");
    EXPECT_EQ(profile.billing.text, R"({"inherit":true})");
    EXPECT_EQ(profile.notifications, sent::ProfileNotifications::organization);
    EXPECT_THAT(profile.channels.text, ::testing::HasSubstr(R"("sms":[{"country":"US")"));
    EXPECT_EQ(profile.compliance.text, R"({"inherit":true})");
    EXPECT_EQ(profile.created_at, at("2026-11-20T09:00:00Z"));
}

void expect_empty(const sent::SenderProfile& profile, const std::string& own_id) {
    EXPECT_EQ(profile.id, own_id);
    EXPECT_EQ(profile.name, "");
    EXPECT_EQ(profile.description, std::nullopt);
    EXPECT_TRUE(profile.api_key.empty());
    EXPECT_TRUE(profile.billing.text.empty());
    EXPECT_EQ(profile.notifications, std::nullopt);
    EXPECT_TRUE(profile.channels.text.empty());
    EXPECT_EQ(profile.created_at, std::nullopt);
}

TEST(V3SenderProfileReplies, HaveTheKeyOnlyWhenTheyAreNew) {
    const auto created = read_reply("sender_profiles.create.reply", [](const Client& c) {
        return c.sender_profiles().create({"Example Retail", "Example"});
    });
    expect_whole(created);
    EXPECT_EQ(created.api_key.reveal(), "sk_live_EXAMPLE_ONLY");
    std::ostringstream printed;
    printed << created.api_key;
    EXPECT_EQ(printed.str(), "[redacted]");
    const auto read =
        read_reply("sender_profiles.get.reply", [](const Client& c) { return c.sender_profiles().get(id); });
    expect_whole(read);
    EXPECT_TRUE(read.api_key.empty());
    expect_whole(read_reply("sender_profiles.update.reply",
                            [](const Client& c) { return c.sender_profiles().update(new_name()); }));
}

TEST(V3SenderProfileReplies, MayLackEverything) {
    expect_empty(read_reply("sender_profiles.create.reply_nulls",
                            [](const Client& c) {
                                return c.sender_profiles().create({"a", "Example"});
                            }),
                 id);
    expect_empty(read_reply("sender_profiles.get.reply_nulls",
                            [](const Client& c) { return c.sender_profiles().get(id); }),
                 id);
    expect_empty(read_reply("sender_profiles.update.reply_nulls",
                            [](const Client& c) { return c.sender_profiles().update(new_name()); }),
                 id);
}

TEST(V3SenderProfileReplies, KeepWhatIsUnknown) {
    for (const char* name : {"sender_profiles.get.reply_unknown", "sender_profiles.create.reply_unknown",
                             "sender_profiles.update.reply_unknown"}) {
        const auto profile = read_reply(name, [](const Client& c) { return c.sender_profiles().get(id); });
        EXPECT_EQ(profile.name, "Example Retail");
        EXPECT_EQ(profile.notifications, sent::ProfileNotifications{"CARRIER_PIGEON"});
    }
}

TEST(V3SenderProfileReplies, AreListedByPages) {
    const auto call = [](const Client& c) { return c.sender_profiles().list({2, 50}); };
    const auto page = read_reply("sender_profiles.list.reply", call);
    ASSERT_EQ(page.items.size(), 2U);
    expect_whole(page.items[0]);
    EXPECT_EQ(page.items[1].id, "second");
    EXPECT_EQ(page.total_count, 52);
    EXPECT_FALSE(page.has_more);
    const auto nulls = read_reply("sender_profiles.list.reply_nulls", call);
    ASSERT_EQ(nulls.items.size(), 2U) << "null is no profile";
    expect_empty(nulls.items[0], id);
    expect_empty(nulls.items[1], "");
    const auto unknown = read_reply("sender_profiles.list.reply_unknown", call);
    ASSERT_EQ(unknown.items.size(), 1U);
    EXPECT_EQ(unknown.items[0].name, "Example Retail");
}

TEST(V3SenderProfiles, WithoutAChangeAreNotUpdated) {
    const wire::Session session("v3/sender_profiles.update.reply");
    const auto result = session.client.sender_profiles().update({id});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, sent::ErrorKind::invalid_request);
    EXPECT_EQ(result.error().outcome, sent::Outcome::not_sent);
    EXPECT_THAT(result.error().message, ::testing::HasSubstr("changes nothing"));
}

}  // namespace
