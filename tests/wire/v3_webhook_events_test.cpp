#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "wire/v3_calls.hpp"

/// What v3's webhook endpoints answer beside the endpoint itself; the requests are in v3_webhooks_test.cpp.

namespace {

using sent::Client;
using wire::at;
using wire::read_reply;

TEST(V3WebhookEventTypes, AreATree) {
    const auto list = [](const Client& c) { return c.webhooks().event_types(); };

    const auto whole = read_reply("webhooks.event_types.reply", list);
    wire::expect_one_page(whole);
    ASSERT_EQ(whole.items.size(), 2U);
    const auto& family = whole.items[0];
    EXPECT_EQ(family.name, "message");
    EXPECT_EQ(family.display_name, "Messages");
    EXPECT_EQ(family.description, "What happens to messages");
    EXPECT_EQ(family.event_type, "message");
    EXPECT_TRUE(family.is_active);
    ASSERT_EQ(family.sub_types.size(), 1U);
    const auto& delivered = family.sub_types[0];
    EXPECT_EQ(delivered.name, "delivered");
    EXPECT_EQ(delivered.display_name, "Delivered");
    EXPECT_TRUE(delivered.is_active);
    EXPECT_FALSE(delivered.description);
    EXPECT_EQ(delivered.event_type, "message.delivered");
    ASSERT_EQ(delivered.sub_types.size(), 1U);
    EXPECT_EQ(delivered.sub_types[0].name, "late");
    EXPECT_EQ(delivered.sub_types[0].display_name, "Late");
    EXPECT_EQ(delivered.sub_types[0].event_type, "message.delivered.late");
    EXPECT_EQ(delivered.sub_types[0].description, "After a day");
    EXPECT_FALSE(delivered.sub_types[0].is_active);
    EXPECT_TRUE(delivered.sub_types[0].sub_types.empty());
    EXPECT_EQ(whole.items[1].name, "link");

    const auto sparse = read_reply("webhooks.event_types.reply_nulls", list);
    wire::expect_one_page(sparse);
    ASSERT_EQ(sparse.items.size(), 1U);
    const auto& empty = sparse.items[0];
    EXPECT_EQ(empty.name, "");
    EXPECT_EQ(empty.display_name, "");
    EXPECT_FALSE(empty.description);
    EXPECT_FALSE(empty.event_type);
    EXPECT_FALSE(empty.is_active);
    EXPECT_TRUE(empty.sub_types.empty());

    const auto extended = read_reply("webhooks.event_types.reply_unknown", list);
    wire::expect_extended_totals(extended);
    ASSERT_EQ(extended.items.size(), 2U);
    EXPECT_EQ(extended.items[0].name, "pigeon");
}

TEST(V3WebhookEvents, HaveEveryMember) {
    const auto list = [](const Client& c) {
        return c.webhooks().events(sent::ListWebhookEventsRequest{wire::webhook_id});
    };

    const auto page = read_reply("webhooks.events.reply", list);
    wire::expect_golden_totals(page);
    ASSERT_EQ(page.items.size(), 2U);
    const auto& whole = page.items[0];
    EXPECT_EQ(whole.id, "4c9e1d27-06ab-4f3e-8d55-7a1b2c3d4e5f");
    EXPECT_EQ(whole.event_type, "message.delivered");
    EXPECT_EQ(
        whole.event_data.text,
        R"({"field":"message","payload":{"message_id":"3e7b5a10-8c24-4d6f-a1b9-50c2e8f7d613","n":1.5}})");
    EXPECT_EQ(whole.delivery_status, sent::WebhookDeliveryStatus::retrying);
    EXPECT_EQ(whole.delivery_attempts, 3);
    EXPECT_EQ(whole.http_status_code, 503);
    EXPECT_EQ(whole.error_message, "Service Unavailable");
    EXPECT_EQ(whole.response_body, "busy");
    EXPECT_EQ(whole.processing_started_at, at("2026-07-03T10:00:00Z"));
    EXPECT_EQ(whole.processing_completed_at, at("2026-07-03T10:00:01Z"));
    EXPECT_EQ(whole.created_at, at("2026-07-03T09:59:59.5Z"));
    EXPECT_EQ(page.items[1].id, "second");
}

TEST(V3WebhookEvents, MayLackMembers) {
    const auto page = read_reply("webhooks.events.reply_nulls", [](const Client& c) {
        return c.webhooks().events(sent::ListWebhookEventsRequest{wire::webhook_id});
    });
    wire::expect_no_totals(page);
    ASSERT_EQ(page.items.size(), 2U) << "a null is no element";
    const auto& empty = page.items[0];
    EXPECT_EQ(empty.event_type, "");
    EXPECT_TRUE(empty.event_data.text.empty() || empty.event_data.text == "null");
    EXPECT_TRUE(empty.delivery_status.empty());
    EXPECT_EQ(empty.delivery_attempts, 0);
    EXPECT_FALSE(empty.http_status_code);
    EXPECT_FALSE(empty.error_message);
    EXPECT_FALSE(empty.response_body);
    EXPECT_FALSE(empty.processing_started_at);
    EXPECT_FALSE(empty.processing_completed_at);
    EXPECT_FALSE(empty.created_at);
}

TEST(V3WebhookEvents, KeepUnknownValues) {
    const auto page = read_reply("webhooks.events.reply_unknown", [](const Client& c) {
        return c.webhooks().events(sent::ListWebhookEventsRequest{wire::webhook_id});
    });
    wire::expect_extended_totals(page);
    ASSERT_EQ(page.items.size(), 2U);
    EXPECT_EQ(page.items[0].event_data.text, R"("just text")");
    EXPECT_EQ(page.items[0].delivery_status.str(), "LOST_AT_SEA");
    EXPECT_EQ(page.items[0].http_status_code, 418) << "a number from its text";
}

TEST(V3WebhookSecrets, AreRotated) {
    const auto rotate = [](const Client& c) { return c.webhooks().rotate_secret(wire::webhook_id); };
    EXPECT_EQ(read_reply("webhooks.rotate_secret.reply", rotate).signing_secret,
              "whsec_c2VudC1jcHAtc2RrLXRlc3Qtc2lnbmluZy1rZXktMDI=");
    EXPECT_EQ(read_reply("webhooks.rotate_secret.reply_nulls", rotate).signing_secret, "");
    EXPECT_EQ(read_reply("webhooks.rotate_secret.reply_unknown", rotate).signing_secret, "whsec_new");
}

TEST(V3WebhookTests, TellHowTheyWent) {
    const auto test = [](const Client& c) { return c.webhooks().test(wire::webhook_id, "message.read"); };

    const auto whole = read_reply("webhooks.test.reply", test);
    EXPECT_TRUE(whole.success);
    EXPECT_EQ(whole.message, "Delivered with 200");
    const auto sparse = read_reply("webhooks.test.reply_nulls", test);
    EXPECT_FALSE(sparse.success);
    EXPECT_EQ(sparse.message, "");
    const auto unknown = read_reply("webhooks.test.reply_unknown", test);
    EXPECT_FALSE(unknown.success) << "of the delivery, not of the call";
    EXPECT_EQ(unknown.message, "x");
}

}  // namespace
