#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/emulator_client.hpp"

namespace sent::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;

constexpr auto guide_template = "7ba7b820-9dad-11d1-80b4-00c04fd430c8";
constexpr auto reminder_template = "a2e6c0d8-1b3f-4a95-8c7e-f04b9d6132ac";
constexpr auto draft_template = "e85f1b02-6c3d-4d7e-9a18-2f4b70c9d5e1";
constexpr auto british_contact = "5d1a9f40-77c2-4e0b-b6a3-91e4c8d2f015";
constexpr auto nobody = "11111111-2222-4333-8444-555555555555";

class EmulatorSends : public ::testing::Test {
  protected:
    testing::Emulator emulator;
    OtherClient client{emulator};
};

TEST_F(EmulatorSends, AcceptsTheMessageOfTheGuide) {
    const auto answer = client.post("/v1/messages/contact", guide_message());
    EXPECT_EQ(answer.status, 204);
    EXPECT_EQ(answer.body, "");
    EXPECT_THAT(answer.head, Not(HasSubstr("Content-Length")));
    ASSERT_EQ(emulator.accepted_messages(), 1U);
    const auto message = emulator.messages().at(0);
    EXPECT_EQ(message.generation, "v1");
    EXPECT_EQ(message.contact_id, emulator.seeds().contacts.at(0).id);
    EXPECT_EQ(message.phone_number, "+14155550100");
    EXPECT_EQ(message.template_id, guide_template);
    EXPECT_EQ(message.text, "Hello John Doe, your order 12345 is confirmed.");
    EXPECT_THAT(message.variables, ElementsAre(Pair("name", "John Doe"), Pair("order_id", "12345")));
}

TEST_F(EmulatorSends, TakesBothNamesOfTheVariablesInV1) {
    auto body = guide_message();
    body["templateVariables"] = {{"name", "Ada"}};
    body["messageBody"] = {{"name", "Bob"}, {"order_id", 7}};
    EXPECT_EQ(client.post("/v1/messages/contact", body).status, 204);
    EXPECT_EQ(emulator.messages().at(0).text, "Hello Ada, your order 7 is confirmed.");
    body.erase("messageBody");
    body["templateVariables"] = nullptr;
    EXPECT_EQ(client.post("/v1/messages/contact", body).status, 204);
    EXPECT_EQ(emulator.messages().at(1).text,
              "Hello {{1:variable}}, your order {{2:variable}} is confirmed.");
}

TEST_F(EmulatorSends, TakesOnlyTextsAsVariablesInV2AndIgnoresUnknownMembers) {
    Json body{{"contactId", british_contact},
              {"templateId", reminder_template},
              {"templateVariables", {{"firstName", "Mira"}, {"slot", 14}}},
              {"messageBody", {{"firstName", "ignored"}}},
              {"webhookUrl", "http://127.0.0.1:1/"}};
    const auto refused = client.post("/v2/messages/contact", body);
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(refused.json()["errors"],
              (Json{{"templateVariables.slot", {"templateVariables.slot must be a string"}}}));
    body["templateVariables"]["slot"] = "14:30";
    EXPECT_EQ(client.post("/v2/messages/contact", body).status, 204);
    const auto message = emulator.messages().at(0);
    EXPECT_EQ(message.text, "Mira, see you at 14:30.");
    EXPECT_EQ(message.webhook_url, "");
}

TEST_F(EmulatorSends, MakesAContactForANewNumber) {
    for (const char* path : {"/v1/messages/phone", "/v2/messages/phone"}) {
        EXPECT_EQ(
            client.post(path, {{"phoneNumber", "+447400123456"}, {"templateId", guide_template}}).status,
            204);
    }
    const auto contact = client.get("/v2/contacts/phone?phoneNumber=%2B447400123456");
    ASSERT_EQ(contact.status, 200);
    EXPECT_EQ(emulator.messages().at(0).contact_id, contact.json()["id"]);
    EXPECT_EQ(emulator.messages().at(1).contact_id, contact.json()["id"]);
}

