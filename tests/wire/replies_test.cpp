#include <chrono>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "wire/golden.hpp"

/// Every member of the documented replies, but for templates: see template_replies_test.cpp.

namespace {

using namespace std::chrono_literals;
using wire::Session;

std::optional<sent::Timestamp> at(std::string_view text) {
    return sent::parse_timestamp(text);
}

template <class Contact>
void expect_british_contact(const Contact& contact) {
    EXPECT_EQ(contact.id, wire::contact_id);
    EXPECT_EQ(contact.phone_number, "+442071838750");
    EXPECT_EQ(contact.format_e164, "+442071838750");
    EXPECT_EQ(contact.format_international, "+44 20 7183 8750");
    EXPECT_EQ(contact.format_national, "020 7183 8750");
    EXPECT_EQ(contact.format_rfc, "tel:+44-20-7183-8750");
    EXPECT_EQ(contact.country_code, "44");
    EXPECT_EQ(contact.region_code, "GB");
    EXPECT_EQ(contact.available_channels, "sms,whatsapp");
    EXPECT_EQ(contact.default_channel, "whatsapp");
}

template <class Contact>
void expect_sparse_contact(const Contact& contact) {
    EXPECT_EQ(contact.id, wire::contact_id);
    EXPECT_EQ(contact.phone_number, "+442071838750");
    EXPECT_EQ(contact.format_e164, "");
    EXPECT_EQ(contact.format_rfc, "");
    EXPECT_EQ(contact.default_channel, "");
}

/// The last of two members of one name counts.
template <class Contact>
void expect_pigeon_contact(const Contact& contact) {
    EXPECT_EQ(contact.id, wire::contact_id);
    EXPECT_EQ(contact.available_channels, "sms,whatsapp,carrier-pigeon");
    EXPECT_EQ(contact.default_channel, "carrier-pigeon");
}

template <class Page>
void expect_contacts(const Page& page) {
    ASSERT_EQ(page.items.size(), 2U);
    expect_british_contact(page.items[0]);
    EXPECT_EQ(page.items[1].phone_number, "+14155550100");
    EXPECT_EQ(page.items[1].region_code, "US");
    EXPECT_EQ(page.total_count, 41);
    EXPECT_EQ(page.page, 0);
    EXPECT_EQ(page.page_size, 20);
    EXPECT_EQ(page.total_pages, 3);
    EXPECT_TRUE(page.has_more);
}

// --- sends
// --------------------------------------------------------------------------------------------------

template <class Send>
void expect_accepted(const std::string& reply, Send send) {
    const Session session(reply);
    const sent::Result<void> done = send(session.client);
    EXPECT_TRUE(done) << reply;
    EXPECT_EQ(done.meta().http_status, 204) << reply;
    EXPECT_EQ(done.meta().attempts, 1) << reply;
    EXPECT_EQ(done.meta().raw_body, "") << reply;
}

TEST(Replies, ToSendsAreEmpty) {
    const auto any = wire::template_id;
    expect_accepted("v1/messages.send_to_contact.reply", [&](auto& c) {
        return c.v1().messages().send_to_contact({wire::contact_id, any});
    });
    expect_accepted("v1/messages.send_to_phone.reply", [&](auto& c) {
        return c.v1().messages().send_to_phone({wire::phone_number, any});
    });
    expect_accepted("v2/messages.send_to_contact.reply", [&](auto& c) {
        return c.v2().messages().send_to_contact({wire::contact_id, any});
    });
    expect_accepted("v2/messages.send_to_phone.reply", [&](auto& c) {
        return c.v2().messages().send_to_phone({wire::phone_number, any});
    });
    expect_accepted("v2/messages.send_quick_message.reply", [&](auto& c) {
        return c.v2().messages().send_quick_message({wire::phone_number, "Hi"});
    });
    expect_accepted("v2/templates.remove.reply",
                    [&](auto& c) { return c.v2().templates().remove(wire::template_id); });
}

// --- contacts
// -----------------------------------------------------------------------------------------------

TEST(Replies, HaveEveryMemberOfAContact) {
    expect_british_contact(Session("v1/contacts.get.reply").client.v1().contacts().get("1").value());
    expect_british_contact(
        Session("v1/contacts.get_by_phone.reply").client.v1().contacts().get_by_phone("+1").value());
    expect_british_contact(Session("v2/contacts.get.reply").client.v2().contacts().get("1").value());
    expect_british_contact(
        Session("v2/contacts.get_by_phone.reply").client.v2().contacts().get_by_phone("+1").value());
}

TEST(Replies, MayLackMembersOfAContact) {
    expect_sparse_contact(Session("v1/contacts.get.reply_nulls").client.v1().contacts().get("1").value());
    expect_sparse_contact(
        Session("v1/contacts.get_by_phone.reply_nulls").client.v1().contacts().get_by_phone("+1").value());
    expect_sparse_contact(Session("v2/contacts.get.reply_nulls").client.v2().contacts().get("1").value());
    expect_sparse_contact(
        Session("v2/contacts.get_by_phone.reply_nulls").client.v2().contacts().get_by_phone("+1").value());
}

TEST(Replies, MayHaveUnknownMembersInAContact) {
    expect_pigeon_contact(Session("v1/contacts.get.reply_unknown").client.v1().contacts().get("1").value());
    expect_pigeon_contact(
        Session("v1/contacts.get_by_phone.reply_unknown").client.v1().contacts().get_by_phone("+1").value());
    expect_pigeon_contact(Session("v2/contacts.get.reply_unknown").client.v2().contacts().get("1").value());
    expect_pigeon_contact(
        Session("v2/contacts.get_by_phone.reply_unknown").client.v2().contacts().get_by_phone("+1").value());
}

TEST(Replies, HaveEveryMemberOfAPage) {
    expect_contacts(Session("v1/contacts.list.reply").client.v1().contacts().list().value());
    expect_contacts(Session("v2/contacts.list.reply").client.v2().contacts().list().value());
}

TEST(Replies, MayLackMembersOfAPage) {
    const auto page = Session("v2/contacts.list.reply_nulls").client.v2().contacts().list().value();
    EXPECT_TRUE(page.items.empty());
    EXPECT_EQ(page.total_count, 0);
    EXPECT_FALSE(page.has_more);
    EXPECT_TRUE(Session("v1/contacts.list.reply_nulls").client.v1().contacts().list().value().items.empty());
}

TEST(Replies, MayHaveUnknownMembersInAPage) {
    const auto page = Session("v2/contacts.list.reply_unknown").client.v2().contacts().list().value();
    ASSERT_EQ(page.items.size(), 2U);
    expect_pigeon_contact(page.items[0]);
    EXPECT_EQ(page.items[1].id, "");
    EXPECT_FALSE(page.has_more);
    EXPECT_EQ(Session("v1/contacts.list.reply_unknown").client.v1().contacts().list().value().items.size(),
              2U);
}

TEST(Replies, StayAvailableAsTheyCame) {
    const Session session("v2/contacts.get.reply_unknown");
    const auto contact = session.client.v2().contacts().get("1");
    const auto golden = wire::golden("v2/contacts.get.reply_unknown");

    EXPECT_EQ(contact.meta().raw_body, golden.body);
    EXPECT_EQ(contact.meta().headers, golden.headers);
    EXPECT_EQ(contact.meta().http_status, 200);
}

// --- messages
// -----------------------------------------------------------------------------------------------

TEST(Replies, HaveEveryMemberOfAMessage) {
    const auto message = Session("v2/messages.get.reply").client.v2().messages().get("1").value();

    EXPECT_EQ(message.id, wire::message_id);
    EXPECT_EQ(message.customer_id, wire::sender_id);
    EXPECT_EQ(message.contact_id, wire::contact_id);
    EXPECT_EQ(message.phone_number, "+442071838750");
    EXPECT_EQ(message.phone_number_international, "+44 20 7183 8750");
    EXPECT_EQ(message.region_code, "GB");
    EXPECT_EQ(message.template_id, wire::template_id);
    EXPECT_EQ(message.template_name, "Visit reminder");
    EXPECT_EQ(message.template_category, "UTILITY");
    EXPECT_EQ(message.channel, sent::v2::Channel::whatsapp);
    EXPECT_EQ(message.channel.str(), "WhatsApp");
    EXPECT_EQ(message.status, sent::v2::MessageStatus::failed);
    EXPECT_EQ(message.created_at, at("2026-01-20T09:15:02.118Z"));
    EXPECT_EQ(message.corrected_price, "0.0412") << "digit for digit";
}

TEST(Replies, HaveEveryMemberOfAMessagesBody) {
    const auto message = Session("v2/messages.get.reply").client.v2().messages().get("1").value();

    ASSERT_TRUE(message.message_body);
    EXPECT_EQ(message.message_body->header, "Visit reminder");
    EXPECT_EQ(message.message_body->content, "Mira, see you at 14:30.");
    EXPECT_EQ(message.message_body->footer, "Reply STOP to end");
    ASSERT_EQ(message.message_body->buttons.size(), 1U);
    EXPECT_EQ(message.message_body->buttons[0].type, "QUICK_REPLY");
    EXPECT_EQ(message.message_body->buttons[0].value, "Confirm");
}

TEST(Replies, HaveEveryMemberOfAMessagesEvents) {
    const auto message = Session("v2/messages.get.reply").client.v2().messages().get("1").value();

    ASSERT_EQ(message.events.size(), 2U);
    EXPECT_EQ(message.events[0].status, sent::v2::MessageStatus::queued);
    EXPECT_EQ(message.events[0].timestamp, at("2026-01-20T09:15:02.12Z"));
    EXPECT_EQ(message.events[0].description, std::nullopt);
    EXPECT_EQ(message.events[1].status, sent::v2::MessageStatus::failed);
    EXPECT_EQ(message.events[1].timestamp, at("2026-01-20T09:15:06.4410001Z")) << "7 digits, other offset";
    EXPECT_EQ(message.events[1].description, "Unreachable");
}

TEST(Replies, MayLackMembersOfAMessage) {
    const auto message = Session("v2/messages.get.reply_nulls").client.v2().messages().get("1").value();

    EXPECT_EQ(message.id, wire::message_id);
    EXPECT_EQ(message.template_id, std::nullopt);
    EXPECT_EQ(message.template_name, "");
    EXPECT_EQ(message.message_body, std::nullopt);
    EXPECT_EQ(message.status, sent::v2::MessageStatus::queued);
    EXPECT_EQ(message.created_at, std::nullopt);
    EXPECT_EQ(message.corrected_price, std::nullopt);
    EXPECT_TRUE(message.events.empty());
    EXPECT_TRUE(message.channel.empty());
}

TEST(Replies, MayHaveUnknownMembersInAMessage) {
    const auto message = Session("v2/messages.get.reply_unknown").client.v2().messages().get("1").value();

    EXPECT_EQ(message.channel.str(), "Pigeon");
    EXPECT_EQ(message.status.str(), "UNDELIVERABLE");
    ASSERT_TRUE(message.message_body);
    EXPECT_EQ(message.message_body->content, "Hi");
    EXPECT_EQ(message.corrected_price, "0.0500");
    ASSERT_EQ(message.events.size(), 2U);
    EXPECT_EQ(message.events[0].status, sent::v2::MessageStatus::delivered) << "in upper case, as in v3";
    EXPECT_EQ(message.events[0].timestamp, std::nullopt) << "unreadable";
    EXPECT_TRUE(message.events[1].status.empty());
}

// --- numbers
// ------------------------------------------------------------------------------------------------

TEST(Replies, HaveEveryMemberOfANumber) {
    const auto number = Session("v2/numbers.lookup.reply").client.v2().numbers().lookup("+44").value();

    EXPECT_EQ(number.phone_number, "442071838750");
    EXPECT_EQ(number.format_e164, "+442071838750");
    EXPECT_EQ(number.format_international, "+44 20 7183 8750");
    EXPECT_EQ(number.format_national, "020 7183 8750");
    EXPECT_EQ(number.format_rfc, "tel:+44-20-7183-8750");
    EXPECT_EQ(number.country_code, "44");
    EXPECT_EQ(number.region_code, "GB");
    EXPECT_EQ(number.number_type, sent::v2::NumberType::fixed_line);
    EXPECT_EQ(number.phone_timezones, "Europe/London");
}

TEST(Replies, MayLackOrAddMembersOfANumber) {
    const auto sparse = Session("v2/numbers.lookup.reply_nulls").client.v2().numbers().lookup("+44").value();
    EXPECT_EQ(sparse.format_e164, "+442071838750");
    EXPECT_TRUE(sparse.number_type.empty());
    EXPECT_EQ(sparse.phone_timezones, "");

    const auto more = Session("v2/numbers.lookup.reply_unknown").client.v2().numbers().lookup("+44").value();
    EXPECT_EQ(more.number_type.str(), "satellite");
    EXPECT_EQ(more.region_code, "GB");
}

}  // namespace
