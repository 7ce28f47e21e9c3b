#include <chrono>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sent/sent.hpp>

#include "integration/emulator_v3_receiver.hpp"

/// Cancelling and resending messages of v3, through the public API and with other clients.

namespace sent::test {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;
using namespace std::chrono_literals;

constexpr auto nobody = "11111111-2222-4333-8444-555555555555";

class EmulatorV3CancelAndResend : public V3ReceiverTest {
  protected:
    ClientOptions options() const {
        ClientOptions result;
        result.base_url = emulator.base_url();
        result.api_key = emulator.api_key();
        result.use_environment = false;
        return result;
    }
    SendMessageRequest guide_send() const {
        SendMessageRequest request;
        request.to = {emulator.seeds().contacts.at(0).phone_number};
        request.channel = {Channel::sms};
        auto& chosen = request.template_ref.emplace();
        chosen.id = emulator.seeds().templates.at(0).id;
        chosen.parameters = {{"name", "Ada"}, {"order_id", "7"}};
        return request;
    }
    std::string send_one(const SendMessageRequest& request) {
        const auto reply = api.messages().send(request);
        EXPECT_TRUE(reply) << reply.error();
        return reply ? reply->recipients.at(0).message_id.value() : "";
    }
    std::string schedule(std::chrono::minutes delay = 60min) {
        auto request = guide_send();
        request.scheduled_at = std::chrono::system_clock::now() + delay;
        return send_one(request);
    }
    std::string deliver() {
        auto message_id = send_one(guide_send());
        emulator.advance(1s);
        return message_id;
    }
    void set_status(const std::string& message_id, const char* status) {
        const auto answer =
            client.post("/_emulator/messages/" + message_id + "/events", {{"status", status}});
        EXPECT_EQ(answer.status, 204) << answer.body;
    }
    std::vector<std::string> statuses(const std::string& message_id) const {
        std::vector<std::string> result;
        const auto message = api.messages().get(message_id);
        for (const auto& event : message.value().events) {
            result.push_back(event.status.str());
        }
        return result;
    }
    static void expect_too_late(const Result<Message>& cancelled) {
        ASSERT_FALSE(cancelled);
        EXPECT_EQ(cancelled.error().kind, ErrorKind::conflict);
        EXPECT_EQ(cancelled.error().code, "BUSINESS_006");
        EXPECT_EQ(cancelled.error().outcome, Outcome::rejected);
        EXPECT_EQ(cancelled.error().attempts, 1);
    }

