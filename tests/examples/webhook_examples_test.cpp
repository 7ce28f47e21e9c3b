// Runs the receivers among the examples against the emulator's real deliveries: signed, repeated after an
// error, delivered twice, out of order, and after a rotation of the secret.
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <sent/sent.hpp>
#include <sent/testing/emulator.hpp>
#include <sent/webhooks.hpp>

#include "examples/program.hpp"
#include "support/eventually.hpp"
#include "support/read_file.hpp"
#include "support/replies.hpp"
#include "support/scripted_server.hpp"
#include "support/temp_dir.hpp"

namespace sent::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using Environment = std::map<std::string, std::string>;

bool is_built(const std::string& example) {
    return std::filesystem::exists(SENT_EXAMPLES_DIR "/" + example);
}

testing::EmulatorOptions slow_emulator() {
    testing::EmulatorOptions options;
    // In steps of a second or more, so that each status has a time of its own, and only when told to.
    options.delivery_delay = 20min;
    options.webhook_retry_delay = 1h;
    return options;
}

class WebhookExamples : public ::testing::Test {
  protected:
    void SetUp() override { ASSERT_TRUE(emulator) << emulator.error(); }

    static ClientOptions options_for(const testing::Emulator& emulator) {
        ClientOptions options;
        options.api_key = emulator.api_key();
        options.base_url = emulator.base_url();
        options.use_environment = false;
        return options;
    }

    void subscribe(const std::string& url) {
        CreateWebhookRequest request;
        request.display_name = "Example";
        request.endpoint_url = url;
        request.event_types = {"message"};
        request.event_filters = wanted;
        const auto created = client.webhooks().create(request).value();
        endpoint = created.id;
        secret = created.signing_secret.value();
    }
    void move_to(const std::string& url) {
        UpdateWebhookRequest request;
        request.id = endpoint;
        request.display_name = "Example";
        request.endpoint_url = url;
        request.event_types = {"message"};
        request.event_filters = wanted;
        ASSERT_TRUE(client.webhooks().update(request));
    }
    void know(const std::string& known_secret) const { std::ofstream{secrets_file} << known_secret << '\n'; }

    /// Its first event, `message.queued`, is published at once.
    std::string send_message() const {
        SendMessageRequest request;
        request.to = {emulator.seeds().contacts.at(0).phone_number};
        request.template_ref = TemplateRef{};
        request.template_ref->id = emulator.seeds().templates.at(0).id;
        request.template_ref->parameters = {{"name", "Ada"}, {"order_id", "1"}};
        request.channel = {Channel::sms};
        return client.messages().send(request).value().recipients.at(0).message_id.value();
    }
    /// Half the way to its delivery: the next status.
    void go_on() { emulator.advance(10min); }
    void retry() { emulator.advance(2h); }

    /// What the log says of the newest delivery of this event.
    WebhookEvent logged(const std::string& event_type) const {
        ListWebhookEventsRequest request;
        request.id = endpoint;
        for (const auto& event : client.webhooks().all_events(request)) {
            if (event && event->event_type == event_type) {
                return *event;
            }
        }
        return {};
    }
    bool is_soon(const std::string& event_type, const WebhookDeliveryStatus& status) const {
        return eventually([&] { return logged(event_type).delivery_status == status; });
    }
    void deliver_again(const std::string& event_type) const {
        RawRequest request;
        request.method = "POST";
        request.path = "/_emulator/webhook-events/" + logged(event_type).id + "/redeliver";
        ASSERT_TRUE(client.request(request));
    }

    int post(const std::string& url, const sent::Headers& headers, const std::string& body) const {
        CurlTransport transport;
        HttpRequest request;
        request.method = "POST";
        request.url = url;
        request.headers = headers;
        request.body = body;
        const auto result = transport.send(request);
        return result ? result.response().status : 0;
    }

    const EventFilters wanted{{"message", {"queued", "sent", "delivered", "received"}}};
    testing::Emulator emulator{slow_emulator()};
    Client client{options_for(emulator)};
    TempDir folder;
    std::string secrets_file = (folder.path() / "secrets").string();
    std::string endpoint;
    std::string secret;
};

