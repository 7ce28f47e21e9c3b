#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/emulator_v3_client.hpp"

namespace sent::test {
namespace {

constexpr auto guide_contact = "/v3/contacts/6ba7b810-9dad-11d1-80b4-00c04fd430c8";
constexpr auto nobody = "/v3/contacts/11111111-2222-4333-8444-555555555555";

class EmulatorV3Contacts : public ::testing::Test {
  protected:
    Answer patch(const std::string& path, const Json& body) {
        const auto text = body.dump();
        return client.send("PATCH", path, &text);
    }
    Json list(const std::string& query) {
        return client.get("/v3/contacts?" + query).json()["data"]["contacts"];
    }

    testing::Emulator emulator;
    OtherClient client = v3_client(emulator);
};

TEST_F(EmulatorV3Contacts, MakesAContactOnce) {
    const auto answer = client.post("/v3/contacts", {{"phone_number", "+12025550123"}});
    ASSERT_EQ(answer.status, 201);
    const auto made = answer.json()["data"];
    EXPECT_EQ(made["format_international"], "+1 202-555-0123");
    EXPECT_EQ(made["format_rfc"], "tel:+1-202-555-0123");
    EXPECT_EQ(made["opt_out"], false);
    EXPECT_EQ(made["updated_at"], nullptr);
    EXPECT_EQ(client.get("/v3/contacts/" + made["id"].get<std::string>()).json()["data"], made);
    expect_refusal(client.post("/v3/contacts", {{"phone_number", "+12025550123"}}), 409, "RESOURCE_007");
    OtherClient older(emulator);
    EXPECT_EQ(older.get("/v2/contacts/phone?phoneNumber=%2B12025550123").json()["id"], made["id"]);
}

TEST_F(EmulatorV3Contacts, WantsANumber) {
    expect_refusal(client.post("/v3/contacts", Json::object()), 400, "VALIDATION_004");
    expect_refusal(client.post("/v3/contacts", {{"phone_number", "2025550123"}}), 400, "VALIDATION_002");
    expect_refusal(client.post("/v3/contacts", {{"phone_number", 1}}), 400, "VALIDATION_001");
}

TEST_F(EmulatorV3Contacts, FiltersTheList) {
    EXPECT_EQ(list("search=415").size(), 1U);
    EXPECT_EQ(list("search=%28415%29%20555").size(), 1U);
    EXPECT_EQ(list("channel=whatsapp").size(), 2U);
    EXPECT_EQ(list("phone=%2B442071838750").size(), 1U);
    expect_refusal(client.get("/v3/contacts?channel=pigeon"), 400, "VALIDATION_006");
    expect_refusal(client.get("/v3/contacts?phone=%2B12025550123"), 404, "RESOURCE_001");
    expect_refusal(client.get("/v3/contacts?phone=12"), 400, "VALIDATION_002");
}

TEST_F(EmulatorV3Contacts, ChangesWhatIsGivenAndNothingElse) {
    auto changed = patch(guide_contact, {{"opt_out", true}}).json()["data"];
    EXPECT_EQ(changed["opt_out"], true);
    EXPECT_EQ(changed["default_channel"], "whatsapp");
    EXPECT_TRUE(changed["updated_at"].is_string());
    EXPECT_EQ(patch(guide_contact, {{"default_channel", "sms"}}).json()["data"]["default_channel"], "sms");
    patch(guide_contact, {{"default_channel", "whatsapp"}});
    changed = patch(guide_contact, {{"default_channel", nullptr}, {"opt_out", nullptr}}).json()["data"];
    EXPECT_EQ(changed["default_channel"], "sms");
    EXPECT_EQ(changed["opt_out"], true);
    expect_refusal(patch(guide_contact, {{"default_channel", "pigeon"}}), 400, "VALIDATION_006");
    const auto refused = patch(guide_contact, {{"default_channel", "rcs"}});
    expect_refusal(refused, 400, "VALIDATION_006");
    EXPECT_EQ(refused.json()["error"]["details"]["default_channel"][0], "must be one of: sms,whatsapp");
    expect_refusal(patch(nobody, {{"opt_out", true}}), 404, "RESOURCE_001");
    expect_refusal(patch("/v3/contacts/me", {{"opt_out", true}}), 400, "VALIDATION_003");
}

TEST_F(EmulatorV3Contacts, LooksNothingUpInSandboxMode) {
    const auto answer = patch(nobody, {{"opt_out", true}, {"sandbox", true}});
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.json()["data"]["opt_out"], true);
    EXPECT_EQ(client.get(nobody).status, 404);
    EXPECT_EQ(patch(guide_contact, {{"opt_out", true}, {"sandbox", true}}).status, 200);
    EXPECT_EQ(client.get(guide_contact).json()["data"]["opt_out"], false);
    const std::string sandbox = R"({"sandbox":true})";
    EXPECT_EQ(client.send("DELETE", guide_contact, &sandbox).status, 204);
    EXPECT_EQ(client.get(guide_contact).status, 200);
}

TEST_F(EmulatorV3Contacts, RemovesAContactOnce) {
    const std::string empty_object = "{}";
    const auto answer = client.send("DELETE", guide_contact, &empty_object);
    EXPECT_EQ(answer.status, 204);
    EXPECT_EQ(answer.body, "");
    expect_refusal(client.send("DELETE", guide_contact, &empty_object), 404, "RESOURCE_001");
    EXPECT_EQ(client.post("/v3/contacts", {{"phone_number", "+14155550100"}}).status, 201);
}

TEST_F(EmulatorV3Contacts, SumsMessagesUp) {
    const auto path = std::string(guide_contact) + "/message-summary";
    const auto none = client.get(path).json()["data"];
    EXPECT_EQ(none["message_count"], 0);
    EXPECT_EQ(none["first_message_at"], nullptr);
    const Json send{
        {"to", {"+14155550100"}},
        {"channel", {"sms", "whatsapp"}},
        {"template", {{"name", "order_confirmation"}, {"parameters", {{"name", "A"}, {"order_id", "1"}}}}}};
    ASSERT_EQ(client.post("/v3/messages", send).status, 202);
    emulator.advance(std::chrono::seconds(1));
    const auto data = client.get(path).json()["data"];
    EXPECT_EQ(data["message_count"], 2);
    EXPECT_EQ(data["channels_used"], (Json{"sms", "whatsapp"}));
    EXPECT_EQ(data["channel_scores"][0],
              (Json{{"channel", "sms"}, {"success_score", 100}, {"fail_score", 0}}));
    EXPECT_TRUE(data["last_message_at"].is_string());
    expect_refusal(client.get(std::string(nobody) + "/message-summary"), 404, "RESOURCE_001");
}

}  // namespace
}  // namespace sent::test
