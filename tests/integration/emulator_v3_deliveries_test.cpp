#include <atomic>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "integration/emulator_v3_client.hpp"
#include "support/loopback.hpp"
#include "support/scripted_server.hpp"

namespace sent::test {
namespace {

using ::testing::ElementsAre;
using ::testing::MatchesRegex;

constexpr auto wait = std::chrono::seconds(10);

// Written anew, after the reference: what is tested must not test itself.
std::string expected_signature(const std::string& secret, const std::string& id, const std::string& timestamp,
                               const std::string& body) {
    const std::string encoded = secret.substr(6);
    std::string key(encoded.size(), '\0');
    const auto* text = reinterpret_cast<const unsigned char*>(encoded.data());
    const int length =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(key.data()), text, static_cast<int>(encoded.size()));
    key.resize(static_cast<std::size_t>(length) - (encoded.size() - 1 - encoded.find_last_not_of('=')));
    const std::string message = id + '.' + timestamp + '.' + body;
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(message.data()), message.size(), digest, &size);
    std::string result(64, '\0');
    const int written =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(result.data()), digest, static_cast<int>(size));
    return "v1," + result.substr(0, static_cast<std::size_t>(written));
}

bool is_signed_with(const ReceivedRequest& request, const std::string& secret) {
    return request.header("x-webhook-signature") ==
           expected_signature(secret, request.header("x-webhook-id").value_or(""),
                              request.header("x-webhook-timestamp").value_or(""), request.body);
}

testing::EmulatorOptions fast_options() {
    testing::EmulatorOptions options;
    options.webhook_retry_delay = std::chrono::milliseconds(5);
    options.webhook_second = std::chrono::milliseconds(20);
    return options;
}

class EmulatorV3Deliveries : public ::testing::Test {
  protected:
    EmulatorV3Deliveries() { receiver.by_default(always(200)); }

    static Script always(int status, const std::string& body = {}) {
        return {serve([status, body](const ReceivedRequest&) { return http_reply(status, {}, body); })};
    }

    // The secret is in `secret`, the path in `path`.
    void subscribe(const Json& more = Json::object(), const std::string& target = "/hook") {
        Json body{{"display_name", "Hook"},
                  {"endpoint_url", receiver.origin() + target},
                  {"event_types", Json::array({"message"})}};
        body.update(more);
        const auto answer = client.post("/v3/webhooks", body);
        ASSERT_EQ(answer.status, 201) << answer.body;
        const auto row = answer.json()["data"];
        id = row["id"];
        secret = row["signing_secret"];
        path = "/v3/webhooks/" + id;
    }

    void send_test(const std::string& type = "message.delivered") {
        const auto answer = client.post(path + "/test", {{"event_type", type}});
        ASSERT_EQ(answer.status, 200) << answer.body;
        EXPECT_EQ(answer.json()["data"]["success"], true);
    }

    // By way of the oldest generation, which shares the life cycle of messages.
    void send_message() {
        OtherClient older(emulator);
        ASSERT_EQ(older.post("/v1/messages/contact", guide_message()).status, 204);
        emulator.advance(std::chrono::seconds(2));
    }

    Json webhook() { return client.get(path).json()["data"]; }
    Json events(const std::string& query = {}) {
        return client.get(path + "/events?page=1&page_size=20" + query).json()["data"]["events"];
    }
    bool wait_for_status(const std::string& status) {
        return eventually([&] { return events().at(0)["delivery_status"] == status; });
    }
    std::vector<std::string> received_types() {
        std::vector<std::string> types;
        for (const auto& request : receiver.requests()) {
            types.push_back(request.header("x-webhook-event-type").value_or(""));
        }
        return types;
    }

    testing::Emulator emulator{fast_options()};
    OtherClient client = v3_client(emulator);
    ScriptedServer receiver;
    std::string id;
    std::string secret;
    std::string path;
};

