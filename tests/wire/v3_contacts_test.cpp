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

std::vector<wire::RequestCase> contact_requests() {
    sent::CreateContactRequest create;
    create.phone_number = wire::phone_number;
    sent::ListContactsRequest list;
    list.page = 3;
    list.page_size = 50;
    list.search = "7183 & more";
    list.channel = sent::Channel::whatsapp;
    list.phone = wire::phone_number;
    sent::UpdateContactRequest untouched;
    untouched.id = wire::contact_id;
    auto changed = untouched;
    changed.default_channel = sent::Channel::sms;
    changed.opt_out = true;
    auto cleared = untouched;
    cleared.default_channel = sent::null;
    cleared.opt_out = sent::null;
    auto opted_in = untouched;
    opted_in.opt_out = false;
    const auto update = [](const sent::UpdateContactRequest& request, const sent::CallOptions& options) {
        return [request, options](const Client& c) { (void)c.contacts().update(request, options); };
    };
    const auto keyed = wire::keyed();
    return {
        {"v3/contacts.create.minimal", [=](const Client& c) { (void)c.contacts().create(create, keyed); }},
        {"v3/contacts.create.sandbox",
         [=](const Client& c) { (void)c.contacts().create(create, wire::in_sandbox(keyed)); }},
        {"v3/contacts.list.minimal", [](const Client& c) { (void)c.contacts().list(); }},
        {"v3/contacts.list.full", [=](const Client& c) { (void)c.contacts().list(list); }},
        {"v3/contacts.get.minimal", [](const Client& c) { (void)c.contacts().get(wire::contact_id); }},
        {"v3/contacts.get.profile",
         [](const Client& c) { (void)c.contacts().get(wire::contact_id, wire::for_profile()); }},
        {"v3/contacts.update.minimal", update(untouched, keyed)},
        {"v3/contacts.update.full", update(changed, keyed)},
        {"v3/contacts.update.nulls", update(cleared, keyed)},
        {"v3/contacts.update.sandbox", update(opted_in, wire::in_sandbox(keyed))},
        {"v3/contacts.remove.minimal", [](const Client& c) { (void)c.contacts().remove(wire::contact_id); }},
        {"v3/contacts.remove.sandbox",
         [](const Client& c) { (void)c.contacts().remove(wire::contact_id, wire::in_sandbox()); }},
        {"v3/contacts.message_summary.minimal",
         [](const Client& c) { (void)c.contacts().message_summary(wire::contact_id); }},
    };
}

INSTANTIATE_TEST_SUITE_P(V3Contacts, Requests, ::testing::ValuesIn(contact_requests()), wire::name_of_case);

void expect_whole(const sent::Contact& contact) {
    EXPECT_EQ(contact.id, wire::contact_id);
    EXPECT_EQ(contact.customer_id, wire::sender_id);
    EXPECT_EQ(contact.phone_number, "+442071838750");
    EXPECT_EQ(contact.format_e164, "+442071838751");
    EXPECT_EQ(contact.format_international, "+44 20 7183 8750");
    EXPECT_EQ(contact.format_national, "020 7183 8750");
    EXPECT_EQ(contact.format_rfc, "tel:+44-20-7183-8750");
    EXPECT_EQ(contact.country_code, "44");
    EXPECT_EQ(contact.region_code, "GB");
    EXPECT_EQ(contact.available_channels, "sms,whatsapp");
    EXPECT_EQ(contact.default_channel, sent::Channel::whatsapp);
    EXPECT_TRUE(contact.opt_out);
    EXPECT_TRUE(contact.is_inherited);
    EXPECT_EQ(contact.created_at, at("2026-07-01T08:00:00Z"));
    EXPECT_EQ(contact.updated_at, at("2026-07-02T09:30:00.5Z"));
}

void expect_empty(const sent::Contact& contact, const std::string& id = wire::contact_id) {
    EXPECT_EQ(contact.id, id);
    EXPECT_EQ(contact.customer_id, "");
    EXPECT_EQ(contact.phone_number, "");
    EXPECT_EQ(contact.format_e164, "");
    EXPECT_EQ(contact.format_international, "");
    EXPECT_EQ(contact.format_national, "");
    EXPECT_EQ(contact.format_rfc, "");
    EXPECT_EQ(contact.country_code, "");
    EXPECT_EQ(contact.region_code, "");
    EXPECT_EQ(contact.available_channels, "");
    EXPECT_TRUE(contact.default_channel.empty());
    EXPECT_FALSE(contact.opt_out);
    EXPECT_FALSE(contact.is_inherited);
    EXPECT_FALSE(contact.created_at);
    EXPECT_FALSE(contact.updated_at);
}