/// 20_receive_webhooks, with its URL subscribed to.
class ReceiveWebhooks : public WebhookExamples {
  protected:
    void SetUp() override {
        if (!is_built("20_receive_webhooks")) {
            GTEST_SKIP() << "not built: cpp-httplib is missing";
        }
        WebhookExamples::SetUp();
        receiver = std::make_unique<Program>("20_receive_webhooks",
                                             Environment{{"SENT_WEBHOOK_SECRETS_FILE", secrets_file}});
        url = receiver->next_line();
        ASSERT_THAT(url, StartsWith("http://127.0.0.1:"));
        subscribe(url);
    }

    std::unique_ptr<Program> receiver;
    std::string url;
};

TEST_F(ReceiveWebhooks, TakesSignedDeliveriesInTheirOrder) {
    know(secret);
    const auto message = send_message();
    EXPECT_EQ(receiver->next_line(), "message.queued " + message);
    go_on();
    EXPECT_EQ(receiver->next_line(), "message.sent " + message);
    go_on();
    EXPECT_EQ(receiver->next_line(), "message.delivered " + message);
    EXPECT_TRUE(is_soon("message.delivered", WebhookDeliveryStatus::delivered));
}

TEST_F(ReceiveWebhooks, TakesADuplicateOnce) {
    know(secret);
    const auto message = send_message();
    EXPECT_EQ(receiver->next_line(), "message.queued " + message);
    ASSERT_TRUE(is_soon("message.queued", WebhookDeliveryStatus::delivered));
    deliver_again("message.queued");
    deliver_again("message.queued");
    go_on();
    EXPECT_EQ(receiver->next_line(), "message.sent " + message);
}

TEST_F(ReceiveWebhooks, TakesARetryAfterItsOwnErrorAndKeepsTheNewerStatus) {
    // Without a secret it cannot tell, which is its own fault: 500.
    const auto message = send_message();
    EXPECT_THAT(receiver->next_line(), Not(HasSubstr(message)));
    ASSERT_TRUE(is_soon("message.queued", WebhookDeliveryStatus::retrying));
    EXPECT_EQ(logged("message.queued").http_status_code, 500);
    know(secret);
    go_on();
    EXPECT_EQ(receiver->next_line(), "message.sent " + message);
    retry();
    const auto first = receiver->next_line();
    const auto second = receiver->next_line();
    EXPECT_THAT((std::vector{first, second}),
                ::testing::UnorderedElementsAre("message.queued " + message + ", older than what is known",
                                                "message.delivered " + message));
    EXPECT_TRUE(is_soon("message.queued", WebhookDeliveryStatus::delivered));
    EXPECT_EQ(logged("message.queued").delivery_attempts, 2);
}

TEST_F(ReceiveWebhooks, LearnsANewSecretWithoutARestart) {
    know(secret);
    const auto message = send_message();
    EXPECT_EQ(receiver->next_line(), "message.queued " + message);
    const auto rotated = client.webhooks().rotate_secret(endpoint).value().signing_secret;
    go_on();
    EXPECT_THAT(receiver->next_line(), Not(HasSubstr(message)));
    ASSERT_TRUE(is_soon("message.sent", WebhookDeliveryStatus::retrying));
    EXPECT_EQ(logged("message.sent").http_status_code, 401);
    know(rotated);
    go_on();
    EXPECT_EQ(receiver->next_line(), "message.delivered " + message);
    retry();
    EXPECT_EQ(receiver->next_line(), "message.sent " + message + ", older than what is known");
}

TEST_F(ReceiveWebhooks, TakesInboundMessages) {
    know(secret);
    ASSERT_NE(emulator.receive_message("+14155550100", "Where is my order?"), "");
    EXPECT_EQ(receiver->next_line(), "message.received: Where is my order?");
}

