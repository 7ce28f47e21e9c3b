#include <array>
#include <chrono>
#include <ctime>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/emulator_v3_client.hpp"

namespace sent::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr auto guide_template = "7ba7b820-9dad-11d1-80b4-00c04fd430c8";
constexpr auto draft_template = "e85f1b02-6c3d-4d7e-9a18-2f4b70c9d5e1";
constexpr auto nobody = "11111111-2222-4333-8444-555555555555";

class EmulatorV3Sends : public ::testing::Test {
  protected:
    static Json guide_send() {
        return {{"to", {"+14155550100"}},
                {"channel", {"sms"}},
                {"template", {{"id", guide_template}, {"parameters", {{"name", "Ada"}, {"order_id", "7"}}}}}};
    }
    static Json text_send() { return {{"to", {"+14155550100"}}, {"channel", {"sms"}}, {"text", "Hello"}}; }

    std::string send_one(const Json& body) {
        const auto answer = client.post("/v3/messages", body);
        EXPECT_EQ(answer.status, 202) << answer.body;
        return answer.status == 202 ? answer.json()["data"]["recipients"][0]["message_id"] : "";
    }
    Json message(const std::string& id) { return client.get("/v3/messages/" + id).json()["data"]; }
    std::vector<std::string> statuses(const std::string& id) {
        std::vector<std::string> result;
        const auto events = message(id)["events"];
        for (const auto& event : events) {
            result.push_back(event["status"]);
        }
        return result;
    }
    void expect_field(const Json& body, const char* code, const std::string& field) {
        const auto answer = client.post("/v3/messages", body);
        expect_refusal(answer, 400, code);
        EXPECT_TRUE(answer.json()["error"]["details"].contains(field)) << answer.body;
    }
    std::string reason_of(const std::string& id) {
        const auto log = client.get("/v3/messages/" + id + "/activities").json()["data"]["activities"];
        return log[0].value("reason_code", "");
    }
    void receive(const std::string& text, const std::string& channel) {
        const Json inbound{{"from", "+14155550100"}, {"text", text}, {"channel", channel}};
        EXPECT_EQ(client.post("/_emulator/inbound", inbound).status, 201);
    }
    Json text_send_by(const char* channel) {
        auto body = text_send();
        body.erase("channel");
        if (channel != nullptr) {
            body["channel"] = {channel};
        }
        return body;
    }
    std::string in(std::chrono::seconds delay) {
        const auto time =
            std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now() + delay);
        const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
        std::tm parts{};
        gmtime_r(&seconds, &parts);
        std::array<char, 40> text{};
        std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S+00:00", &parts);
        return text.data();
    }

    testing::Emulator emulator;
    OtherClient client = v3_client(emulator);
};

TEST_F(EmulatorV3Sends, AcceptsATemplateAndFillsItIn) {
    const auto answer = client.post("/v3/messages", guide_send());
    ASSERT_EQ(answer.status, 202) << answer.body;
    const auto data = answer.json()["data"];
    EXPECT_EQ(data["status"], "QUEUED");
    EXPECT_EQ(data["template_id"], guide_template);
    EXPECT_EQ(data["template_name"], "order_confirmation");
    ASSERT_EQ(data["recipients"].size(), 1U);
    const auto& recipient = data["recipients"][0];
    EXPECT_EQ(recipient["to"], "+14155550100");
    EXPECT_EQ(recipient["channel"], "sms");
    EXPECT_EQ(recipient["body"], "Hello Ada, your order 7 is confirmed.");
    const auto accepted = emulator.messages().at(0);
    EXPECT_EQ(accepted.id, recipient["message_id"]);
    EXPECT_EQ(accepted.generation, "v3");
    EXPECT_EQ(accepted.channel, "sms");
    EXPECT_EQ(accepted.contact_id, emulator.seeds().contacts.at(0).id);
}

