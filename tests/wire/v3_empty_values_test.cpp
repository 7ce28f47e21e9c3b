#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "wire/v3_calls.hpp"

/// What is set, but empty, is sent: it clears what absence would leave alone.

namespace {

using sent::Client;

std::string body_of(const std::function<void(const Client&)>& call) {
    const wire::Session session;
    call(session.client);
    const auto requests = session.mock->requests();
    return requests.empty() ? "nothing sent" : requests[0].body;
}

TEST(V3EmptyValues, OfAnUpdateAreSent) {
    sent::UpdateProfileRequest profile;
    profile.profile_id = "1";
    profile.name = "";
    profile.inherit_contacts = false;
    EXPECT_EQ(body_of([&](const Client& c) { (void)c.profiles().update(profile); }),
              R"({"name":"","inherit_contacts":false})");

    sent::UpdateWebhookRequest webhook;
    webhook.id = "1";
    webhook.display_name = "Events";
    webhook.event_filters = sent::EventFilters{};
    EXPECT_EQ(body_of([&](const Client& c) { (void)c.webhooks().update(webhook); }),
              R"({"display_name":"Events","event_filters":{}})");

    webhook.event_filters = sent::EventFilters{{"message", {}}};
    EXPECT_EQ(body_of([&](const Client& c) { (void)c.webhooks().update(webhook); }),
              R"({"display_name":"Events","event_filters":{"message":[]}})");
}

TEST(V3EmptyValues, OfASendAreSent) {
    sent::SendMessageRequest send;
    send.to = {wire::phone_number};
    send.text = "";
    send.template_ref.emplace().name = "reminder";
    send.template_ref->parameters = {{"first_name", ""}};
    EXPECT_EQ(body_of([&](const Client& c) { (void)c.messages().send(send); }),
              R"({"to":["+442071838750"],"template":{"name":"reminder","parameters":{"first_name":""}},)"
              R"("text":""})");
}

TEST(V3EmptyValues, OfRequiredMembersAreRefused) {
    const auto nothing = std::string{"nothing sent"};
    EXPECT_EQ(body_of([](const Client& c) { (void)c.messages().send({}); }), nothing);
    EXPECT_EQ(body_of([](const Client& c) { (void)c.contacts().create({}); }), nothing);
    EXPECT_EQ(body_of([](const Client& c) { (void)c.webhooks().create({"name", ""}); }), nothing);
    EXPECT_EQ(body_of([](const Client& c) {
                  (void)c.webhooks().create({"", "https://x.example"});
              }),
              nothing);
    EXPECT_EQ(body_of([](const Client& c) { (void)c.webhooks().test("1", ""); }), nothing);
    EXPECT_EQ(body_of([](const Client& c) { (void)c.profiles().create({}); }), nothing);
    EXPECT_EQ(body_of([](const Client& c) { (void)c.profiles().complete({"1", ""}); }), nothing);
    EXPECT_EQ(body_of([](const Client& c) { (void)c.users().create({"", "Noa"}); }), nothing);
    EXPECT_EQ(body_of([](const Client& c) { (void)c.users().create({"noa@example.org", ""}); }), nothing);
}

TEST(V3Sends, TakeAThousandRecipientsAndNotOneMore) {
    sent::SendMessageRequest send;
    send.text = "Hi";
    send.to.assign(1000, wire::phone_number);
    EXPECT_NE(body_of([&](const Client& c) { (void)c.messages().send(send); }), "nothing sent");
    send.to.emplace_back(wire::phone_number);
    EXPECT_EQ(body_of([&](const Client& c) { (void)c.messages().send(send); }), "nothing sent");
}

}  // namespace
