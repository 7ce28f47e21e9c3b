#include <set>
#include <string>
#include <variant>

#include <gtest/gtest.h>

#include <sent/sent.hpp>
#include <sent/webhooks.hpp>

#include "integration/emulator_v3_receiver.hpp"

/// The receiver's side of webhooks, and the reason of a failure, against what the emulator delivers.

namespace sent::test {
namespace {

class Receiving : public V3ReceiverTest {
  protected:
    Client our_client() const {
        ClientOptions options;
        options.api_key = emulator.api_key();
        options.base_url = emulator.base_url();
        options.use_environment = false;
        return Client{options};
    }
};

TEST_F(Receiving, KnowsEventsOfEveryType) {
    subscribe();
    const webhooks::Verifier verifier{{webhooks::SecretList(secret)}};
    std::set<std::size_t> alternatives;
    std::size_t count = 0;
    const auto families = our_client().webhooks().event_types().value();
    for (const auto& family : families.items) {
        auto types = family.sub_types;
        if (types.empty()) {
            types = {family};
        }
        for (const auto& type : types) {
            send_test(type.event_type.value_or(""));
            ASSERT_TRUE(receiver.wait_for_requests(++count, longest_wait));
            const auto request = receiver.requests().back();
            const auto event = verifier.verify(request.headers, request.body);
            ASSERT_TRUE(event) << event.error();
            EXPECT_FALSE(std::holds_alternative<webhooks::UnknownEvent>(event->payload)) << request.body;
            EXPECT_EQ(event->field.str(), family.name);
            EXPECT_TRUE(event->timestamp);
            EXPECT_EQ(webhooks::dedupe_key(request.headers, request.body)
                          .rfind(request.header("x-webhook-event-id").value_or("none") + ':', 0),
                      0U);
            alternatives.insert(event->payload.index());
        }
    }
    EXPECT_GE(count, 25U);
    EXPECT_EQ(alternatives.size(), std::variant_size_v<webhooks::EventPayload> - 1);
}

TEST_F(Receiving, LearnsTheReasonOfAFailureThatADeliveryDoesNotTell) {
    subscribe({{"event_filters", {{"message", {"failed"}}}}});
    const auto ours = our_client();
    SendMessageRequest request;
    request.to = {emulator.seeds().contacts.at(0).phone_number};
    request.template_ref = TemplateRef{};
    request.template_ref->id = emulator.seeds().templates.at(0).id;
    request.template_ref->parameters = {{"name", "Ada"}, {"order_id", "1"}};
    const auto message_id = ours.messages().send(request).value().recipients.at(0).message_id.value();
    EXPECT_FALSE(ours.messages().failure_reason(message_id).value());

    const auto answer = client.post(
        "/_emulator/messages/" + message_id + "/events",
        {{"status", "FAILED"}, {"description", "The handset is off."}, {"reason_code", "DELIVERY_004"}});
    ASSERT_EQ(answer.status, 204) << answer.body;
    ASSERT_TRUE(receiver.wait_for_requests(1, longest_wait));
    const auto delivery = receiver.requests().back();
    const auto event =
        webhooks::Verifier{{webhooks::SecretList(secret)}}.verify(delivery.headers, delivery.body).value();
    const auto& status = std::get<webhooks::MessageStatusEvent>(event.payload);
    EXPECT_EQ(status.message_status, MessageStatus::failed);

    const auto reason = ours.messages().failure_reason(status.message_id).value();
    ASSERT_TRUE(reason);
    EXPECT_EQ(reason->reason_code, "DELIVERY_004");
    EXPECT_EQ(reason->description, "The handset is off.");
}

}  // namespace
}  // namespace sent::test
