#include <chrono>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <sent/sent.hpp>
#include <sent/testing/emulator.hpp>

#include "wire/csv.hpp"
#include "wire/golden.hpp"

/// Each operation of v1 and v2 through the public API; v3 has files of its own, over real HTTP, against the
/// emulator.

namespace {

using namespace std::chrono_literals;
using sent::Client;
using sent::ErrorKind;
using sent::testing::Emulator;
namespace v2 = sent::v2;

class Operations : public ::testing::Test {
  protected:
    static sent::ClientOptions options_for(const Emulator& emulator) {
        sent::ClientOptions options;
        options.base_url = emulator.base_url();
        options.api_key = emulator.api_key();
        options.sender_id = emulator.sender_id();
        options.use_environment = false;
        return options;
    }

    /// With the ids of the golden files, which are among the seeds.
    template <class Request>
    static Request to_contact() {
        Request request;
        request.contact_id = wire::contact_id;
        request.template_id = wire::template_id;
        return request;
    }

    template <class Request>
    static Request to_phone() {
        Request request;
        request.phone_number = wire::phone_number;
        request.template_id = wire::template_id;
        return request;
    }

    Emulator emulator_;
    Client client_{options_for(emulator_)};
};

TEST_F(Operations, OfV1Send) {
    auto by_contact = to_contact<sent::v1::SendToContactRequest>();
    by_contact.message_body = {{"firstName", "Mira"}, {"slot", "14:30"}};
    auto by_phone = to_phone<sent::v1::SendToPhoneRequest>();
    by_phone.template_variables = {{"firstName", "Noa"}, {"slot", "15:00"}};

    EXPECT_TRUE(client_.v1().messages().send_to_contact(by_contact));
    EXPECT_TRUE(client_.v1().messages().send_to_phone(by_phone));

    const auto messages = emulator_.messages();
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].generation, "v1");
    EXPECT_EQ(messages[0].contact_id, wire::contact_id);
    EXPECT_EQ(messages[0].variables, by_contact.message_body);
    EXPECT_EQ(messages[1].phone_number, wire::phone_number);
    EXPECT_EQ(messages[1].variables, by_phone.template_variables);
}

TEST_F(Operations, OfV2Send) {
    auto by_contact = to_contact<v2::SendToContactRequest>();
    by_contact.template_variables = {{"firstName", "Mira"}, {"slot", "14:30"}};
    auto by_phone = to_phone<v2::SendToPhoneRequest>();
    by_phone.template_variables = by_contact.template_variables;

    EXPECT_TRUE(client_.v2().messages().send_to_contact(by_contact));
    EXPECT_TRUE(client_.v2().messages().send_to_phone(by_phone));

    const auto messages = emulator_.messages();
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].generation, "v2");
    EXPECT_EQ(messages[0].template_id, wire::template_id);
    EXPECT_EQ(messages[1].variables, by_phone.template_variables);
}

TEST_F(Operations, SendQuickMessagesUntilTheDayIsUsedUp) {
    v2::SendQuickMessageRequest request;
    request.phone_number = wire::phone_number;
    request.custom_message = "Your parcel is at the desk.";
    sent::CallOptions once;
    once.retry = sent::RetryOptions{};
    once.retry->max_retries = 0;
    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(client_.v2().messages().send_quick_message(request));
    }

    const auto sixth = client_.v2().messages().send_quick_message(request, once);

    ASSERT_FALSE(sixth);
    EXPECT_EQ(sixth.error().kind, ErrorKind::rate_limited);
    EXPECT_EQ(emulator_.accepted_messages(), 5U);
}

TEST_F(Operations, ReadAMessage) {
    ASSERT_TRUE(client_.v2().messages().send_to_phone(to_phone<v2::SendToPhoneRequest>()));
    const auto id = emulator_.messages().at(0).id;
    emulator_.advance(5s);

    const auto message = client_.v2().messages().get(id);

    ASSERT_TRUE(message) << message.error();
    EXPECT_EQ(message->id, id);
    EXPECT_EQ(message->customer_id, emulator_.sender_id());
    EXPECT_EQ(message->phone_number, wire::phone_number);
    EXPECT_EQ(message->template_id, wire::template_id);
    EXPECT_EQ(message->status, v2::MessageStatus::delivered);
    EXPECT_TRUE(message->message_body);
    EXPECT_TRUE(message->created_at);
    ASSERT_EQ(message->events.size(), 3U);
    EXPECT_EQ(message->events.front().status, v2::MessageStatus::queued);
    EXPECT_EQ(message->events.back().status, v2::MessageStatus::delivered);
    EXPECT_LE(message->events.front().timestamp, message->events.back().timestamp);
}