TEST_F(EmulatorV3Deliveries, SignsTheBytesOfTheBody) {
    subscribe();
    const auto before = std::chrono::system_clock::now();
    send_message();
    ASSERT_TRUE(receiver.wait_for_requests(3, wait));
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

TEST_F(EmulatorV3Deliveries, TellsWhatBecameOfAMessage) {
    subscribe({{"event_filters", {{"message", {"delivered"}}}}});
    send_message();
    ASSERT_TRUE(receiver.wait_for_requests(1, wait));
    const auto event = Json::parse(receiver.requests().at(0).body);
    EXPECT_EQ(event["field"], "message");
    EXPECT_EQ(event["event"], "message.delivered");
    EXPECT_THAT(event["timestamp"].get<std::string>(), MatchesRegex("20..-..-..T..:..:..Z"));
    const auto& payload = event["payload"];
    EXPECT_EQ(payload["account_id"], emulator.sender_id());
    EXPECT_EQ(payload["message_id"], emulator.messages().at(0).id);
    EXPECT_EQ(payload["message_status"], "DELIVERED");
    EXPECT_EQ(payload["channel"], "whatsapp");
    EXPECT_EQ(payload["outbound_number"], "+14155550100");
    EXPECT_EQ(payload["template_name"], "Order confirmation");
    EXPECT_EQ(payload["body"], "Hello John Doe, your order 12345 is confirmed.");
    EXPECT_EQ(payload["agent_id"], nullptr);
    ASSERT_TRUE(wait_for_status("DELIVERED"));
    EXPECT_EQ(receiver.request_count(), 1U);
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
    EXPECT_TRUE(receiver.wait_for_requests(3, wait));
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
    ASSERT_TRUE(slow.wait_for_requests(1, wait));
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
    ASSERT_TRUE(receiver.wait_for_requests(1, wait));
    EXPECT_TRUE(is_signed_with(receiver.requests().at(0), secret));
    EXPECT_FALSE(is_signed_with(receiver.requests().at(0), old));
}

TEST_F(EmulatorV3Deliveries, TestsWithEventsOfEachTypeAndOneAttempt) {
    subscribe({{"event_types", Json::array()}});
    std::size_t count = 0;
    const auto types = client.get("/v3/webhooks/event-types").json()["data"]["event_types"];
    for (const auto& family : types) {
        const auto leaves = family["sub_types"].is_null() ? Json::array({family}) : family["sub_types"];
        for (const auto& leaf : leaves) {
            send_test(leaf["event_type"]);
            ASSERT_TRUE(receiver.wait_for_requests(++count, wait));
            const auto request = receiver.requests().back();
            EXPECT_EQ(request.header("x-webhook-event-type"), leaf["event_type"].get<std::string>());
            const auto event = Json::parse(request.body);
            EXPECT_EQ(event["field"], family["name"]);
            EXPECT_EQ(event.value("event", "templates"), leaf["event_type"]);
            EXPECT_FALSE(event["payload"].empty());
        }
    }
    receiver.by_default(always(500));
    send_test();
    ASSERT_TRUE(wait_for_status("FAILED"));
    EXPECT_EQ(receiver.request_count(), count + 1);
    for (const char* type : {"message", "message.", "templates.", "message.eaten", "weather", ""}) {
        const auto answer = client.post(path + "/test", {{"event_type", type}});
        EXPECT_EQ(answer.status, 400) << type;
    }
}

TEST_F(EmulatorV3Deliveries, TellsAnInactiveEndpointNothing) {
    subscribe();
    const std::string off = R"({"is_active":false})";
    EXPECT_EQ(client.send("PATCH", path + "/toggle-status", &off).json()["data"]["is_active"], false);
    expect_refusal(client.post(path + "/test", {{"event_type", "message.sent"}}), 400, "BUSINESS_010");
    send_message();
    EXPECT_EQ(events().size(), 0U);
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

TEST_F(EmulatorV3Deliveries, TellsWhatAContactSays) {
    subscribe({{"event_types", {"message", "contact"}}});
    const auto message_id = emulator.receive_message("+14155550100", "STOP");
    ASSERT_TRUE(receiver.wait_for_requests(2, wait));
    EXPECT_THAT(received_types(), ElementsAre("message.received", "contact.opt_out"));
    const auto said = Json::parse(receiver.requests().at(0).body)["payload"];
    EXPECT_EQ(said["message_id"], message_id);
    EXPECT_EQ(said["inbound_number"], "+14155550100");
    EXPECT_EQ(said["channel"], "sms");
    EXPECT_EQ(said["text"], "STOP");
    EXPECT_EQ(said["received_at"], said["updated_at"]);
    const auto wish = Json::parse(receiver.requests().at(1).body)["payload"];
    EXPECT_EQ(wish["contact_id"], emulator.seeds().contacts.at(0).id);
    EXPECT_EQ(wish["opt_out"], true);
    EXPECT_EQ(wish["source"], "INBOUND_KEYWORD");
    EXPECT_EQ(wish["message_id"], message_id);
}

TEST_F(EmulatorV3Deliveries, TellsEachStatusOfAV3Message) {
    subscribe();
    const Json order{{"to", {"+14155550100"}},
                     {"template",
                      {{"id", emulator.seeds().templates.at(0).id},
                       {"parameters", {{"name", "Ada"}, {"order_id", "7"}}}}}};
    const auto answer = client.post("/v3/messages", order);
    ASSERT_EQ(answer.status, 202) << answer.body;
    emulator.advance(std::chrono::seconds(2));
    ASSERT_TRUE(receiver.wait_for_requests(4, wait));
    EXPECT_THAT(received_types(),
                ElementsAre("message.queued", "message.routed", "message.sent", "message.delivered"));
    EXPECT_EQ(Json::parse(receiver.requests().at(0).body)["payload"]["channel"], "sent");
    const auto routed = Json::parse(receiver.requests().at(1).body)["payload"];
    EXPECT_EQ(routed["channel"], "whatsapp");
    EXPECT_EQ(routed["message_id"], answer.json()["data"]["recipients"].at(0)["message_id"]);
}

TEST_F(EmulatorV3Deliveries, TellsTheReviewOfTemplates) {
    subscribe({{"event_types", {"templates"}}});
    const Json body{{"submit_for_review", true},
                    {"definition", {{"body", {{"multiChannel", {{"template", "Hello"}}}}}}}};
    const std::string template_id = client.post("/v3/templates", body).json()["data"]["id"];
    emulator.advance(std::chrono::seconds(2));
    ASSERT_TRUE(receiver.wait_for_requests(2, wait));
    const auto pending = Json::parse(receiver.requests().at(0).body);
    EXPECT_EQ(pending["field"], "templates");
    EXPECT_FALSE(pending.contains("event"));
    EXPECT_EQ(pending["payload"]["template_id"], template_id);
    EXPECT_EQ(pending["payload"]["status"], "PENDING");
    EXPECT_EQ(pending["payload"]["whatsapp_template_id"], "");
    const auto approved = Json::parse(receiver.requests().at(1).body);
    EXPECT_EQ(approved["payload"]["status"], "APPROVED");
    EXPECT_NE(approved["payload"]["whatsapp_template_id"], "");
    EXPECT_EQ(approved["payload"]["template_name"], "hello");
}

TEST_F(EmulatorV3Deliveries, TellsTheOrganizationOfItsProfilesIfItAsks) {
    subscribe({{"event_types", {"message"}}, {"sender_profile", {{"event_types", {"templates"}}}}});
    client.set_header("x-profile-id", emulator.seeds().profiles.at(0).id);
    const Json body{{"submit_for_review", true},
                    {"definition", {{"body", {{"multiChannel", {{"template", "Hello"}}}}}}}};
    EXPECT_EQ(client.post("/v3/templates", body).status, 201);
    client.set_header("x-profile-id", "");
    EXPECT_EQ(client.post("/v3/templates", body).status, 201);
    emulator.advance(std::chrono::seconds(2));
    ASSERT_TRUE(receiver.wait_for_requests(2, wait));
    EXPECT_EQ(events().size(), 2U);
    for (const auto& request : receiver.requests()) {
        EXPECT_EQ(Json::parse(request.body)["payload"]["account_id"], emulator.seeds().profiles.at(0).id);
    }
}

TEST_F(EmulatorV3Deliveries, RepeatsAnEventOnDemand) {
    subscribe({{"event_filters", {{"message", {"sent", "delivered"}}}}});
    send_message();
    ASSERT_TRUE(wait_for_status("DELIVERED"));
    const std::string older = events().at(1)["id"];
    EXPECT_EQ(client.send("POST", "/_emulator/webhook-events/" + older + "/redeliver", nullptr).status, 204);
    ASSERT_TRUE(receiver.wait_for_requests(3, wait));
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
    ASSERT_TRUE(receiver.wait_for_requests(1, wait));
    EXPECT_EQ(client.remove(path).status, 204);
    EXPECT_EQ(client.get("/_emulator/state").json()["webhook_events"].size(), 0U);
    const auto count = receiver.request_count();
    emulator.advance(std::chrono::hours(2));
    send_message();
    EXPECT_LE(receiver.request_count(), count + 1);
}

}  // namespace
}  // namespace sent::test
