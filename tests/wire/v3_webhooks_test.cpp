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

/// For create and update, which take the same members.
template <class Request>
Request minimal() {
    Request request;
    request.display_name = "Delivery events";
    request.endpoint_url = "https://hooks.example.org/sent";
    return request;
}

template <class Request>
Request full() {
    auto request = minimal<Request>();
    request.event_types = {"message", "templates"};
    request.event_filters = sent::EventFilters{{"message", {"delivered", "failed"}}};
    request.retry_count = 4;
    request.timeout_seconds = 45;
    auto& inherited = request.sender_profile.emplace();
    inherited.event_types = {"message"};
    inherited.event_filters = sent::EventFilters{{"message", {"read"}}};
    return request;
}

template <class Request>
Request nulls() {
    auto request = minimal<Request>();
    request.event_filters = sent::null;
    request.sender_profile = sent::null;
    return request;
}

template <class Request>
Request nulls_inside() {
    auto request = minimal<Request>();
    auto& inherited = request.sender_profile.emplace();
    inherited.event_types = {"message"};
    inherited.event_filters = sent::null;
    return request;
}

std::vector<wire::RequestCase> webhook_writes() {
    const auto create = [](const sent::CreateWebhookRequest& request, const sent::CallOptions& options) {
        return [=](const Client& c) { (void)c.webhooks().create(request, options); };
    };
    const auto update = [](sent::UpdateWebhookRequest request, const sent::CallOptions& options) {
        request.id = wire::webhook_id;
        return [=](const Client& c) { (void)c.webhooks().update(request, options); };
    };
    using Create = sent::CreateWebhookRequest;
    using Update = sent::UpdateWebhookRequest;
    const auto keyed = wire::keyed();
    const auto simulated = wire::in_sandbox(keyed);
    return {
        {"v3/webhooks.create.minimal", create(minimal<Create>(), keyed)},
        {"v3/webhooks.create.full", create(full<Create>(), keyed)},
        {"v3/webhooks.create.nulls", create(nulls<Create>(), keyed)},
        {"v3/webhooks.create.nulls_inside", create(nulls_inside<Create>(), keyed)},
        {"v3/webhooks.create.sandbox", create(minimal<Create>(), simulated)},
        {"v3/webhooks.update.minimal", update(minimal<Update>(), keyed)},
        {"v3/webhooks.update.full", update(full<Update>(), keyed)},
        {"v3/webhooks.update.nulls", update(nulls<Update>(), keyed)},
        {"v3/webhooks.update.nulls_inside", update(nulls_inside<Update>(), keyed)},
        {"v3/webhooks.update.sandbox", update(minimal<Update>(), simulated)},
    };
}

std::vector<wire::RequestCase> webhook_reads() {
    sent::ListWebhooksRequest list;
    list.page = 3;
    list.page_size = 50;
    list.search = "delivery";
    list.is_active = true;
    const sent::ListWebhookEventsRequest events{wire::webhook_id};
    const sent::ListWebhookEventsRequest some_events{wire::webhook_id, 3, 50, "message"};
    return {
        {"v3/webhooks.list.minimal", [](const Client& c) { (void)c.webhooks().list(); }},
        {"v3/webhooks.list.full", [=](const Client& c) { (void)c.webhooks().list(list); }},
        {"v3/webhooks.get.minimal", [](const Client& c) { (void)c.webhooks().get(wire::webhook_id); }},
        {"v3/webhooks.event_types.minimal", [](const Client& c) { (void)c.webhooks().event_types(); }},
        {"v3/webhooks.events.minimal", [=](const Client& c) { (void)c.webhooks().events(events); }},
        {"v3/webhooks.events.full", [=](const Client& c) { (void)c.webhooks().events(some_events); }},
    };
}

std::vector<wire::RequestCase> webhook_actions() {
    const auto keyed = wire::keyed();
    const auto simulated = wire::in_sandbox(keyed);
    const std::string event = "message.delivered";
    return {
        {"v3/webhooks.remove.minimal", [](const Client& c) { (void)c.webhooks().remove(wire::webhook_id); }},
        {"v3/webhooks.rotate_secret.minimal",
         [=](const Client& c) { (void)c.webhooks().rotate_secret(wire::webhook_id, keyed); }},
        {"v3/webhooks.rotate_secret.sandbox",
         [=](const Client& c) { (void)c.webhooks().rotate_secret(wire::webhook_id, simulated); }},
        {"v3/webhooks.test.minimal",
         [=](const Client& c) { (void)c.webhooks().test(wire::webhook_id, event, keyed); }},
        {"v3/webhooks.test.sandbox",
         [=](const Client& c) { (void)c.webhooks().test(wire::webhook_id, event, simulated); }},
        {"v3/webhooks.toggle_status.minimal",
         [=](const Client& c) { (void)c.webhooks().toggle_status(wire::webhook_id, false, keyed); }},
        {"v3/webhooks.toggle_status.sandbox",
         [=](const Client& c) { (void)c.webhooks().toggle_status(wire::webhook_id, true, simulated); }},
    };
}

INSTANTIATE_TEST_SUITE_P(V3WebhookWrites, Requests, ::testing::ValuesIn(webhook_writes()),
                         wire::name_of_case);