template <class Contacts>
void expect_contacts_are_found(const Contacts& contacts, const Emulator& emulator) {
    const auto by_id = contacts.get(wire::contact_id);
    ASSERT_TRUE(by_id) << by_id.error();
    EXPECT_EQ(by_id->format_e164, wire::phone_number);
    const auto by_phone = contacts.get_by_phone(wire::phone_number);
    ASSERT_TRUE(by_phone) << by_phone.error();
    EXPECT_EQ(by_phone->id, wire::contact_id);
    const auto page = contacts.list();
    ASSERT_TRUE(page) << page.error();
    EXPECT_EQ(page->items.size(), emulator.seeds().contacts.size());

    std::set<std::string> ids;
    for (const auto& contact : contacts.all({0, 1})) {
        ASSERT_TRUE(contact) << contact.error();
        ids.insert(contact->id);
    }
    EXPECT_EQ(ids.size(), emulator.seeds().contacts.size()) << "in pages of one";
    const auto nobody = contacts.get("11111111-2222-4333-8444-555555555555");
    ASSERT_FALSE(nobody);
    EXPECT_EQ(nobody.error().kind, ErrorKind::not_found);
}

TEST_F(Operations, ReadContacts) {
    expect_contacts_are_found(client_.v1().contacts(), emulator_);
    expect_contacts_are_found(client_.v2().contacts(), emulator_);
}

TEST_F(Operations, OfV1ReadTemplates) {
    const auto list = client_.v1().templates().list();
    ASSERT_TRUE(list) << list.error();
    EXPECT_EQ(list->items.size(), emulator_.seeds().templates.size());
    const auto found = client_.v1().templates().get(wire::template_id);
    ASSERT_TRUE(found) << found.error();
    EXPECT_EQ(found->name, "Visit reminder");
}

TEST_F(Operations, OfV2KeepTemplates) {
    const auto templates = client_.v2().templates();
    v2::CreateTemplateRequest request;
    request.category = v2::TemplateCategory::utility;
    request.language = "en_US";
    auto& text = request.definition.body.multi_channel.emplace();
    text.text = "Hi {{1:variable}}!";
    text.variables = {v2::text_variable(1, "firstName", "Mira")};
    request.submit_for_review = true;

    const auto created = templates.create(request);
    ASSERT_TRUE(created) << created.error();
    EXPECT_EQ(created->status, v2::TemplateStatus::pending);
    ASSERT_TRUE(created->definition.body.multi_channel);
    EXPECT_EQ(created->definition.body.multi_channel->text, text.text);
    emulator_.advance(5s);

    const auto found = templates.get(created->id);
    ASSERT_TRUE(found) << found.error();
    EXPECT_EQ(found->status, v2::TemplateStatus::approved);
    v2::ListTemplatesRequest filter;
    filter.status = v2::TemplateStatus::approved;
    filter.category = v2::TemplateCategory::utility;
    const auto page = templates.list(filter);
    ASSERT_TRUE(page) << page.error();
    EXPECT_EQ(page->items.size(), 3U);

    EXPECT_TRUE(templates.remove(created->id));
    const auto gone = templates.get(created->id);
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().kind, ErrorKind::not_found);
}

TEST_F(Operations, LookNumbersUp) {
    const auto number = client_.v2().numbers().lookup(wire::phone_number);
    ASSERT_TRUE(number) << number.error();
    EXPECT_EQ(number->format_e164, wire::phone_number);
    EXPECT_EQ(number->region_code, "GB");
}

TEST_F(Operations, AreRefusedWithoutTheRightKeys) {
    auto options = options_for(emulator_);
    options.api_key = emulator_.forbidden_api_key();
    const auto forbidden = Client{options}.v2().contacts().list();
    ASSERT_FALSE(forbidden);
    EXPECT_EQ(forbidden.error().kind, ErrorKind::permission_denied);
    options.api_key = "11111111-2222-4333-8444-555555555555";
    const auto unknown =
        Client{options}.v1().messages().send_to_contact(to_contact<sent::v1::SendToContactRequest>());
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().kind, ErrorKind::authentication);
    EXPECT_EQ(emulator_.accepted_messages(), 0U);
}

TEST_F(Operations, TellWhichMemberIsWrong) {
    auto request = to_phone<sent::v1::SendToPhoneRequest>();
    request.phone_number = "not a number";
    const auto done = client_.v1().messages().send_to_phone(request);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::bad_request);
    EXPECT_EQ(done.error().details.count("phoneNumber"), 1U) << done.error();
}

/// The column of tests/data/operations.csv that says "yes" is true.
TEST_F(Operations, OfTheTableAreServed) {
    for (auto& row : wire::read_table("operations.csv")) {
        ASSERT_EQ(row["emulator"], "yes") << row["name"];
        const auto golden = wire::golden(row["request"].substr(0, row["request"].rfind(".http")));
        sent::RawRequest request;
        request.method = row["method"];
        request.path = golden.first_line.substr(golden.first_line.find(' ') + 1);
        request.path.resize(request.path.find(' '));
        request.body = golden.body;

        const auto done = client_.request(request);

        EXPECT_EQ(emulator_.requests(row["path"]), 1U) << row["name"];
        EXPECT_NE(done.meta().http_status, 405) << row["name"];
        emulator_.reset();
    }
}

}  // namespace