TEST_F(ReceiveWebhooks, RefusesForgeries) {
    know(secret);
    const webhooks::Signer other{{Secret{"whsec_dGVzdC13ZWJob29rLXNlY3JldA=="}, endpoint, {}}};
    const std::string body = R"({"field":"templates","payload":{}})";
    EXPECT_EQ(post(url, other.sign(body).value(), body), 401);
    EXPECT_EQ(post(url, sent::Headers{}, body), 401);
    const webhooks::Signer real{{Secret{secret}, endpoint, {}}};
    EXPECT_EQ(post(url, real.sign("[]").value(), "[]"), 400);
    EXPECT_EQ(post(url, real.sign(body).value(), body), 200);
}

TEST_F(WebhookExamples, BeastReceiverTakesSignedDeliveriesOnce) {
    if (!is_built("21_receive_with_beast")) {
        GTEST_SKIP() << "not built: Boost.Beast is missing";
    }
    subscribe("http://127.0.0.1:1/not-here-yet");
    Program receiver{"21_receive_with_beast",
                     Environment{{"SENT_WEBHOOK_SECRET", secret}, {"SENT_PORT", "0"}}};
    const auto url = receiver.next_line();
    ASSERT_THAT(url, StartsWith("http://127.0.0.1:"));
    move_to(url);
    const std::string body = R"({"field":"templates","payload":{}})";
    EXPECT_EQ(post(url, sent::Headers{{"x-webhook-id", endpoint}}, body), 401);
    const auto message = send_message();
    EXPECT_EQ(receiver.next_line(), "message.queued " + message + " QUEUED");
    ASSERT_TRUE(is_soon("message.queued", WebhookDeliveryStatus::delivered));
    deliver_again("message.queued");
    go_on();
    EXPECT_EQ(receiver.next_line(), "message.sent " + message + " SENT");
}

TEST_F(WebhookExamples, CapturedDeliveryIsVerifiedLater) {
    ScriptedServer recorder;
    recorder.by_default({serve([](const auto&) { return http_reply(200); })});
    subscribe(recorder.origin() + "/hook");
    send_message();
    ASSERT_TRUE(recorder.wait_for_requests(1, 20s));
    const auto request = recorder.requests().at(0);
    const auto headers = (folder.path() / "headers.txt").string();
    const auto body = (folder.path() / "body.json").string();
    {
        std::ofstream file{headers};
        for (const auto* name : {"x-webhook-id", "x-webhook-timestamp", "x-webhook-signature"}) {
            file << name << ": " << request.header(name).value_or("") << "\r\n";
        }
        std::ofstream{body} << request.body;
    }
    const auto run = [&] {
        const auto report = (folder.path() / "report").string();
        const std::string command = "exec env -i SENT_WEBHOOK_SECRET='" + secret +
                                    "' '" SENT_EXAMPLES_DIR "/22_verify_captured_delivery' '" + headers +
                                    "' '" + body + "' >'" + report + "' 2>&1";
        const int status = std::system(command.c_str());
        return std::pair{WEXITSTATUS(status), sent::test::read_file(report)};
    };
    auto [code, text] = run();
    EXPECT_EQ(code, 0) << text;
    EXPECT_THAT(text, HasSubstr("verdict: valid\n"));
    EXPECT_THAT(text, HasSubstr("event: message.queued\n"));
    std::ofstream{body, std::ios::app} << '\n';
    std::tie(code, text) = run();
    EXPECT_EQ(code, 1);
    EXPECT_THAT(text, HasSubstr("verdict: no_match\n"));
}

TEST_F(WebhookExamples, SenderIsToldByADelivery) {
    if (!is_built("23_wait_for_delivery_event")) {
        GTEST_SKIP() << "not built: cpp-httplib is missing";
    }
    testing::Emulator quick;
    ASSERT_TRUE(quick) << quick.error();
    Program sender{"23_wait_for_delivery_event",
                   Environment{{"SENT_BASE_URL", quick.base_url()},
                               {"SENT_DM_API_KEY", quick.api_key()},
                               {"SENT_PHONE_NUMBER", quick.seeds().contacts.at(0).phone_number},
                               {"SENT_TEMPLATE_ID", quick.seeds().templates.at(0).id}}};
    EXPECT_THAT(sender.next_line(), ::testing::EndsWith(": DELIVERED"));
    const auto ended = sender.next_line();
    EXPECT_EQ(ended, "");
}

}  // namespace
}  // namespace sent::test