TEST_F(EmulatorV3Sends, FindsATemplateByName) {
    auto body = guide_send();
    body["template"].erase("id");
    body["template"]["name"] = "order_confirmation";
    EXPECT_EQ(client.post("/v3/messages", body).json()["data"]["template_id"], guide_template);
    body["template"]["name"] = "Order_Confirmation";
    expect_refusal(client.post("/v3/messages", body), 404, "RESOURCE_002");
    body["template"] = {{"id", nobody}};
    expect_refusal(client.post("/v3/messages", body), 404, "RESOURCE_002");
    EXPECT_EQ(emulator.accepted_messages(), 1U);
}

TEST_F(EmulatorV3Sends, SendsAMessageForEachRecipientAndChannel) {
    auto body = guide_send();
    body["to"] = {"+14155550100", "+12025550123"};
    body["channel"] = {"sms", "whatsapp", "sms"};
    const auto recipients = client.post("/v3/messages", body).json()["data"]["recipients"];
    ASSERT_EQ(recipients.size(), 4U);
    EXPECT_EQ(recipients[1]["channel"], "whatsapp");
    EXPECT_EQ(recipients[2]["to"], "+12025550123");
    EXPECT_EQ(emulator.accepted_messages(), 4U);
}

TEST_F(EmulatorV3Sends, LeavesTheChannelOpenUntilItIsRouted) {
    auto body = guide_send();
    body.erase("channel");
    const auto answer = client.post("/v3/messages", body);
    const auto recipient = answer.json()["data"]["recipients"][0];
    EXPECT_EQ(recipient["channel"], nullptr);
    emulator.advance(std::chrono::seconds(1));
    EXPECT_EQ(message(recipient["message_id"])["channel"], "whatsapp");
}

TEST_F(EmulatorV3Sends, MovesAMessageToDelivered) {
    const auto id = send_one(guide_send());
    EXPECT_EQ(statuses(id).front(), "QUEUED");
    emulator.advance(std::chrono::seconds(1));
    EXPECT_THAT(statuses(id), ElementsAre("QUEUED", "ROUTED", "SENT", "DELIVERED"));
    const auto found = message(id);
    EXPECT_EQ(found["status"], "DELIVERED");
    EXPECT_EQ(found["direction"], "OUTBOUND");
    EXPECT_EQ(found["phone_international"], "+1 415-555-0100");
    EXPECT_EQ(found["price"], 0.0412);
    EXPECT_EQ(found["message_body"]["content"], "Hello Ada, your order 7 is confirmed.");
    EXPECT_FALSE(found.contains("scheduled_at"));

    const auto log = client.get("/v3/messages/" + id + "/activities").json()["data"];
    EXPECT_EQ(log["message_id"], id);
    ASSERT_EQ(log["activities"].size(), 4U);
    EXPECT_EQ(log["activities"][0]["status"], "DELIVERED");
    EXPECT_EQ(log["activities"][0]["price"], "0.0412");
    EXPECT_TRUE(log["activities"][0]["from"].is_string());
    EXPECT_EQ(log["activities"][3]["status"], "QUEUED");
    EXPECT_EQ(log["activities"][3]["from"], nullptr);
}

TEST_F(EmulatorV3Sends, KnowsItsMessages) {
    expect_refusal(client.get("/v3/messages/me"), 400, "VALIDATION_003");
    expect_refusal(client.get(std::string("/v3/messages/") + nobody), 404, "RESOURCE_003");
    expect_refusal(client.get(std::string("/v3/messages/") + nobody + "/activities"), 404, "RESOURCE_003");
}

TEST_F(EmulatorV3Sends, FiltersMessagesToWhoHasOptedOut) {
    emulator.receive_message("+14155550100", "STOP");
    const auto id = send_one(guide_send());
    emulator.advance(std::chrono::seconds(1));
    EXPECT_THAT(statuses(id), ElementsAre("QUEUED", "FILTERED"));
    EXPECT_EQ(reason_of(id), "BUSINESS_004");
    emulator.receive_message("+14155550100", "start");
    const auto second = send_one(guide_send());
    emulator.advance(std::chrono::seconds(1));
    EXPECT_EQ(message(second)["status"], "DELIVERED");
}

