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

TEST(DedupeKey, BindsTheEventIdToTheBodyInAnyCaseAndContainer) {
    const auto key = "evt_1:" + std::string{body_sha256};
    for (const auto* name : {"x-webhook-event-id", "X-Webhook-Event-ID", "X-WEBHOOK-EVENT-ID"}) {
        EXPECT_EQ(dedupe_key(Pairs{{"Content-Type", "application/json"}, {name, "evt_1"}}, body), key);
        EXPECT_EQ(dedupe_key(std::map<std::string, std::string>{{name, "evt_1"}}, body), key);
    }
}

TEST(DedupeKey, IsTheHashOfTheBodyWhereThereIsNoEventId) {
    EXPECT_EQ(dedupe_key(Pairs{}, body), body_sha256);
    EXPECT_EQ(dedupe_key(Pairs{{"x-webhook-event-id", ""}}, body), body_sha256);
    EXPECT_EQ(dedupe_key(Pairs{{"x-webhook-event-id", "a"}, {"X-Webhook-Event-Id", "b"}}, body), body_sha256);
    EXPECT_EQ(dedupe_key(Pairs{}, ""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(DedupeKey, IsShortWhateverTheHeader) {
    const auto key = dedupe_key(Pairs{{"x-webhook-event-id", std::string(8000, 'x')}}, body);
    EXPECT_EQ(key.size(), 129U);
    EXPECT_NE(dedupe_key(Pairs{{"x-webhook-event-id", std::string(8001, 'x')}}, body), key);
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

// A captured delivery that is replayed within the tolerance, with an event id of the attacker's choice.

Pairs with_event_id(const char* event_id) {
    return {{"x-webhook-event-id", event_id}};
}

/// A status of the message `m1`, reached in that second.
std::string status_at(const std::string& second) {
    return R"({"field":"message","event":"message.sent","timestamp":"2026-08-01T09:00:06Z","payload":{)"
           R"("message_id":"m1","message_status":"SENT","channel":"sms","updated_at":"2026-08-01T09:00:)" +
           second + R"(Z"}})";
}

TEST(A15_ReplayedDelivery, CannotSuppressAnotherEvent) {
    Deduplicator seen;
    EXPECT_TRUE(seen.first_time(dedupe_key(with_event_id("evt_1"), status_at("01"))));
    (void)seen.first_time(dedupe_key(with_event_id("evt_2"), status_at("01")));  // forged
    EXPECT_TRUE(seen.first_time(dedupe_key(with_event_id("evt_2"), status_at("02"))));
}

TEST(A15_ReplayedDelivery, CannotHoldUpAnotherEvent) {
    Deduplicator seen;
    const auto forged = seen.claim(dedupe_key(with_event_id("evt_2"), status_at("01")));
    EXPECT_TRUE(forged);
    const auto genuine = seen.claim(dedupe_key(with_event_id("evt_2"), status_at("02")));
    EXPECT_FALSE(genuine.in_progress());
    EXPECT_TRUE(genuine);
}

TEST(A15_ReplayedDelivery, IsARepetitionWhereTheBodyIdentifiesTheEvent) {
    const auto captured = status_at("01");
    const auto event = parse_event(captured).value();
    Deduplicator seen;
    EXPECT_TRUE(seen.first_time(dedupe_key(with_event_id("evt_1"), captured, event)));
    EXPECT_FALSE(seen.first_time(dedupe_key(with_event_id("evt_2"), captured, event)));
    EXPECT_FALSE(seen.first_time(dedupe_key(Pairs{}, captured, event)));
    EXPECT_FALSE(seen.first_time(
        dedupe_key(Pairs{{"x-webhook-event-id", "a"}, {"x-webhook-event-id", "b"}}, captured, event)));
    const auto next_body = status_at("02");
    EXPECT_TRUE(
        seen.first_time(dedupe_key(with_event_id("evt_1"), next_body, parse_event(next_body).value())));
}

TEST(A15_ReplayedDelivery, IsToldFromASecondEventWithTheSameBodyByItsIdOnly) {
    constexpr std::string_view click =
        R"({"field":"link","event":"link.clicked","payload":{"record_id":"r1234567"}})";
    constexpr std::string_view unknown = R"({"field":"wallet","event":"wallet.low","payload":{}})";
    Deduplicator seen;
    for (const auto text : {click, unknown}) {
        const auto event = parse_event(text).value();
        EXPECT_TRUE(seen.first_time(dedupe_key(with_event_id("evt_1"), text, event)));
        EXPECT_TRUE(seen.first_time(dedupe_key(with_event_id("evt_2"), text, event)));
        EXPECT_FALSE(seen.first_time(dedupe_key(with_event_id("evt_2"), text, event)));
    }
}