    Client api{options()};
};

TEST_F(EmulatorV3CancelAndResend, CancelsAScheduledMessageForGood) {
    const auto message_id = schedule();
    const auto held_until = api.messages().get(message_id).value().scheduled_at;

    const auto cancelled = api.messages().cancel(message_id);

    ASSERT_TRUE(cancelled) << cancelled.error();
    EXPECT_EQ(cancelled->id, message_id);
    EXPECT_EQ(cancelled->status, MessageStatus::cancelled);
    EXPECT_EQ(cancelled->scheduled_at, held_until);
    EXPECT_THAT(statuses(message_id), ElementsAre("QUEUED", "SCHEDULED")) << "up to the cancellation";
    emulator.advance(2h);
    EXPECT_EQ(api.messages().get(message_id).value().status, MessageStatus::cancelled);
}

TEST_F(EmulatorV3CancelAndResend, CancelsAgainWithoutASecondEvent) {
    subscribe({{"event_filters", {{"message", {"cancelled"}}}}});
    const auto message_id = schedule();
    CallOptions other_key;
    other_key.idempotency_key = "once-more";

    EXPECT_TRUE(api.messages().cancel(message_id));
    const auto again = api.messages().cancel(message_id, other_key);

    ASSERT_TRUE(again) << again.error();
    EXPECT_EQ(again->status, MessageStatus::cancelled);
    EXPECT_FALSE(again.meta().replayed);
    ASSERT_TRUE(receiver.wait_for_requests(1, longest_wait));
    const auto payload = Json::parse(receiver.requests().at(0).body)["payload"];
    EXPECT_EQ(payload["message_status"], "CANCELLED");
    EXPECT_TRUE(payload["scheduled_at"].is_string());
    EXPECT_EQ(events().size(), 1U);
}

TEST_F(EmulatorV3CancelAndResend, CancelsAMessageThatQuietHoursHold) {
    const auto message_id = send_one(guide_send());
    set_status(message_id, "SCHEDULED");
    emulator.advance(1h);
    EXPECT_EQ(api.messages().get(message_id).value().status, MessageStatus::scheduled) << "it is held";

    const auto cancelled = api.messages().cancel(message_id);

    ASSERT_TRUE(cancelled) << cancelled.error();
    EXPECT_TRUE(cancelled->scheduled_at);
    emulator.advance(24h);
    EXPECT_EQ(api.messages().get(message_id).value().status, MessageStatus::cancelled);
}

TEST_F(EmulatorV3CancelAndResend, QuietHoursMoveAScheduledMessage) {
    subscribe({{"event_filters", {{"message", {"scheduled"}}}}});
    const auto message_id = schedule();
    set_status(message_id, "SCHEDULED");
    ASSERT_TRUE(receiver.wait_for_requests(2, longest_wait));
    std::vector<std::string> reasons;
    for (const auto& request : receiver.requests()) {
        reasons.push_back(Json::parse(request.body)["payload"]["schedule_reason"]);
    }
    EXPECT_THAT(reasons, UnorderedElementsAre("scheduled", "quiet_hours"));

    emulator.advance(2h);
    EXPECT_EQ(api.messages().get(message_id).value().status, MessageStatus::scheduled);
    emulator.advance(7h);
    EXPECT_THAT(statuses(message_id),
                ElementsAre("QUEUED", "SCHEDULED", "SCHEDULED", "QUEUED", "ROUTED", "SENT", "DELIVERED"));
}

TEST_F(EmulatorV3CancelAndResend, CancelsNothingThatIsNotHeld) {
    const auto message_id = send_one(guide_send());
    expect_too_late(api.messages().cancel(message_id));
    for (const char* status :
         {"PROCESSED", "ROUTED", "SENT", "DELIVERED", "READ", "FAILED", "FILTERED", "BLOCKED"}) {
        set_status(message_id, status);
        expect_too_late(api.messages().cancel(message_id));
    }
    EXPECT_EQ(api.messages().cancel(nobody).error().code, "RESOURCE_003");
}

TEST_F(EmulatorV3CancelAndResend, CancelsNothingInSandboxMode) {
    const auto message_id = schedule();
    CallOptions sandbox;
    sandbox.sandbox = true;

    const auto refused = api.messages().cancel(message_id, sandbox);

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::invalid_request);
    EXPECT_EQ(refused.error().outcome, Outcome::not_sent);
    EXPECT_EQ(api.messages().get(message_id).value().status, MessageStatus::scheduled);
}

TEST_F(EmulatorV3CancelAndResend, ResendsAFinishedMessageAndBillsItAgain) {
    const auto message_id = deliver();
    subscribe({{"event_filters", {{"message", {"queued", "delivered"}}}}});
    EXPECT_EQ(emulator.accepted_messages(), 1U);

    const auto again = api.messages().resend(message_id);

    ASSERT_TRUE(again) << again.error();
    EXPECT_EQ(again.meta().http_status, 202);
    EXPECT_EQ(again->status, MessageStatus::queued);
    ASSERT_EQ(again->recipients.size(), 1U);
    EXPECT_EQ(again->recipients[0].to, emulator.seeds().contacts.at(0).phone_number);
    EXPECT_EQ(again->recipients[0].channel, Channel::sms);
    EXPECT_EQ(emulator.accepted_messages(), 2U);
    EXPECT_EQ(api.messages().get(message_id).value().status, MessageStatus::queued);
    emulator.advance(1s);
    EXPECT_THAT(statuses(message_id), ElementsAre("QUEUED", "ROUTED", "SENT", "DELIVERED", "QUEUED", "ROUTED",
                                                  "SENT", "DELIVERED"));
    ASSERT_TRUE(receiver.wait_for_requests(2, longest_wait));
    EXPECT_THAT(received_types(), UnorderedElementsAre("message.queued", "message.delivered"));
}

