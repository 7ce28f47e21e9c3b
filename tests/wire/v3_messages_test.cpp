#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "wire/request_cases.hpp"
#include "wire/v3_calls.hpp"
#include "wire/v3_message.hpp"

namespace {

using sent::Client;
using wire::at;
using wire::read_reply;
using wire::Requests;

sent::SendMessageRequest send_by_id() {
    sent::SendMessageRequest request;
    request.to = {wire::phone_number};
    request.template_ref.emplace().id = wire::template_id;
    return request;
}

sent::SendMessageRequest send_by_name() {
    sent::SendMessageRequest request;
    request.to = {wire::phone_number, "+14155550100"};
    auto& chosen = request.template_ref.emplace();
    chosen.name = "visit_reminder";
    chosen.parameters = {{"first_name", "Mira"}, {"slot", "14:30"}};
    return request;
}

sent::SendMessageRequest send_text() {
    sent::SendMessageRequest request;
    request.to = {wire::phone_number};
    request.channel = {sent::Channel::whatsapp};
    request.text =
        "See you \xE2\x80\x9C"
        "at\xE2\x80\x9D the desk \xF0\x9F\x91\x8B\n";
    return request;
}

sent::SendMessageRequest send_everything() {
    auto request = send_by_name();
    request.channel = {sent::Channel::sms, sent::Channel::mms};
    request.template_ref->id = wire::template_id;
    request.template_ref->name.reset();
    // The offset is said even where the caller's was another.
    request.scheduled_at = at("2026-08-02T11:30:00+02:00");
    request.media_urls = {"https://cdn.example.org/a.png", "https://cdn.example.org/b.gif"};
    request.subject = "Your visit";
    sent::SenderChoice sticky;
    sticky.from = {"+442071838799", "+442071838798"};
    sticky.country = "GB";
    sticky.strategy = sent::SenderStrategy::sticky;
    sent::SenderChoice near;
    near.strategy = sent::SenderStrategy::geo;
    sent::SenderChoice one;
    one.from = {"+14155550199"};
    request.channels = {{"sms", {sticky, near}}, {"mms", {one}}};
    return request;
}

std::vector<wire::RequestCase> message_requests() {
    const auto send = [](const sent::SendMessageRequest& request, const sent::CallOptions& options) {
        return [request, options](const Client& c) { (void)c.messages().send(request, options); };
    };
    const auto keyed = wire::keyed();
    return {
        {"v3/messages.send.minimal", send(send_by_id(), keyed)},
        {"v3/messages.send.template_name", send(send_by_name(), keyed)},
        {"v3/messages.send.text", send(send_text(), keyed)},
        {"v3/messages.send.full", send(send_everything(), keyed)},
        {"v3/messages.send.sandbox", send(send_by_id(), wire::in_sandbox(keyed))},
        {"v3/messages.send.profile", send(send_by_id(), wire::for_profile(keyed))},
        {"v3/messages.get.minimal", [](const Client& c) { (void)c.messages().get(wire::message_id); }},
        {"v3/messages.activities.minimal",
         [](const Client& c) { (void)c.messages().activities(wire::message_id); }},
        {"v3/messages.resend.minimal",
         [=](const Client& c) { (void)c.messages().resend(wire::message_id, keyed); }},
        {"v3/messages.resend.sandbox",
         [=](const Client& c) { (void)c.messages().resend(wire::message_id, wire::in_sandbox(keyed)); }},
        {"v3/messages.cancel.minimal",
         [=](const Client& c) { (void)c.messages().cancel(wire::message_id, keyed); }},
    };
}

INSTANTIATE_TEST_SUITE_P(V3Messages, Requests, ::testing::ValuesIn(message_requests()), wire::name_of_case);

TEST(V3Messages, AreAnsweredWithEveryMember) {
    const auto send = [](const Client& c) { return c.messages().send(send_by_id()); };

    const auto whole = read_reply("messages.send.reply", send);
    EXPECT_EQ(whole.status, sent::MessageStatus::queued);
    EXPECT_EQ(whole.template_id, wire::template_id);
    EXPECT_EQ(whole.template_name, "visit_reminder");
    EXPECT_EQ(whole.scheduled_at, at("2026-08-02T09:30:00Z"));
    ASSERT_EQ(whole.recipients.size(), 2U);
    EXPECT_EQ(whole.recipients[0].message_id, wire::message_id);
    EXPECT_EQ(whole.recipients[0].to, wire::phone_number);
    EXPECT_EQ(whole.recipients[0].channel, sent::Channel::sms);
    EXPECT_EQ(whole.recipients[0].body, "Mira, see you at 14:30.");
    EXPECT_FALSE(whole.recipients[1].message_id);
    EXPECT_EQ(whole.recipients[1].to, "+14155550100");
    EXPECT_EQ(whole.recipients[1].channel, sent::Channel::mms);
    EXPECT_FALSE(whole.recipients[1].body);

    const auto sparse = read_reply("messages.send.reply_nulls", send);
    EXPECT_TRUE(sparse.status.empty());
    EXPECT_FALSE(sparse.template_id);
    EXPECT_FALSE(sparse.template_name);
    EXPECT_FALSE(sparse.scheduled_at);
    ASSERT_EQ(sparse.recipients.size(), 1U);
    EXPECT_FALSE(sparse.recipients[0].message_id);
    EXPECT_EQ(sparse.recipients[0].to, wire::phone_number);
    EXPECT_TRUE(sparse.recipients[0].channel.empty()) << "the service chooses";
    EXPECT_FALSE(sparse.recipients[0].body);

    const auto unknown = read_reply("messages.send.reply_unknown", send);
    EXPECT_EQ(unknown.status.str(), "HANDED_OVER");
    ASSERT_EQ(unknown.recipients.size(), 2U);
    EXPECT_EQ(unknown.recipients[0].message_id, wire::message_id);
    EXPECT_EQ(unknown.recipients[0].channel.str(), "carrier-pigeon");
}

TEST(V3Messages, HaveEveryMember) {
    const auto get = [](const Client& c) { return c.messages().get(wire::message_id); };
    wire::expect_whole_message(read_reply("messages.get.reply", get));
    wire::expect_empty_message(read_reply("messages.get.reply_nulls", get), wire::message_id);
    wire::expect_strange_message(read_reply("messages.get.reply_unknown", get));
}

TEST(V3Messages, AreResent) {
    const auto resend = [](const Client& c) { return c.messages().resend(wire::message_id); };

    const auto whole = read_reply("messages.resend.reply", resend);
    EXPECT_EQ(whole.status, sent::MessageStatus::queued);
    EXPECT_EQ(whole.template_id, wire::template_id);
    EXPECT_EQ(whole.template_name, "visit_reminder");
    EXPECT_EQ(whole.scheduled_at, at("2026-08-02T09:30:00Z"));
    ASSERT_EQ(whole.recipients.size(), 1U);
    EXPECT_EQ(whole.recipients[0].message_id, wire::message_id);
    EXPECT_EQ(whole.recipients[0].to, wire::phone_number);
    EXPECT_EQ(whole.recipients[0].channel, sent::Channel::sms);
    EXPECT_EQ(whole.recipients[0].body, "Mira, see you at 14:30.");

    const auto sparse = read_reply("messages.resend.reply_nulls", resend);
    EXPECT_TRUE(sparse.status.empty());
    EXPECT_TRUE(sparse.recipients.empty());

    const auto unknown = read_reply("messages.resend.reply_unknown", resend);
    EXPECT_EQ(unknown.status.str(), "HANDED_OVER");
    ASSERT_EQ(unknown.recipients.size(), 2U);
    EXPECT_NE(unknown.recipients[0].message_id, wire::message_id) << "another id is no error";
}

TEST(V3Messages, AreCancelled) {
    const auto cancel = [](const Client& c) { return c.messages().cancel(wire::message_id); };

    const auto whole = read_reply("messages.cancel.reply", cancel);
    EXPECT_EQ(whole.id, wire::message_id);
    EXPECT_EQ(whole.status, sent::MessageStatus::cancelled);
    EXPECT_TRUE(is_final(whole.status));
    EXPECT_EQ(whole.scheduled_at, at("2026-12-24T09:00:00Z"));
    ASSERT_EQ(whole.events.size(), 2U);
    EXPECT_EQ(whole.events[1].status, sent::MessageStatus::scheduled);

    wire::expect_empty_message(read_reply("messages.cancel.reply_nulls", cancel), wire::message_id);
    wire::expect_strange_message(read_reply("messages.cancel.reply_unknown", cancel));
}

TEST(V3Messages, HaveActivities) {
    const auto get = [](const Client& c) { return c.messages().activities(wire::message_id); };

    const auto whole = read_reply("messages.activities.reply", get);
    EXPECT_EQ(whole.message_id, wire::message_id);
    ASSERT_EQ(whole.activities.size(), 2U);
    const auto& newest = whole.activities[0];
    EXPECT_EQ(newest.status, sent::MessageStatus::scheduled);
    EXPECT_EQ(newest.description, "held until its time");
    EXPECT_EQ(newest.from, "+442071838799");
    EXPECT_EQ(newest.timestamp, at("2026-03-11T21:50:51Z"));
    EXPECT_EQ(newest.price, "0.0055");
    EXPECT_EQ(newest.active_contact_price, "0.0100") << "decimal text stays as it is";
    EXPECT_EQ(newest.scheduled_at, at("2026-03-11T22:00:00Z"));
    EXPECT_EQ(newest.reason_code, "DELIVERY_004");
    EXPECT_EQ(newest.reason, "the handset is off");
    EXPECT_EQ(whole.activities[1].status, sent::MessageStatus::processed);
    EXPECT_EQ(whole.activities[1].description, "seen");
    ASSERT_TRUE(whole.pagination);
    wire::expect_golden_totals(*whole.pagination);

    const auto sparse = read_reply("messages.activities.reply_nulls", get);
    EXPECT_EQ(sparse.message_id, wire::message_id);
    EXPECT_FALSE(sparse.pagination);
    ASSERT_EQ(sparse.activities.size(), 1U);
    const auto& empty = sparse.activities[0];
    EXPECT_TRUE(empty.status.empty());
    EXPECT_EQ(empty.description, "");
    EXPECT_FALSE(empty.from);
    EXPECT_FALSE(empty.timestamp);
    EXPECT_FALSE(empty.price);
    EXPECT_FALSE(empty.active_contact_price);
    EXPECT_FALSE(empty.scheduled_at);
    EXPECT_FALSE(empty.reason_code);
    EXPECT_FALSE(empty.reason);

    const auto unknown = read_reply("messages.activities.reply_unknown", get);
    ASSERT_EQ(unknown.activities.size(), 2U);
    EXPECT_EQ(unknown.activities[0].status.str(), "SHREDDED");
    EXPECT_EQ(unknown.activities[0].price, "0.01") << "a number's text where text is due";
    EXPECT_FALSE(unknown.activities[0].timestamp);
    ASSERT_TRUE(unknown.pagination);
    wire::expect_extended_totals(*unknown.pagination);
}

}  // namespace