TEST_F(EmulatorSends, NamesEachFieldThatIsWrong) {
    const auto missing = client.post("/v1/messages/contact", Json::object());
    EXPECT_EQ(missing.status, 400);
    EXPECT_EQ(missing.content_type, "application/problem+json");
    EXPECT_EQ(missing.json(), (Json{{"statusCode", 400},
                                    {"message", "One or more errors occurred!"},
                                    {"errors",
                                     {{"contactId", {"contactId must not be empty"}},
                                      {"templateId", {"templateId must not be empty"}}}}}));
    const auto malformed =
        client.post("/v2/messages/phone", {{"phoneNumber", "4155550100"}, {"templateId", "x"}});
    EXPECT_EQ(malformed.status, 400);
    EXPECT_THAT(malformed.json()["errors"]["phoneNumber"][0].get<std::string>(), HasSubstr("international"));
    EXPECT_EQ(malformed.json()["errors"]["templateId"], Json{"templateId must be a GUID"});
    const auto of_wrong_type = client.post(
        "/v2/messages/contact", {{"contactId", 1}, {"templateId", nullptr}, {"templateVariables", "a"}});
    EXPECT_EQ(of_wrong_type.json()["errors"],
              (Json{{"contactId", {"contactId must be a string"}},
                    {"templateId", {"templateId must not be empty"}},
                    {"templateVariables", {"templateVariables must be an object"}}}));
    auto with_webhook = guide_message();
    with_webhook["webhookUrl"] = "ftp://127.0.0.1/";
    EXPECT_TRUE(client.post("/v1/messages/contact", with_webhook).json()["errors"].contains("webhookUrl"));
    EXPECT_EQ(emulator.accepted_messages(), 0U);
}

TEST_F(EmulatorSends, AnswersUnknownIdsWith404) {
    auto body = guide_message();
    body["contactId"] = nobody;
    const auto answer = client.post("/v1/messages/contact", body);
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.json(),
              (Json{{"status", 404}, {"title", "Not Found"}, {"detail", "Contact not found."}}));
    body = guide_message();
    body["templateId"] = nobody;
    EXPECT_EQ(client.post("/v2/messages/contact", body).json()["detail"], "Template not found.");
    EXPECT_EQ(client.get(std::string("/v2/messages/") + nobody).status, 404);
    EXPECT_EQ(client.get("/v2/messages/me").status, 400);
    EXPECT_EQ(emulator.accepted_messages(), 0U);
}

TEST_F(EmulatorSends, MovesAMessageThroughItsLife) {
    testing::EmulatorOptions options;
    options.delivery_delay = std::chrono::hours(1);
    testing::Emulator own(options);
    OtherClient user(own);
    user.post("/v2/messages/contact", {{"contactId", british_contact},
                                       {"templateId", reminder_template},
                                       {"templateVariables", {{"firstName", "Mira"}, {"slot", "14:30"}}}});
    const auto path = "/v2/messages/" + own.messages().at(0).id;
    auto message = user.get(path).json();
    EXPECT_EQ(message["status"], "queued");
    EXPECT_EQ(message["correctedPrice"], nullptr);
    own.advance(std::chrono::minutes(30));
    EXPECT_EQ(user.get(path).json()["status"], "sent");
    own.advance(std::chrono::minutes(30));
    message = user.get(path).json();
    EXPECT_EQ(message["customerId"], own.sender_id());
    EXPECT_EQ(message["contactId"], british_contact);
    EXPECT_EQ(message["phoneNumber"], "+442071838750");
    EXPECT_EQ(message["phoneNumberInternational"], "+44 20 7183 8750");
    EXPECT_EQ(message["regionCode"], "GB");
    EXPECT_EQ(message["templateId"], reminder_template);
    EXPECT_EQ(message["templateName"], "Visit reminder");
    EXPECT_EQ(message["templateCategory"], "UTILITY");
    EXPECT_EQ(message["channel"], "SMS");
    EXPECT_EQ(message["messageBody"], (Json{{"header", "Visit reminder"},
                                            {"content", "Mira, see you at 14:30."},
                                            {"footer", "Reply STOP to opt out"},
                                            {"buttons", {{{"type", "QUICK_REPLY"}, {"value", "Confirm"}}}}}));
    EXPECT_EQ(message["status"], "delivered");
    EXPECT_TRUE(message["correctedPrice"].is_number());
    ASSERT_EQ(message["events"].size(), 3U);
    EXPECT_EQ(message["events"][0]["status"], "queued");
    EXPECT_EQ(message["events"][0]["timestamp"], message["createdAt"]);
    EXPECT_EQ(message["events"][2]["status"], "delivered");
    EXPECT_EQ(message["events"][2]["description"], nullptr);
    EXPECT_LT(message["events"][1]["timestamp"], message["events"][2]["timestamp"]);
}

