#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/emulator_v3_receiver.hpp"

namespace sent::test {
namespace {

using ::testing::ElementsAre;
using ::testing::MatchesRegex;

class EmulatorV3Events : public V3ReceiverTest {
  protected:
    static void expect_members_of_today(const std::string& type, const Json& payload) {
        SCOPED_TRACE(type);
        const bool got_no_further =
            type == "message.failed" || type == "message.filtered" || type == "message.blocked";
        EXPECT_EQ(got_no_further || (type.rfind("channel.", 0) == 0 && type != "channel.activated"),
                  payload.contains("reason_code"));
        EXPECT_EQ(payload.contains("reason_code") && !payload["reason"].get<std::string>().empty(),
                  payload.contains("reason_code"));
        EXPECT_EQ(type == "message.scheduled" || type == "message.cancelled",
                  payload.contains("scheduled_at"));
        EXPECT_EQ(type == "message.scheduled", payload.contains("schedule_reason"));
        const bool is_contact = type.rfind("contact.", 0) == 0;
        EXPECT_EQ(is_contact, payload.contains("from") && payload.contains("to"));
        EXPECT_FALSE(payload.contains("phone_number"));
        if (type == "templates") {
            EXPECT_FALSE(payload.contains("channel"));
            EXPECT_FALSE(payload.contains("auto_reply_action"));
        }
        if (type.rfind("link.", 0) == 0) {
            EXPECT_EQ(payload["record_id"].get<std::string>().size(), 8U);
        }
    }
};

TEST_F(EmulatorV3Events, TellsWhatBecameOfAMessage) {
    subscribe({{"event_filters", {{"message", {"delivered"}}}}});
    send_message();
    ASSERT_TRUE(receiver.wait_for_requests(1, longest_wait));
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
    EXPECT_EQ(payload["template_name"], "order_confirmation");
    EXPECT_EQ(payload["body"], "Hello John Doe, your order 12345 is confirmed.");
    EXPECT_EQ(payload["agent_id"], nullptr);
    ASSERT_TRUE(wait_for_status("DELIVERED"));
    EXPECT_EQ(receiver.request_count(), 1U);
}

TEST_F(EmulatorV3Events, TestsWithEventsOfEachTypeAndOneAttempt) {
    subscribe({{"event_types", Json::array()}});
    std::size_t count = 0;
    const auto types = client.get("/v3/webhooks/event-types").json()["data"]["event_types"];
    for (const auto& family : types) {
        const auto leaves = family["sub_types"].is_null() ? Json::array({family}) : family["sub_types"];
        for (const auto& leaf : leaves) {
            send_test(leaf["event_type"]);
            ASSERT_TRUE(receiver.wait_for_requests(++count, longest_wait));
            const auto request = receiver.requests().back();
            EXPECT_EQ(request.header("x-webhook-event-type"), leaf["event_type"].get<std::string>());
            const auto event = Json::parse(request.body);
            EXPECT_EQ(event["field"], family["name"]);
            EXPECT_EQ(event.contains("event") ? event["event"] : Json("templates"), leaf["event_type"]);
            EXPECT_FALSE(event["payload"].empty());
            expect_members_of_today(leaf["event_type"], event["payload"]);
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

TEST_F(EmulatorV3Events, TellsAnInactiveEndpointNothing) {
    subscribe();
    const std::string off = R"({"is_active":false})";
    EXPECT_EQ(client.send("PATCH", path + "/toggle-status", &off).json()["data"]["is_active"], false);
    expect_refusal(client.post(path + "/test", {{"event_type", "message.sent"}}), 400, "BUSINESS_010");
    send_message();
    EXPECT_EQ(events().size(), 0U);
}

TEST_F(EmulatorV3Events, TellsWhatAContactSays) {
    subscribe({{"event_types", {"message", "contact"}}});
    const auto message_id = emulator.receive_message("+14155550100", "STOP");
    ASSERT_TRUE(receiver.wait_for_requests(2, longest_wait));
    EXPECT_THAT(received_types(), ElementsAre("message.received", "contact.opt_out"));
    const auto said = Json::parse(receiver.requests().at(0).body)["payload"];
    EXPECT_EQ(said["message_id"], message_id);
    EXPECT_EQ(said["inbound_number"], "+14155550100");
    EXPECT_EQ(said["channel"], "sms");
    EXPECT_EQ(said["text"], "STOP");
    EXPECT_EQ(said["received_at"], said["updated_at"]);
    const auto wish = Json::parse(receiver.requests().at(1).body)["payload"];
    EXPECT_EQ(wish["contact_id"], emulator.seeds().contacts.at(0).id);
    EXPECT_EQ(wish["from"], "+14155550100");
    EXPECT_EQ(wish["to"], said["outbound_number"]);
    EXPECT_EQ(wish["template_id"], nullptr);
    EXPECT_FALSE(wish.contains("agent_id"));
    EXPECT_EQ(wish["opt_out"], true);
    EXPECT_EQ(wish["source"], "INBOUND_KEYWORD");
    EXPECT_EQ(wish["message_id"], message_id);
}

TEST_F(EmulatorV3Events, NamesTheAgentOfAnRcsContact) {
    subscribe({{"event_types", {"contact"}}});
    emulator.receive_message("+14155550100", "HELP", "rcs");
    ASSERT_TRUE(receiver.wait_for_requests(1, longest_wait));
    const auto wish = Json::parse(receiver.requests().at(0).body)["payload"];
    EXPECT_EQ(wish["from"], "+14155550100");
    EXPECT_EQ(wish["to"], nullptr);
    EXPECT_TRUE(wish["agent_id"].is_string());
}

TEST_F(EmulatorV3Events, SaysWhyAMessageGotNoFurther) {
    subscribe({{"event_filters", {{"message", {"blocked", "failed"}}}}});
    const Json text{{"to", {"+14155550100"}}, {"text", "Hi"}};
    ASSERT_EQ(client.post("/v3/messages", text).status, 202);
    emulator.advance(std::chrono::seconds(1));
    ASSERT_TRUE(receiver.wait_for_requests(1, longest_wait));
    const auto blocked = Json::parse(receiver.requests().at(0).body)["payload"];
    EXPECT_EQ(blocked["reason_code"], "CONVERSATION_TEMPLATE_REQUIRED");
    EXPECT_TRUE(blocked["reason"].is_string());
    const auto moved = client.post("/_emulator/messages/" + emulator.messages().at(0).id + "/events",
                                   {{"status", "FAILED"}});
    ASSERT_EQ(moved.status, 204);
    ASSERT_TRUE(receiver.wait_for_requests(2, longest_wait));
    EXPECT_EQ(Json::parse(receiver.requests().at(1).body)["payload"]["reason_code"], "DELIVERY_007");
}

TEST_F(EmulatorV3Events, TellsEachStatusOfAV3Message) {
    subscribe();
    const Json order{{"to", {"+14155550100"}},
                     {"template",
                      {{"id", emulator.seeds().templates.at(0).id},
                       {"parameters", {{"name", "Ada"}, {"order_id", "7"}}}}}};
    const auto answer = client.post("/v3/messages", order);
    ASSERT_EQ(answer.status, 202) << answer.body;
    emulator.advance(std::chrono::seconds(2));
    ASSERT_TRUE(receiver.wait_for_requests(4, longest_wait));
    EXPECT_THAT(received_types(),
                ElementsAre("message.queued", "message.routed", "message.sent", "message.delivered"));
    EXPECT_EQ(Json::parse(receiver.requests().at(0).body)["payload"]["channel"], "sent");
    const auto routed = Json::parse(receiver.requests().at(1).body)["payload"];
    EXPECT_EQ(routed["channel"], "whatsapp");
    EXPECT_EQ(routed["message_id"], answer.json()["data"]["recipients"].at(0)["message_id"]);
}

TEST_F(EmulatorV3Events, TellsTheReviewOfTemplates) {
    subscribe({{"event_types", {"templates"}}});
    const Json body{{"submit_for_review", true},
                    {"definition", {{"body", {{"multiChannel", {{"template", "Hello"}}}}}}}};
    const std::string template_id = client.post("/v3/templates", body).json()["data"]["id"];
    emulator.advance(std::chrono::seconds(2));
    ASSERT_TRUE(receiver.wait_for_requests(2, longest_wait));
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
    EXPECT_FALSE(approved["payload"].contains("channel")) << "it is for the whole template";
}

TEST_F(EmulatorV3Events, TellsTheOrganizationOfItsProfilesIfItAsks) {
    subscribe({{"event_types", {"message"}}, {"sender_profile", {{"event_types", {"templates"}}}}});
    client.set_header("x-profile-id", emulator.seeds().profiles.at(0).id);
    const Json body{{"submit_for_review", true},
                    {"definition", {{"body", {{"multiChannel", {{"template", "Hello"}}}}}}}};
    EXPECT_EQ(client.post("/v3/templates", body).status, 201);
    client.set_header("x-profile-id", "");
    EXPECT_EQ(client.post("/v3/templates", body).status, 201);
    emulator.advance(std::chrono::seconds(2));
    ASSERT_TRUE(receiver.wait_for_requests(2, longest_wait));
    EXPECT_EQ(events().size(), 2U);
    for (const auto& request : receiver.requests()) {
        EXPECT_EQ(Json::parse(request.body)["payload"]["account_id"], emulator.seeds().profiles.at(0).id);
    }
}

}  // namespace
}  // namespace sent::test