INSTANTIATE_TEST_SUITE_P(V3WebhookReads, Requests, ::testing::ValuesIn(webhook_reads()), wire::name_of_case);
INSTANTIATE_TEST_SUITE_P(V3WebhookActions, Requests, ::testing::ValuesIn(webhook_actions()),
                         wire::name_of_case);

void expect_whole(const sent::Webhook& webhook) {
    EXPECT_EQ(webhook.id, wire::webhook_id);
    EXPECT_EQ(webhook.customer_id, wire::sender_id);
    EXPECT_EQ(webhook.display_name, "Delivery events");
    EXPECT_EQ(webhook.endpoint_url, "https://hooks.example.org/sent");
    EXPECT_EQ(webhook.event_types, (std::vector<std::string>{"message", "templates"}));
    EXPECT_EQ(webhook.event_filters,
              (sent::EventFilters{{"message", {"delivered", "failed"}}, {"templates", {}}}));
    EXPECT_TRUE(webhook.is_active);
    EXPECT_EQ(webhook.signing_secret, "whsec_c2VudC1jcHAtc2RrLXRlc3Qtc2lnbmluZy1rZXktMDE=");
    EXPECT_EQ(webhook.retry_count, 4);
    EXPECT_EQ(webhook.timeout_seconds, 45);
    EXPECT_EQ(webhook.consecutive_failures, 2);
    EXPECT_EQ(webhook.last_delivery_attempt_at, at("2026-07-03T10:00:00Z"));
    EXPECT_EQ(webhook.last_successful_delivery_at, at("2026-07-03T09:00:00Z"));
    EXPECT_EQ(webhook.created_at, at("2026-07-01T08:00:00Z"));
    EXPECT_EQ(webhook.updated_at, at("2026-07-02T09:30:00Z"));
}

void expect_empty(const sent::Webhook& webhook, const std::string& id = wire::webhook_id) {
    EXPECT_EQ(webhook.id, id);
    EXPECT_EQ(webhook.customer_id, "");
    EXPECT_EQ(webhook.display_name, "");
    EXPECT_EQ(webhook.endpoint_url, "");
    EXPECT_TRUE(webhook.event_types.empty());
    EXPECT_TRUE(webhook.event_filters.empty());
    EXPECT_FALSE(webhook.is_active);
    EXPECT_FALSE(webhook.signing_secret);
    EXPECT_EQ(webhook.retry_count, 0);
    EXPECT_EQ(webhook.timeout_seconds, 0);
    EXPECT_EQ(webhook.consecutive_failures, 0);
    EXPECT_FALSE(webhook.last_delivery_attempt_at);
    EXPECT_FALSE(webhook.last_successful_delivery_at);
    EXPECT_FALSE(webhook.created_at);
    EXPECT_FALSE(webhook.updated_at);
}

void expect_strange(const sent::Webhook& webhook) {
    EXPECT_EQ(webhook.id, wire::webhook_id);
    EXPECT_EQ(webhook.event_types, std::vector<std::string>{"pigeon"});
    EXPECT_EQ(webhook.event_filters, (sent::EventFilters{{"pigeon", {"landed"}}}));
    EXPECT_EQ(webhook.signing_secret, "whsec_****");
    EXPECT_TRUE(webhook.is_active);
}

template <class Call>
void expect_webhook_replies(const std::string& operation, Call call) {
    SCOPED_TRACE(operation);
    expect_whole(read_reply(operation + ".reply", call));
    expect_empty(read_reply(operation + ".reply_nulls", call));
    expect_strange(read_reply(operation + ".reply_unknown", call));
}

TEST(V3Webhooks, HaveEveryMember) {
    auto update = minimal<sent::UpdateWebhookRequest>();
    update.id = wire::webhook_id;
    expect_webhook_replies("webhooks.create", [](const Client& c) {
        return c.webhooks().create(minimal<sent::CreateWebhookRequest>());
    });
    expect_webhook_replies("webhooks.update", [&](const Client& c) { return c.webhooks().update(update); });
    expect_webhook_replies("webhooks.get", [](const Client& c) { return c.webhooks().get("1"); });
    expect_webhook_replies("webhooks.toggle_status",
                           [](const Client& c) { return c.webhooks().toggle_status("1", true); });
}

TEST(V3Webhooks, ComeInPages) {
    const auto list = [](const Client& c) { return c.webhooks().list(); };

    const auto page = read_reply("webhooks.list.reply", list);
    ASSERT_EQ(page.items.size(), 2U);
    expect_whole(page.items[0]);
    expect_empty(page.items[1], "second");
    wire::expect_golden_totals(page);

    const auto sparse = read_reply("webhooks.list.reply_nulls", list);
    ASSERT_EQ(sparse.items.size(), 2U) << "a null is no element";
    expect_empty(sparse.items[0]);
    wire::expect_no_totals(sparse);

    const auto extended = read_reply("webhooks.list.reply_unknown", list);
    ASSERT_EQ(extended.items.size(), 2U);
    expect_strange(extended.items[0]);
    wire::expect_extended_totals(extended);
}

TEST(V3Webhooks, AreRemoved) {
    wire::expect_done("webhooks.remove.reply",
                      [](const Client& c) { return c.webhooks().remove(wire::webhook_id); });
}

}  // namespace