TEST_F(EmulatorV3Sends, BlocksATemplateThatIsNotApproved) {
    auto body = guide_send();
    body["template"] = {{"id", draft_template}, {"parameters", {{"nombre", "Ana"}}}};
    const auto id = send_one(body);
    emulator.advance(std::chrono::seconds(1));
    EXPECT_THAT(statuses(id), ElementsAre("QUEUED", "BLOCKED"));
    EXPECT_EQ(reason_of(id), "BUSINESS_005");
}

TEST_F(EmulatorV3Sends, BlocksFreeTextToAContactThatHasNeitherRepliedNorGotATemplate) {
    for (const char* channel : {"sms", "rcs", "mms", static_cast<const char*>(nullptr)}) {
        const auto id = send_one(text_send_by(channel));
        emulator.advance(std::chrono::seconds(1));
        EXPECT_THAT(statuses(id), ElementsAre("QUEUED", "BLOCKED"));
        EXPECT_EQ(reason_of(id), "CONVERSATION_TEMPLATE_REQUIRED");
    }
}

TEST_F(EmulatorV3Sends, TakesFreeTextForSevenDaysAfterATemplate) {
    send_one(guide_send());
    emulator.advance(std::chrono::hours(24 * 7 - 1));
    const auto early = send_one(text_send_by("rcs"));
    const auto on_whatsapp = send_one(text_send_by("whatsapp"));
    emulator.advance(std::chrono::hours(2));
    const auto late = send_one(text_send_by("sms"));
    emulator.advance(std::chrono::seconds(1));
    EXPECT_EQ(message(early)["status"], "DELIVERED");
    EXPECT_EQ(message(late)["status"], "BLOCKED");
    EXPECT_EQ(message(on_whatsapp)["status"], "FAILED") << "a template opens no WhatsApp window";
    EXPECT_EQ(reason_of(on_whatsapp), "WHATSAPP_TEMPLATE_REQUIRED");
}

TEST_F(EmulatorV3Sends, TakesFreeTextFromThenOnWhenAContactHasReplied) {
    receive("Hi", "rcs");
    emulator.advance(std::chrono::hours(24 * 300));
    const auto id = send_one(text_send());
    emulator.advance(std::chrono::seconds(1));
    EXPECT_EQ(message(id)["status"], "DELIVERED");
    EXPECT_EQ(message(id)["template_id"], nullptr);
}

TEST_F(EmulatorV3Sends, CountsHelpAndStartAsRepliesAndStopAsNone) {
    receive("STOP", "sms");
    EXPECT_EQ(client.get("/v3/contacts/" + emulator.seeds().contacts.at(0).id).json()["data"]["opt_out"],
              true);
    const std::string in_again = R"({"opt_out":false})";
    client.send("PATCH", "/v3/contacts/" + emulator.seeds().contacts.at(0).id, &in_again);
    const auto after_stop = send_one(text_send());
    emulator.advance(std::chrono::seconds(1));
    EXPECT_EQ(message(after_stop)["status"], "BLOCKED");
    receive("HELP", "sms");
    const auto after_help = send_one(text_send());
    emulator.advance(std::chrono::seconds(1));
    EXPECT_EQ(message(after_help)["status"], "DELIVERED");
}

TEST_F(EmulatorV3Sends, SendsFreeTextByAnotherWayWhenTheWhatsAppWindowIsClosed) {
    receive("Hi", "whatsapp");
    const auto early = send_one(text_send_by(nullptr));
    emulator.advance(std::chrono::hours(25));
    const auto late = send_one(text_send_by(nullptr));
    const auto on_whatsapp = send_one(text_send_by("whatsapp"));
    emulator.advance(std::chrono::seconds(1));
    EXPECT_EQ(message(early)["channel"], "whatsapp");
    EXPECT_EQ(message(early)["status"], "DELIVERED");
    EXPECT_EQ(message(late)["channel"], "sms");
    EXPECT_EQ(message(late)["status"], "DELIVERED");
    EXPECT_EQ(message(on_whatsapp)["status"], "FAILED");
}