void expect_pigeon(const sent::Contact& contact) {
    EXPECT_EQ(contact.id, wire::contact_id);
    EXPECT_EQ(contact.default_channel.str(), "carrier-pigeon");
    EXPECT_EQ(contact.available_channels, "sms,carrier-pigeon");
    EXPECT_FALSE(contact.created_at) << "an unreadable time is empty";
}

/// The three golden replies of an operation that answers with a contact.
template <class Call>
void expect_contact_replies(const std::string& operation, Call call) {
    SCOPED_TRACE(operation);
    expect_whole(read_reply(operation + ".reply", call));
    expect_empty(read_reply(operation + ".reply_nulls", call));
    expect_pigeon(read_reply(operation + ".reply_unknown", call));
}

TEST(V3Contacts, HaveEveryMember) {
    sent::CreateContactRequest create;
    create.phone_number = wire::phone_number;
    sent::UpdateContactRequest update;
    update.id = wire::contact_id;
    expect_contact_replies("contacts.create", [&](const Client& c) { return c.contacts().create(create); });
    expect_contact_replies("contacts.get", [](const Client& c) { return c.contacts().get("1"); });
    expect_contact_replies("contacts.update", [&](const Client& c) { return c.contacts().update(update); });
}

TEST(V3Contacts, ComeInPages) {
    const auto list = [](const Client& c) { return c.contacts().list(); };

    const auto page = read_reply("contacts.list.reply", list);
    ASSERT_EQ(page.items.size(), 2U);
    expect_whole(page.items[0]);
    expect_empty(page.items[1], "second");
    wire::expect_golden_totals(page);

    const auto sparse = read_reply("contacts.list.reply_nulls", list);
    ASSERT_EQ(sparse.items.size(), 2U) << "a null is no element";
    expect_empty(sparse.items[0]);
    expect_empty(sparse.items[1], "");
    wire::expect_no_totals(sparse);

    const auto extended = read_reply("contacts.list.reply_unknown", list);
    ASSERT_EQ(extended.items.size(), 2U);
    expect_pigeon(extended.items[0]);
    wire::expect_extended_totals(extended);
}

TEST(V3Contacts, AreRemoved) {
    wire::expect_done("contacts.remove.reply",
                      [](const Client& c) { return c.contacts().remove(wire::contact_id); });
}

TEST(V3Contacts, HaveAMessageSummary) {
    const auto get = [](const Client& c) { return c.contacts().message_summary(wire::contact_id); };

    const auto whole = read_reply("contacts.message_summary.reply", get);
    EXPECT_EQ(whole.contact_id, wire::contact_id);
    EXPECT_EQ(whole.message_count, 42);
    EXPECT_EQ(whole.first_message_at, at("2026-07-01T08:00:00Z"));
    EXPECT_EQ(whole.last_message_at, at("2026-07-02T09:30:00Z"));
    EXPECT_EQ(whole.channels_used, (std::vector<sent::Channel>{sent::Channel::sms, sent::Channel::whatsapp}));
    ASSERT_EQ(whole.channel_scores.size(), 2U);
    EXPECT_EQ(whole.channel_scores[0].channel, sent::Channel::sms);
    EXPECT_EQ(whole.channel_scores[0].success_score, 97);
    EXPECT_EQ(whole.channel_scores[0].fail_score, 3);
    EXPECT_EQ(whole.channel_scores[1].channel, sent::Channel::rcs);
    EXPECT_EQ(whole.channel_scores[1].success_score, 0);
    EXPECT_EQ(whole.channel_scores[1].fail_score, 100);

    const auto empty = read_reply("contacts.message_summary.reply_nulls", get);
    EXPECT_EQ(empty.contact_id, "");
    EXPECT_EQ(empty.message_count, 0);
    EXPECT_FALSE(empty.first_message_at);
    EXPECT_FALSE(empty.last_message_at);
    EXPECT_TRUE(empty.channels_used.empty());
    EXPECT_TRUE(empty.channel_scores.empty());

    const auto unknown = read_reply("contacts.message_summary.reply_unknown", get);
    EXPECT_EQ(unknown.message_count, 9007199254740993) << "more than a double can count";
    EXPECT_EQ(unknown.channels_used.at(0).str(), "carrier-pigeon");
    ASSERT_EQ(unknown.channel_scores.size(), 2U);
    EXPECT_EQ(unknown.channel_scores[0].success_score, 50);
    EXPECT_EQ(unknown.channel_scores[1].success_score, 0);
}

}  // namespace
