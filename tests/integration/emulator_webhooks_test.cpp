#include <atomic>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/emulator_client.hpp"
#include "support/loopback.hpp"
#include "support/scripted_server.hpp"

namespace sent::test {
namespace {

using ::testing::MatchesRegex;

class EmulatorWebhooks : public ::testing::Test {
  protected:
    void send_with_webhook(const std::string& url) {
        auto body = guide_message();
        body["webhookUrl"] = url;
        ASSERT_EQ(client.post("/v1/messages/contact", body).status, 204);
    }

    // All three events are through, one way or another.
    bool wait_for_outcomes(std::size_t count = 3) {
        return eventually([&] { return emulator.webhook_deliveries().size() == count; });
    }

    std::vector<std::string> outcomes() const {
        std::vector<std::string> result;
        for (const auto& delivery : emulator.webhook_deliveries()) {
            result.push_back(delivery.outcome);
        }
        return result;
    }

    static Script always(int status) {
        return {serve([status](const ReceivedRequest&) { return http_reply(status); })};
    }

    testing::Emulator emulator;
    OtherClient client{emulator};
};

TEST_F(EmulatorWebhooks, ReportsEachStatus) {
    ScriptedServer receiver;
    receiver.by_default(always(200));
    send_with_webhook(receiver.origin() + "/hook?token=a%20b");
    ASSERT_TRUE(receiver.wait_for_requests(3, std::chrono::seconds(10)));
    const auto requests = receiver.requests();
    const std::vector<std::string> statuses{"QUEUED", "SENT", "DELIVERED"};
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(requests[i].method, "POST");
        EXPECT_EQ(requests[i].target, "/hook?token=a%20b");
        EXPECT_EQ(requests[i].header("Content-Type"), "application/json");
        const auto event = Json::parse(requests[i].body);
        EXPECT_EQ(event["field"], "message");
        EXPECT_EQ(requests[i].header("x-webhook-event-type"), event["event"].get<std::string>());
        EXPECT_THAT(event["timestamp"].get<std::string>(),
                    MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"));
        const auto& payload = event["payload"];
        EXPECT_EQ(payload["account_id"], emulator.sender_id());
        EXPECT_EQ(payload["message_id"], emulator.messages().at(0).id);
        EXPECT_EQ(payload["message_status"], statuses[i]);
        EXPECT_EQ(payload["outbound_number"], "+14155550100");
        EXPECT_EQ(payload["template_id"], emulator.seeds().templates.at(0).id);
        EXPECT_EQ(payload["template_name"], "order_confirmation");
    }
    EXPECT_EQ(Json::parse(requests[0].body)["payload"]["channel"], "sent");
    EXPECT_EQ(Json::parse(requests[2].body)["payload"]["channel"], "whatsapp");
    EXPECT_EQ(Json::parse(requests[2].body)["event"], "message.delivered");
    ASSERT_TRUE(wait_for_outcomes());
    EXPECT_EQ(outcomes(), (std::vector<std::string>{"delivered", "delivered", "delivered"}));
}

TEST_F(EmulatorWebhooks, ReachesLocalhostOverTls) {
    const CertificateAuthority authority;
    ServerOptions options;
    options.tls = TlsOptions{};
    options.tls->identity = authority.localhost();
    ScriptedServer receiver(options);
    receiver.by_default(always(204));
    send_with_webhook(receiver.origin("https", "localhost") + "/");
    EXPECT_TRUE(receiver.wait_for_requests(3, std::chrono::seconds(10)));
}

TEST_F(EmulatorWebhooks, TriesAgainUntilItIsTaken) {
    ScriptedServer receiver;
    std::atomic<int> calls{0};
    receiver.by_default(
        {serve([&calls](const ReceivedRequest&) { return http_reply(++calls < 3 ? 503 : 200); })});
    send_with_webhook(receiver.origin());
    ASSERT_TRUE(wait_for_outcomes());
    const auto first = emulator.webhook_deliveries().at(0);
    EXPECT_EQ(first.event, "message.queued");
    EXPECT_EQ(first.attempts, 3);
    EXPECT_EQ(first.http_status, 200);
    EXPECT_EQ(first.outcome, "delivered");
    EXPECT_EQ(receiver.request_count(), 5U);
}

TEST_F(EmulatorWebhooks, GivesUp) {
    const auto port = refused_port();
    for (const char* scheme : {"http", "https"}) {
        emulator.reset();
        send_with_webhook(make_origin(scheme, "127.0.0.1", port.port()) + "/hook");
        ASSERT_TRUE(wait_for_outcomes(1));
        const auto first = emulator.webhook_deliveries().at(0);
        EXPECT_EQ(first.outcome, "gave_up");
        EXPECT_EQ(first.attempts, 4);
        EXPECT_EQ(first.http_status, 0);
    }
}

TEST_F(EmulatorWebhooks, DoesNotFollowRedirects) {
    ScriptedServer other;
    other.by_default(always(200));
    ScriptedServer receiver;
    receiver.by_default({serve([&other](const ReceivedRequest&) {
        return http_reply(307, {{"Location", other.origin() + "/elsewhere"}});
    })});
    send_with_webhook(receiver.origin());
    ASSERT_TRUE(wait_for_outcomes(1));
    EXPECT_EQ(other.connection_count(), 0U);
}

TEST_F(EmulatorWebhooks, ReachesNoOtherMachine) {
    const std::vector<std::string> elsewhere{"https://example.com/webhook/message-status",
                                             "http://127.0.0.1.example.com/",
                                             "http://127.0.0.999/",
                                             "http://128.0.0.1/",
                                             "http://0.0.0.0/",
                                             "http://10.0.0.1/",
                                             "http://[::]/",
                                             "http://localhost.example/",
                                             "http://169.254.169.254/"};
    for (const auto& url : elsewhere) {
        send_with_webhook(url);
    }
    emulator.advance(std::chrono::seconds(2));
    const auto deliveries = emulator.webhook_deliveries();
    ASSERT_EQ(deliveries.size(), elsewhere.size() * 3);
    for (const auto& delivery : deliveries) {
        EXPECT_EQ(delivery.outcome, "refused") << delivery.url;
        EXPECT_EQ(delivery.attempts, 0) << delivery.url;
    }
}

TEST_F(EmulatorWebhooks, RefusesUrlsThatOthersMayReadDifferently) {
    for (const char* url :
         {"http://127.0.0.1@example.com/", "http://example.com\\@127.0.0.1/", "http://127.0.0.1:99999/",
          "http:///x", "http://127.0.0.1/\r\nx", "127.0.0.1:80/x", "http://[::1/"}) {
        auto body = guide_message();
        body["webhookUrl"] = url;
        EXPECT_EQ(client.post("/v1/messages/contact", body).status, 400) << url;
    }
}

TEST_F(EmulatorWebhooks, EndsAtOnceWhenAReceiverStalls) {
    ScriptedServer receiver;
    receiver.by_default({read_request(), wait_for_close()});
    send_with_webhook(receiver.origin());
    ASSERT_TRUE(receiver.wait_for_requests(1, std::chrono::seconds(10)));
    const auto start = std::chrono::steady_clock::now();
    emulator.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(500));
}

}  // namespace
}  // namespace sent::test
