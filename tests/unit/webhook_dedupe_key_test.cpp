#include <sent/webhooks/dedupe_key.hpp>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <sent/webhooks/deduplicator.hpp>

/// What tells deliveries apart: headers and body, or what the event says.

namespace {

using sent::webhooks::business_key;
using sent::webhooks::dedupe_key;
using sent::webhooks::Deduplicator;
using sent::webhooks::parse_event;
using Pairs = std::vector<std::pair<std::string, std::string>>;

// The first body of the contract's section 1, and its SHA-256.
constexpr std::string_view body =
    R"({"field":"message","event":"message.delivered","timestamp":"2025-10-31T10:10:42Z","payload":{)"
    R"("account_id":"7ba7b820-9dad-11d1-80b4-00c04fd430c8","message_id":"8ba7b830-9dad-11d1-80b4-00c04fd430c8",)"
    R"("message_status":"DELIVERED","channel":"sms","outbound_number":"+12025550123","template_id":null,)"
    R"("updated_at":"2025-10-31T10:10:41Z"}})";
constexpr auto body_sha256 = "4a06323a6fcdd28e3074294ffb08ba2855bfd977249f3ec194c5203cd2a95458";

TEST(DedupeKey, IsTheEventIdInAnyCaseAndContainer) {
    for (const auto* name : {"x-webhook-event-id", "X-Webhook-Event-ID", "X-WEBHOOK-EVENT-ID"}) {
        EXPECT_EQ(dedupe_key(Pairs{{"Content-Type", "application/json"}, {name, "evt_1"}}, body), "evt_1");
        EXPECT_EQ(dedupe_key(std::map<std::string, std::string>{{name, "evt_1"}}, body), "evt_1");
    }
}

TEST(DedupeKey, IsTheHashOfTheBodyWhereThereIsNoEventId) {
    EXPECT_EQ(dedupe_key(Pairs{}, body), body_sha256);
    EXPECT_EQ(dedupe_key(Pairs{{"x-webhook-event-id", ""}}, body), body_sha256);
    EXPECT_EQ(dedupe_key(Pairs{{"x-webhook-event-id", "a"}, {"X-Webhook-Event-Id", "b"}}, body), body_sha256);
    EXPECT_EQ(dedupe_key(Pairs{}, ""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(DedupeKey, IsTheSameForARetryAndNotForAnotherEvent) {
    const auto at = [](const char* timestamp, const char* signature) {
        return Pairs{{"x-webhook-id", "endpoint"},
                     {"x-webhook-timestamp", timestamp},
                     {"x-webhook-signature", signature}};
    };
    const auto first = dedupe_key(at("1761905442", "v1,a"), body);
    EXPECT_EQ(dedupe_key(at("1761905502", "v1,b"), body), first);
    EXPECT_NE(dedupe_key(at("1761905442", "v1,a"), std::string{body} + " "), first);
}

std::string key_of(std::string_view json) {
    const auto event = parse_event(json);
    EXPECT_TRUE(event) << json;
    return event ? business_key(*event) : "none";
}

TEST(BusinessKey, OfAStatusTellsReroutesApart) {
    EXPECT_EQ(key_of(body), "8ba7b830-9dad-11d1-80b4-00c04fd430c8:DELIVERED:2025-10-31T10:10:41Z");
    const std::string start = R"({"field":"message","event":"message.queued","payload":{"message_id":"m1",)"
                              R"("message_status":"QUEUED","updated_at":"2026-08-01T09:00:0)";
    EXPECT_NE(key_of(start + R"(1Z"}})"), key_of(start + R"(2Z"}})"));
}

TEST(BusinessKey, FollowsTheContractForEachFamily) {
    EXPECT_EQ(key_of(R"({"field":"message","event":"message.received","payload":{"message_id":"m1"}})"),
              "m1");
    EXPECT_EQ(key_of(R"({"field":"templates","payload":{"template_id":"t1","status":"APPROVED"}})"),
              "t1:APPROVED");
    EXPECT_EQ(key_of(R"({"field":"contact","event":"contact.opt_out","timestamp":"2026-08-01T09:00:06Z",)"
                     R"("payload":{"contact_id":"c1"}})"),
              "c1:contact.opt_out:2026-08-01T09:00:06Z");
    EXPECT_EQ(key_of(R"({"field":"call","event":"call.failed","payload":{"call_id":"k1"}})"),
              "k1:call.failed");
    EXPECT_EQ(key_of(R"({"field":"call","event":"call.recording_ready","payload":{"call_id":"k1",)"
                     R"("recording_id":"r1"}})"),
              "k1:call.recording_ready:r1");
}

TEST(BusinessKey, IsEmptyWhereTheContractNamesNone) {
    EXPECT_EQ(key_of("{}"), "");
    EXPECT_EQ(key_of(R"({"field":"link","event":"link.clicked","payload":{"record_id":"r1"}})"), "");
    EXPECT_EQ(key_of(R"({"field":"channel","event":"channel.activated","payload":{"country":"US"}})"), "");
    EXPECT_EQ(key_of(R"({"field":"message","event":"message.sent","payload":{"message_status":"SENT"}})"),
              "");
    EXPECT_EQ(key_of(R"({"field":"call","event":"call.failed","payload":{}})"), "");
}

TEST(BusinessKey, EventWithoutOneIsNeverTakenForARepetition) {
    Deduplicator keys;
    EXPECT_TRUE(keys.first_time(key_of("{}")));
    EXPECT_TRUE(keys.first_time(key_of("{}")));
}

}  // namespace
