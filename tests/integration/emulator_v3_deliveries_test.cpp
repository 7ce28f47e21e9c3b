#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/emulator_v3_receiver.hpp"
#include "support/loopback.hpp"

namespace sent::test {
namespace {

using ::testing::ElementsAre;
using ::testing::MatchesRegex;

class EmulatorV3Deliveries : public V3ReceiverTest {};

TEST_F(EmulatorV3Deliveries, SignsTheBytesOfTheBody) {
    subscribe();
    const auto before = std::chrono::system_clock::now();
    send_message();
    ASSERT_TRUE(receiver.wait_for_requests(3, longest_wait));
    for (const auto& request : receiver.requests()) {
        EXPECT_EQ(request.method, "POST");
        EXPECT_EQ(request.target, "/hook");
        EXPECT_EQ(request.header("Content-Type"), "application/json");
        EXPECT_EQ(request.header("x-webhook-id"), id);
        EXPECT_TRUE(is_signed_with(request, secret));
        EXPECT_THAT(request.header("x-webhook-signature").value_or(""),
                    MatchesRegex("v1,[A-Za-z0-9+/]{43}="));
        const auto seconds = std::stoll(request.header("x-webhook-timestamp").value_or("0"));
        const auto since_epoch = std::chrono::duration_cast<std::chrono::seconds>(before.time_since_epoch());
        EXPECT_NEAR(static_cast<double>(seconds), static_cast<double>(since_epoch.count()), 60.0);
    }
    EXPECT_THAT(received_types(), ElementsAre("message.queued", "message.sent", "message.delivered"));
}

TEST_F(EmulatorV3Deliveries, KeepsALogAndTheStateOfTheEndpoint) {
    receiver.on_connection(always(202, "thanks"));
    subscribe();
    send_test();
    ASSERT_TRUE(wait_for_status("DELIVERED"));
    const auto row = events().at(0);
    EXPECT_EQ(row["id"], receiver.requests().at(0).header("x-webhook-event-id"));
    EXPECT_EQ(row["event_type"], "message.delivered");
    EXPECT_EQ(row["event_data"], Json::parse(receiver.requests().at(0).body));
    EXPECT_EQ(row["delivery_attempts"], 1);
    EXPECT_EQ(row["http_status_code"], 202);
    EXPECT_EQ(row["response_body"], "thanks");
    EXPECT_EQ(row["error_message"], nullptr);
    EXPECT_NE(row["processing_started_at"], nullptr);
    EXPECT_NE(row["processing_completed_at"], nullptr);
    EXPECT_NE(webhook()["last_delivery_attempt_at"], nullptr);
    EXPECT_NE(webhook()["last_successful_delivery_at"], nullptr);

    send_test("message.read");
    ASSERT_TRUE(wait_for_status("DELIVERED"));
    EXPECT_EQ(events().at(0)["event_type"], "message.read");
    EXPECT_EQ(events("&search=READ").size(), 1U);
    EXPECT_EQ(events("&search=nothing+like+it").size(), 0U);
    const auto second = client.get(path + "/events?page=2&page_size=1").json()["data"];
    EXPECT_EQ(second["events"].at(0)["id"], row["id"]);
    EXPECT_EQ(second["pagination"]["total_count"], 2);
}

TEST_F(EmulatorV3Deliveries, TriesAgainAfterAnError) {
    receiver.on_connection(always(500));
    receiver.on_connection({read_request(), close()});
    subscribe({{"event_filters", {{"message", {"delivered"}}}}});
    send_message();
    ASSERT_TRUE(wait_for_status("DELIVERED"));
    const auto requests = receiver.requests();
    ASSERT_EQ(requests.size(), 3U);
    for (const auto& request : requests) {
        EXPECT_EQ(request.body, requests[0].body);
        EXPECT_EQ(request.header("x-webhook-event-id"), requests[0].header("x-webhook-event-id"));
        EXPECT_TRUE(is_signed_with(request, secret));
    }
    EXPECT_EQ(events().at(0)["delivery_attempts"], 3);
    EXPECT_EQ(webhook()["consecutive_failures"], 0);
}

TEST_F(EmulatorV3Deliveries, GivesUpAfterSoManyRetries) {
    receiver.by_default(always(503, "later"));
    subscribe({{"retry_count", 2}, {"event_filters", {{"message", {"delivered"}}}}});
    send_message();
    ASSERT_TRUE(wait_for_status("FAILED"));
    EXPECT_EQ(receiver.request_count(), 3U);
    const auto row = events().at(0);
    EXPECT_EQ(row["delivery_attempts"], 3);
    EXPECT_EQ(row["http_status_code"], 503);
    EXPECT_EQ(row["response_body"], "later");
    EXPECT_EQ(row["error_message"], "The receiver answered with 503.");
    EXPECT_EQ(webhook()["consecutive_failures"], 1);
    EXPECT_EQ(webhook()["last_successful_delivery_at"], nullptr);
}

TEST_F(EmulatorV3Deliveries, WaitsLongerBeforeEachRetry) {
    auto options = fast_options();
    options.webhook_retry_delay = std::chrono::minutes(1);
    emulator = testing::Emulator(options);
    client = v3_client(emulator);
    receiver.by_default(always(500));
    subscribe({{"event_filters", {{"message", {"delivered"}}}}});
    send_message();
    ASSERT_TRUE(wait_for_status("RETRYING"));
    emulator.advance(std::chrono::seconds(58));
    EXPECT_EQ(receiver.request_count(), 1U);
    emulator.advance(std::chrono::seconds(3));
    ASSERT_TRUE(eventually([&] { return events().at(0)["delivery_attempts"] == 2; }));
    emulator.advance(std::chrono::seconds(118));
    EXPECT_EQ(receiver.request_count(), 2U);
    emulator.advance(std::chrono::seconds(3));
    EXPECT_TRUE(receiver.wait_for_requests(3, longest_wait));
}

TEST_F(EmulatorV3Deliveries, DoesNotWaitForeverForAReceiver) {
    receiver.by_default({read_request(), wait_for_close()});
    subscribe({{"timeout_seconds", 5}});
    send_test();
    ASSERT_TRUE(wait_for_status("FAILED"));
    EXPECT_EQ(events().at(0)["http_status_code"], nullptr);
    EXPECT_EQ(events().at(0)["error_message"], "The receiver did not answer in time.");
}

TEST_F(EmulatorV3Deliveries, SaysThatNobodyListens) {
    const auto port = refused_port();
    subscribe({{"endpoint_url", make_origin("http", "127.0.0.1", port.port())}});
    send_test();
    ASSERT_TRUE(wait_for_status("FAILED"));
    EXPECT_EQ(events().at(0)["error_message"], "The receiver cannot be connected to.");
}

TEST_F(EmulatorV3Deliveries, LetsNoReceiverKeepAnotherOneWaiting) {
    ScriptedServer slow;
    slow.by_default({read_request(), wait_for_close()});
    subscribe({{"endpoint_url", slow.origin()}, {"timeout_seconds", 120}});
    send_test();
    ASSERT_TRUE(slow.wait_for_requests(1, longest_wait));
    subscribe();
    send_test();
    EXPECT_TRUE(wait_for_status("DELIVERED"));
    const auto start = std::chrono::steady_clock::now();
    emulator.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
}

TEST_F(EmulatorV3Deliveries, ReachesReceiversOverTls) {
    const CertificateAuthority authority;
    ServerOptions options;
    options.tls = TlsOptions{};
    options.tls->identity = authority.localhost();
    ScriptedServer safe(options);
    safe.by_default(always(200));
    subscribe({{"endpoint_url", safe.origin("https", "localhost")}});
    send_test();
    EXPECT_TRUE(wait_for_status("DELIVERED"));
}

TEST_F(EmulatorV3Deliveries, ReachesNoOtherMachine) {
    subscribe({{"endpoint_url", "https://hooks.example.com/sent"}});
    send_test();
    const auto row = events().at(0);
    EXPECT_EQ(row["delivery_status"], "FAILED");
    EXPECT_EQ(row["delivery_attempts"], 0);
    EXPECT_EQ(row["error_message"], "The emulator posts to this machine only.");
    EXPECT_EQ(webhook()["consecutive_failures"], 0);
}

TEST_F(EmulatorV3Deliveries, UsesARotatedSecretAtOnce) {
    subscribe();
    const auto old = secret;
    secret = client.post(path + "/rotate-secret", Json::object()).json()["data"]["signing_secret"];
    EXPECT_NE(secret, old);
    send_test();
    ASSERT_TRUE(receiver.wait_for_requests(1, longest_wait));
    EXPECT_TRUE(is_signed_with(receiver.requests().at(0), secret));
    EXPECT_FALSE(is_signed_with(receiver.requests().at(0), old));
}

TEST_F(EmulatorV3Deliveries, TurnsAnEndpointOffAfterTenFailures) {
    receiver.by_default(always(500));
    subscribe();
    for (int i = 1; i <= 10; ++i) {
        ASSERT_EQ(webhook()["is_active"], true);
        send_test();
        ASSERT_TRUE(eventually([&] { return webhook()["consecutive_failures"] == i; }));
    }
    EXPECT_EQ(webhook()["is_active"], false);
    const std::string on = R"({"is_active":true})";
    const auto row = client.send("PATCH", path + "/toggle-status", &on).json()["data"];
    EXPECT_EQ(row["is_active"], true);
    EXPECT_EQ(row["consecutive_failures"], 0);
}

TEST_F(EmulatorV3Deliveries, RepeatsAnEventOnDemand) {
    subscribe({{"event_filters", {{"message", {"sent", "delivered"}}}}});
    send_message();
    ASSERT_TRUE(wait_for_status("DELIVERED"));
    const std::string older = events().at(1)["id"];
    EXPECT_EQ(client.send("POST", "/_emulator/webhook-events/" + older + "/redeliver", nullptr).status, 204);
    ASSERT_TRUE(receiver.wait_for_requests(3, longest_wait));
    EXPECT_THAT(received_types(), ElementsAre("message.sent", "message.delivered", "message.sent"));
    const auto requests = receiver.requests();
    EXPECT_EQ(requests[2].body, requests[0].body);
    EXPECT_EQ(requests[2].header("x-webhook-event-id"), requests[0].header("x-webhook-event-id"));
    EXPECT_TRUE(eventually([&] { return events().at(1)["delivery_attempts"] == 2; }));
    const auto nothing = std::string("/_emulator/webhook-events/") + id + "/redeliver";
    EXPECT_EQ(client.send("POST", nothing, nullptr).status, 404);
}

TEST_F(EmulatorV3Deliveries, ForgetsADeletedEndpoint) {
    receiver.by_default(always(500));
    subscribe({{"event_filters", {{"message", {"delivered"}}}}});
    send_message();
    ASSERT_TRUE(receiver.wait_for_requests(1, longest_wait));
    EXPECT_EQ(client.remove(path).status, 204);
    EXPECT_EQ(client.get("/_emulator/state").json()["webhook_events"].size(), 0U);
    const auto count = receiver.request_count();
    emulator.advance(std::chrono::hours(2));
    send_message();
    EXPECT_LE(receiver.request_count(), count + 1);
}

}  // namespace
}  // namespace sent::test