TEST_F(EmulatorV3Sends, BlocksAMessageWhoseListedSendersAreAllInactive) {
    auto body = guide_send();
    body["channels"] = {{"sms", {{{"from", {"+12025550177"}}}}}};
    const auto blocked = send_one(body);
    body["channels"] = {{"sms", {{{"from", {"+12025550177"}}}, {{"from", {"+12025550100"}}}}}};
    const auto sent = send_one(body);
    body["channels"] = {{"whatsapp", {{{"from", {"+12025550177"}}}}}};
    const auto elsewhere = send_one(body);
    emulator.advance(std::chrono::seconds(1));
    EXPECT_THAT(statuses(blocked), ElementsAre("QUEUED", "BLOCKED"));
    EXPECT_EQ(reason_of(blocked), "BUSINESS_029");
    EXPECT_EQ(message(sent)["status"], "DELIVERED");
    EXPECT_EQ(message(elsewhere)["status"], "DELIVERED") << "the list is of another channel";
}

TEST_F(EmulatorV3Sends, ListsConversationsNewestFirst) {
    const auto id = send_one(guide_send());
    const auto inbound = emulator.receive_message("+14155550100", "Hi");
    auto body = guide_send();
    body["to"] = {"+12025550123"};
    const auto other = send_one(body);
    const auto all = client.get("/v3/conversations?page_size=2").json()["data"];
    EXPECT_EQ(all["pagination"]["total_count"], 3);
    EXPECT_EQ(all["messages"][0]["id"], other);
    EXPECT_EQ(all["messages"][1]["id"], inbound);
    EXPECT_EQ(all["messages"][1]["direction"], "INBOUND");
    EXPECT_EQ(all["messages"][1]["status"], "RECEIVED");
    const auto contact = "/v3/conversations/" + emulator.seeds().contacts.at(0).id;
    const auto own = client.get(contact).json()["data"];
    EXPECT_EQ(own["pagination"]["total_count"], 2);
    EXPECT_EQ(own["messages"][1]["id"], id);
    expect_refusal(client.get(std::string("/v3/conversations/") + nobody), 404, "RESOURCE_001");
    EXPECT_EQ(emulator.accepted_messages(), 2U);
}

TEST_F(EmulatorV3Sends, HoldsScheduledMessages) {
    auto body = guide_send();
    body["scheduled_at"] = in(std::chrono::hours(1));
    const auto answer = client.post("/v3/messages", body);
    ASSERT_EQ(answer.status, 202) << answer.body;
    EXPECT_EQ(answer.json()["data"]["status"], "QUEUED");
    EXPECT_TRUE(answer.json()["data"].contains("scheduled_at"));
    const std::string id = answer.json()["data"]["recipients"][0]["message_id"];
    emulator.advance(std::chrono::minutes(58));
    EXPECT_EQ(message(id)["status"], "SCHEDULED");
    EXPECT_TRUE(message(id)["scheduled_at"].is_string());
    emulator.advance(std::chrono::minutes(3));
    EXPECT_THAT(statuses(id), ElementsAre("QUEUED", "SCHEDULED", "QUEUED", "ROUTED", "SENT", "DELIVERED"));
    EXPECT_TRUE(message(id)["scheduled_at"].is_string()) << "it was held";
}

TEST_F(EmulatorV3Sends, RefusesSchedulesOutOfBounds) {
    auto body = guide_send();
    for (const auto delay : {std::chrono::seconds(30), std::chrono::seconds(86400 * 31)}) {
        body["scheduled_at"] = in(delay);
        expect_field(body, "VALIDATION_005", "scheduled_at");
    }
    for (const char* text : {"tomorrow", "2030-01-01T00:00:00", ""}) {
        body["scheduled_at"] = text;
        expect_field(body, "VALIDATION_001", "scheduled_at");
    }
}