std::string key_of(std::string_view json) {
    const auto event = parse_event(json);
    EXPECT_TRUE(event) << json;
    return event ? business_key(*event) : "none";
}

TEST(BusinessKey, OfAStatusTellsReroutesApart) {
    EXPECT_EQ(key_of(body), "8ba7b830-9dad-11d1-80b4-00c04fd430c8:DELIVERED:sms:2025-10-31T10:10:41Z");
    const std::string start = R"({"field":"message","event":"message.queued","payload":{"message_id":"m1",)"
                              R"("message_status":"QUEUED","updated_at":"2026-08-01T09:00:0)";
    EXPECT_NE(key_of(start + R"(1Z"}})"), key_of(start + R"(2Z"}})"));
}

TEST(BusinessKey, FollowsTheContractForEachFamily) {
    EXPECT_EQ(key_of(R"({"field":"message","event":"message.received","payload":{"message_id":"m1"}})"),
              "m1");
    EXPECT_EQ(key_of(R"({"field":"templates","timestamp":"2026-08-01T09:00:06Z","payload":{)"
                     R"("template_id":"t1","status":"APPROVED","channel":"whatsapp"}})"),
              "t1:APPROVED:whatsapp:2026-08-01T09:00:06Z");
    EXPECT_EQ(key_of(R"({"field":"templates","timestamp":"2026-08-01T09:00:06Z","payload":{)"
                     R"("template_id":"t1","status":"REJECTED"}})"),
              "t1:REJECTED:2026-08-01T09:00:06Z");
    EXPECT_EQ(key_of(R"({"field":"contact","event":"contact.opt_out","timestamp":"2026-08-01T09:00:06Z",)"
                     R"("payload":{"contact_id":"c1"}})"),
              "c1:contact.opt_out:2026-08-01T09:00:06Z");
    EXPECT_EQ(key_of(R"({"field":"contact","event":"contact.help","timestamp":"2026-08-01T09:00:06Z",)"
                     R"("payload":{"contact_id":"c1","message_id":"m1"}})"),
              "c1:contact.help:2026-08-01T09:00:06Z:m1");
    EXPECT_EQ(key_of(R"({"field":"call","event":"call.failed","payload":{"call_id":"k1"}})"),
              "k1:call.failed");
    EXPECT_EQ(key_of(R"({"field":"call","event":"call.recording_ready","payload":{"call_id":"k1",)"
                     R"("recording_id":"r1"}})"),
              "k1:call.recording_ready:r1");
}

std::string template_event(const std::string& time, const std::string& channel) {
    return R"({"field":"templates","timestamp":"2026-08-01T)" + time +
           R"(Z","payload":{"template_id":"t1","status":"APPROVED","channel":")" + channel + R"("}})";
}

TEST(B10_BusinessKey, TellsTwoApprovalsOfOneTemplateApart) {
    Deduplicator seen;
    EXPECT_TRUE(seen.first_time(key_of(template_event("09:00:00", "whatsapp"))));
    // Paused meanwhile.
    EXPECT_TRUE(seen.first_time(key_of(template_event("15:00:00", "whatsapp"))));
    // Another channel in the same second.
    EXPECT_TRUE(seen.first_time(key_of(template_event("15:00:00", "rcs"))));
    EXPECT_FALSE(seen.first_time(key_of(template_event("15:00:00", "rcs"))));
}

TEST(B10_BusinessKey, TellsAMessageThatIsRoutedTwiceInASecondApart) {
    const std::string start = R"({"field":"message","event":"message.routed","payload":{"message_id":"m1",)"
                              R"("message_status":"ROUTED","updated_at":"2026-08-01T09:00:01Z","channel":")";
    EXPECT_NE(key_of(start + R"(sms"}})"), key_of(start + R"(whatsapp"}})"));
}

TEST(B10_BusinessKey, TellsTwoKeywordsOfOneContactInASecondApart) {
    const std::string start = R"({"field":"contact","event":"contact.custom_keyword",)"
                              R"("timestamp":"2026-08-01T09:00:06Z","payload":{"contact_id":"c1",)"
                              R"("message_id":")";
    EXPECT_NE(key_of(start + R"(m1"}})"), key_of(start + R"(m2"}})"));
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