TEST_F(EmulatorSends, DeliversWithinTwoSecondsUnlessToldOtherwise) {
    const auto start = std::chrono::steady_clock::now();
    client.post("/v1/messages/contact", guide_message());
    EXPECT_TRUE(eventually([this] { return emulator.messages().at(0).status == "delivered"; }));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

TEST_F(EmulatorSends, AcceptsADraftAndFailsIt) {
    auto body = guide_message();
    body["templateId"] = draft_template;
    EXPECT_EQ(client.post("/v1/messages/contact", body).status, 204);
    emulator.advance(std::chrono::seconds(2));
    const auto message = client.get("/v2/messages/" + emulator.messages().at(0).id).json();
    EXPECT_EQ(message["status"], "failed");
    EXPECT_THAT(message["events"].back()["description"].get<std::string>(), HasSubstr("not approved"));
}

TEST_F(EmulatorSends, LimitsQuickMessagesPerDay) {
    const Json body{{"phoneNumber", "+442071838750"}, {"customMessage", "Your parcel is at the desk."}};
    EXPECT_EQ(client.post("/v2/messages/quick-message", {{"phoneNumber", "+442071838750"}}).status, 400);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(client.post("/v2/messages/quick-message", body).status, 204);
    }
    const auto refused = client.post("/v2/messages/quick-message", body);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.json()["title"], "Too Many Requests");
    EXPECT_THAT(refused.head, HasSubstr("Retry-After: "));
    EXPECT_EQ(emulator.accepted_messages(), 5U);
    const auto message = client.get("/v2/messages/" + emulator.messages().at(0).id).json();
    EXPECT_EQ(message["templateId"], nullptr);
    EXPECT_EQ(message["messageBody"]["content"], "Your parcel is at the desk.");
    emulator.advance(std::chrono::hours(24));
    EXPECT_EQ(client.post("/v2/messages/quick-message", body).status, 204);
}

TEST_F(EmulatorSends, ForgetsOldMessagesAndCountsThem) {
    testing::EmulatorOptions options;
    options.messages_kept = 2;
    testing::Emulator own(options);
    OtherClient user(own);
    for (int i = 0; i < 5; ++i) {
        user.post("/v1/messages/contact", guide_message());
    }
    EXPECT_EQ(own.accepted_messages(), 5U);
    EXPECT_EQ(own.messages().size(), 2U);
}

TEST_F(EmulatorSends, ResetGoesBackToTheStart) {
    client.post("/v1/messages/phone", {{"phoneNumber", "+447400123456"}, {"templateId", guide_template}});
    client.remove(std::string("/v2/templates/") + draft_template);
    testing::Fault fault;
    fault.times = -1;
    emulator.add_fault(fault);
    emulator.reset();
    EXPECT_EQ(emulator.accepted_messages(), 0U);
    EXPECT_EQ(emulator.requests(), 0U);
    EXPECT_EQ(client.get("/v1/contacts").json()["totalCount"], 3);
    EXPECT_EQ(client.get(std::string("/v2/templates/") + draft_template).status, 200);
    EXPECT_EQ(emulator.requests(), 2U);
    EXPECT_EQ(emulator.requests("/v2/templates/{id}"), 1U);
    EXPECT_EQ(emulator.connections(), 1U);
}

TEST_F(EmulatorSends, ServesHundredsOfIdleConnectionsAtOnce) {
    std::vector<std::unique_ptr<OtherClient>> users;
    for (int i = 0; i < 300; ++i) {
        users.push_back(std::make_unique<OtherClient>(emulator));
        ASSERT_EQ(users.back()->post("/v1/messages/contact", guide_message()).status, 204);
    }
    for (auto& user : users) {
        ASSERT_EQ(user->post("/v1/messages/contact", guide_message()).status, 204);
    }
    EXPECT_EQ(emulator.accepted_messages(), 600U);
    EXPECT_EQ(emulator.connections(), 300U);
}

TEST_F(EmulatorSends, CountsEveryAcceptedMessageOfManyThreads) {
    std::vector<std::thread> threads;
    threads.reserve(8);
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([this] {
            OtherClient user(emulator);
            for (int send = 0; send < 25; ++send) {
                EXPECT_EQ(user.post("/v1/messages/contact", guide_message()).status, 204);
                emulator.accepted_messages();
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(emulator.accepted_messages(), 200U);
}

}  // namespace
}  // namespace sent::test