TEST_F(EmulatorV3CancelAndResend, ResendsOnceForAKey) {
    const auto message_id = deliver();
    CallOptions keyed;
    keyed.idempotency_key = "resend-1001";

    EXPECT_TRUE(api.messages().resend(message_id, keyed));
    const auto again = Client{options()}.messages().resend(message_id, keyed);

    ASSERT_TRUE(again) << again.error();
    EXPECT_TRUE(again.meta().replayed);
    EXPECT_EQ(emulator.accepted_messages(), 2U);
    EXPECT_EQ(emulator.accepted_messages_for_key("resend-1001"), 1U);
}

TEST_F(EmulatorV3CancelAndResend, ResendsWithoutAKeyAtMostOnce) {
    const auto message_id = deliver();
    testing::Fault lost;
    lost.kind = testing::FaultKind::close_before_reply;
    lost.path_prefix = "/v3/messages/" + message_id + "/resend";
    emulator.add_fault(lost);
    auto keyless = options();
    keyless.auto_idempotency_key = false;

    const auto again = Client{keyless}.messages().resend(message_id);

    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().outcome, Outcome::unknown);
    EXPECT_EQ(again.error().attempts, 1);
    EXPECT_EQ(emulator.accepted_messages(), 2U);
}

TEST_F(EmulatorV3CancelAndResend, ResendsOnlyFinishedMessages) {
    const auto message_id = send_one(guide_send());
    for (const char* status : {"QUEUED", "ROUTED", "SENT", "FILTERED", "CANCELLED"}) {
        set_status(message_id, status);
        const auto refused = api.messages().resend(message_id);
        ASSERT_FALSE(refused) << status;
        EXPECT_EQ(refused.error().code, "BUSINESS_006") << status;
        EXPECT_EQ(refused.error().attempts, 1) << status;
    }
    EXPECT_EQ(emulator.accepted_messages(), 1U);
    for (const char* status : {"DELIVERED", "READ", "FAILED", "BLOCKED"}) {
        set_status(message_id, status);
        EXPECT_TRUE(api.messages().resend(message_id)) << status;
    }
    EXPECT_EQ(emulator.accepted_messages(), 5U);
    EXPECT_EQ(api.messages().resend(nobody).error().code, "RESOURCE_003");
}

TEST_F(EmulatorV3CancelAndResend, ResendsUnderTheConditionsOfNow) {
    const auto message_id = deliver();
    emulator.receive_message(emulator.seeds().contacts.at(0).phone_number, "STOP");
    ASSERT_TRUE(api.messages().resend(message_id));
    emulator.advance(1s);
    EXPECT_EQ(api.messages().get(message_id).value().status, MessageStatus::filtered);
}

TEST_F(EmulatorV3CancelAndResend, ResendsNothingInSandboxMode) {
    const auto message_id = deliver();
    CallOptions sandbox;
    sandbox.sandbox = true;
    const auto simulated = api.messages().resend(message_id, sandbox);
    ASSERT_TRUE(simulated) << simulated.error();
    EXPECT_TRUE(simulated.meta().sandbox);
    EXPECT_EQ(simulated->recipients.size(), 1U);
    EXPECT_TRUE(api.messages().resend(nobody, sandbox)) << "nothing is looked up";
    EXPECT_EQ(emulator.accepted_messages(), 1U);
    EXPECT_EQ(api.messages().get(message_id).value().status, MessageStatus::delivered);
}

TEST_F(EmulatorV3CancelAndResend, CountsResentMessagesAgainstTheLimit) {
    const auto message_id = deliver();
    testing::EmulatorRateLimits limits;
    limits.messages = 1;
    emulator.set_rate_limits(limits);
    auto once = options();
    once.retry.max_retries = 0;
    const Client impatient{once};
    EXPECT_TRUE(impatient.messages().resend(message_id));
    emulator.advance(1s);
    EXPECT_EQ(impatient.messages().resend(message_id).error().kind, ErrorKind::rate_limited);
}

}  // namespace
}  // namespace sent::test