TEST_F(EmulatorV3Sends, SaysWhatIsWrongWithTheRecipients) {
    auto body = guide_send();
    body["to"] = Json::array();
    expect_field(body, "VALIDATION_004", "to");
    body.erase("to");
    expect_field(body, "VALIDATION_004", "to");
    body["to"] = {"+14155550100", "4155550100"};
    expect_field(body, "VALIDATION_002", "to[1]");
    body["to"] = "+14155550100";
    expect_field(body, "VALIDATION_001", "to");
    body["to"] = std::vector<std::string>(1001, "+14155550100");
    expect_field(body, "VALIDATION_005", "to");
    EXPECT_EQ(emulator.accepted_messages(), 0U);
    body["to"] = std::vector<std::string>(1000, "+14155550100");
    EXPECT_EQ(client.post("/v3/messages", body).status, 202);
    EXPECT_EQ(emulator.accepted_messages(), 1000U);
}

TEST_F(EmulatorV3Sends, SaysWhatIsWrongWithTheContent) {
    auto body = guide_send();
    body["text"] = "Hello";
    expect_field(body, "VALIDATION_001", "text");
    body.erase("text");
    body["template"]["name"] = "order_confirmation";
    expect_field(body, "VALIDATION_001", "template.id");
    body["template"] = Json::object();
    expect_field(body, "VALIDATION_004", "template.id");
    body["template"] = {{"id", "me"}};
    expect_field(body, "VALIDATION_003", "template.id");
    body.erase("template");
    expect_field(body, "VALIDATION_004", "template");
    body = guide_send();
    body["template"]["parameters"] = {{"name", "Ada"}};
    expect_field(body, "VALIDATION_008", "template.parameters.order_id");
    body["template"]["parameters"] = {{"name", "Ada"}, {"order_id", 7}};
    expect_field(body, "VALIDATION_001", "template.parameters.order_id");
}

TEST_F(EmulatorV3Sends, SaysWhatIsWrongWithTheChannels) {
    auto body = guide_send();
    body["channel"] = {"sms", "SMS"};
    expect_field(body, "VALIDATION_006", "channel[1]");
    body = guide_send();
    body["channels"] = {{"sent", {{{"from", {"+12025550100"}}}}}};
    expect_field(body, "VALIDATION_006", "channels.sent");
    body["channels"] = {{"sms", {{{"from", {"0"}}, {"strategy", "random"}}}}};
    expect_field(body, "VALIDATION_001", "channels.sms[0].from[0]");
    body["channels"] = {{"sms", {{{"from", {"+12025550100"}}, {"country", "US"}, {"strategy", "sticky"}}}}};
    const auto id = send_one(body);
    emulator.advance(std::chrono::seconds(1));
    const auto log = client.get("/v3/messages/" + id + "/activities").json()["data"]["activities"];
    EXPECT_EQ(log[0]["from"], "+12025550100");
}

TEST_F(EmulatorV3Sends, TakesMediaAndSubjectForMmsOnly) {
    auto body = guide_send();
    body["media_urls"] = {"https://example.com/a.png"};
    body["subject"] = "Your order";
    const auto ignored = message(send_one(body));
    EXPECT_EQ(ignored["message_body"]["subject"], nullptr);
    EXPECT_EQ(ignored["message_body"]["media"], nullptr);
    body["channel"] = {"mms"};
    const auto found = message(send_one(body));
    EXPECT_EQ(found["message_body"]["subject"], "Your order");
    EXPECT_EQ(found["message_body"]["media"][0]["url"], "https://example.com/a.png");
    body["media_urls"] = {"http://example.com/a.png"};
    expect_field(body, "VALIDATION_001", "media_urls[0]");
}

TEST_F(EmulatorV3Sends, AcceptsNothingInSandboxMode) {
    auto body = guide_send();
    body["sandbox"] = true;
    body["template"] = {{"id", nobody}};
    const auto answer = client.post("/v3/messages", body);
    EXPECT_EQ(answer.status, 202);
    EXPECT_EQ(header_of(answer, "X-Sandbox"), "true");
    const std::string id = answer.json()["data"]["recipients"][0]["message_id"];
    EXPECT_EQ(client.get("/v3/messages/" + id).status, 404);
    EXPECT_EQ(emulator.accepted_messages(), 0U);
    body["to"] = {"me"};
    expect_refusal(client.post("/v3/messages", body), 400, "VALIDATION_002");
}

TEST_F(EmulatorV3Sends, CountsOncePerKeyHoweverOftenItIsAsked) {
    client.set_header("Idempotency-Key", "order-1");
    testing::Fault fault;
    fault.kind = testing::FaultKind::close_before_reply;
    fault.times = 2;
    emulator.add_fault(fault);
    EXPECT_NE(client.post("/v3/messages", guide_send()).error, CURLE_OK);
    EXPECT_NE(client.post("/v3/messages", guide_send()).error, CURLE_OK);
    const auto answer = client.post("/v3/messages", guide_send());
    EXPECT_EQ(answer.status, 202);
    EXPECT_EQ(header_of(answer, "Idempotent-Replayed"), "true");
    EXPECT_EQ(emulator.accepted_messages(), 1U);
    EXPECT_EQ(emulator.accepted_messages_for_key("order-1"), 1U);
    EXPECT_EQ(emulator.accepted_messages_for_key("order-2"), 0U);
    client.set_header("Idempotency-Key", "order-2");
    EXPECT_EQ(client.post("/v3/messages", guide_send()).status, 202);
    const auto state = client.get("/_emulator/state").json();
    EXPECT_EQ(state["accepted_messages_by_key"], (Json{{"order-1", 1}, {"order-2", 1}}));
    EXPECT_EQ(state["messages"][0]["idempotency_key"], "order-1");
}

TEST_F(EmulatorV3Sends, LimitsMessagesPerMinute) {
    testing::EmulatorRateLimits limits;
    limits.messages = 3;
    emulator.set_rate_limits(limits);
    auto body = guide_send();
    body["to"] = {"+14155550100", "+12025550123"};
    EXPECT_EQ(client.post("/v3/messages", body).status, 202);
    expect_refusal(client.post("/v3/messages", body), 429, "BUSINESS_002");
    EXPECT_EQ(client.post("/v3/messages", guide_send()).status, 202);
    EXPECT_EQ(emulator.accepted_messages(), 3U);
    EXPECT_EQ(client.get("/v3/contacts").status, 200);
}

TEST_F(EmulatorV3Sends, LetsATestMoveAMessageOn) {
    const auto id = send_one(guide_send());
    emulator.advance(std::chrono::seconds(1));
    const Json event{{"status", "READ"}};
    EXPECT_EQ(client.post("/_emulator/messages/" + id + "/events", event).status, 204);
    EXPECT_EQ(message(id)["status"], "READ");
    EXPECT_EQ(client.post(std::string("/_emulator/messages/") + nobody + "/events", event).status, 404);
    EXPECT_EQ(client.post("/_emulator/messages/" + id + "/events", Json::object()).status, 400);
}

TEST_F(EmulatorV3Sends, LooksNumbersUp) {
    const auto data = client.get("/v3/numbers/lookup/%2B442071838750").json()["data"];
    EXPECT_EQ(data["phone_number"], "+442071838750");
    EXPECT_EQ(data["is_valid"], true);
    EXPECT_EQ(data["country_code"], "GB");
    EXPECT_EQ(data["line_type"], "fixed_line");
    EXPECT_EQ(data["is_voip"], false);
    EXPECT_EQ(client.get("/v3/numbers/lookup/+442071838750").status, 200);
    const auto unknown = client.get("/v3/numbers/lookup/%2B9990000000").json()["data"];
    EXPECT_EQ(unknown["is_valid"], false);
    EXPECT_EQ(unknown["line_type"], nullptr);
    expect_refusal(client.get("/v3/numbers/lookup/4420"), 400, "VALIDATION_002");
}

TEST_F(EmulatorV3Sends, SharesMessagesWithOlderGenerations) {
    const auto id = send_one(guide_send());
    OtherClient older(emulator);
    EXPECT_EQ(older.get("/v2/messages/" + id).json()["id"], id);
    EXPECT_EQ(older.post("/v1/messages/contact", guide_message()).status, 204);
    EXPECT_EQ(message(emulator.messages().at(1).id)["status"], "QUEUED");
    EXPECT_THAT(client.get("/v3/conversations").body, HasSubstr("John Doe"));
}

}  // namespace
}  // namespace sent::test
