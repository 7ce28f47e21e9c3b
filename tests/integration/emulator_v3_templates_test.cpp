#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/emulator_v3_client.hpp"

namespace sent::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr auto unknown_id = "11111111-2222-4333-8444-555555555555";

Json variable(int id, const std::string& name) {
    return {{"id", id},
            {"name", name},
            {"type", "variable"},
            {"props", {{"variableType", "text"}, {"sample", "1001"}}}};
}

Json content(const std::string& text, const Json& variables = nullptr) {
    return {{"template", text}, {"type", nullptr}, {"variables", variables}};
}

Json definition_of(const std::string& text) {
    return {{"body", {{"multiChannel", content(text)}}}};
}

Json order_ready() {
    const auto variables = Json::array({variable(0, "order")});
    return {
        {"definition", {{"body", {{"multiChannel", content("Order {{0:variable}} is ready.", variables)}}}}}};
}

Json with_definition(const Json& definition) {
    return Json{{"definition", definition}};
}

class EmulatorV3Templates : public ::testing::Test {
  protected:
    Json create(const Json& body) {
        const auto answer = client.post("/v3/templates", body);
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer.json()["data"];
    }
    Answer put(const std::string& id, const Json& body) {
        const auto text = body.dump();
        return client.send("PUT", "/v3/templates/" + id, &text);
    }
    Json get(const std::string& id) { return client.get("/v3/templates/" + id).json()["data"]; }
    std::vector<std::string> names(const std::string& query) {
        const auto data = client.get("/v3/templates?page=1&page_size=20" + query).json()["data"];
        std::vector<std::string> result;
        for (const auto& row : data["templates"]) {
            result.push_back(row["name"]);
        }
        return result;
    }
    void expect_bad(const Json& definition, const std::string& code, const std::string& field) {
        const auto answer = client.post("/v3/templates", with_definition(definition));
        expect_refusal(answer, 400, code);
        EXPECT_TRUE(answer.json()["error"]["details"].contains(field)) << answer.body;
    }
    void approve() { emulator.advance(std::chrono::seconds(2)); }

    testing::Emulator emulator;
    OtherClient client = v3_client(emulator);
};

TEST_F(EmulatorV3Templates, CreatesADraft) {
    const auto row = create(order_ready());
    EXPECT_EQ(row["customer_id"], emulator.sender_id());
    EXPECT_EQ(row["name"], "order_is_ready");
    EXPECT_EQ(row["category"], "UTILITY");
    EXPECT_EQ(row["language"], "en_US");
    EXPECT_EQ(row["status"], "DRAFT");
    EXPECT_EQ(row["channels"], Json::array({"sms", "whatsapp", "rcs"}));
    EXPECT_EQ(row["variables"], Json::array({"order"}));
    EXPECT_EQ(row["is_published"], false);
    EXPECT_EQ(row["updated_at"], nullptr);
    EXPECT_FALSE(row.contains("auto_reply_action"));
    EXPECT_EQ(get(row["id"]), row);
}

TEST_F(EmulatorV3Templates, ApprovesWhatIsSubmitted) {
    auto body = order_ready();
    body["submit_for_review"] = true;
    const auto row = create(body);
    EXPECT_EQ(row["status"], "PENDING");
    approve();
    const auto approved = get(row["id"]);
    EXPECT_EQ(approved["status"], "APPROVED");
    EXPECT_EQ(approved["is_published"], true);
    EXPECT_EQ(approved["channels"], Json::array({"sms", "whatsapp", "rcs"}));
    EXPECT_NE(approved["updated_at"], nullptr);
}

TEST_F(EmulatorV3Templates, TakesContentForEachChannelWithHeaderFooterAndButtons) {
    const auto name = Json::array({variable(1, "name")});
    const auto code = Json::array({variable(1, "code")});
    const Json definition{
        {"header", {{"type", "text"}, {"template", "For {{1:variable}}"}, {"variables", name}}},
        {"body", {{"sms", content("SMS")}, {"rcs", content("RCS")}, {"mms", content("MMS")}}},
        {"footer", {{"type", "text"}, {"template", "Bye"}, {"variables", nullptr}}},
        {"buttons", Json::array({{{"id", 1},
                                  {"type", "URL"},
                                  {"props",
                                   {{"text", "Open"},
                                    {"url", "https://example.com/{{1:variable}}"},
                                    {"activeFor", 0},
                                    {"variables", code}}}}})},
        {"definitionVersion", "1.0"},
        {"authenticationConfig", {{"addSecurityRecommendation", true}, {"codeExpirationMinutes", 90}}}};
    const auto row = create(with_definition(definition));
    EXPECT_EQ(row["channels"], Json::array({"sms", "rcs", "mms"}));
    EXPECT_EQ(row["variables"], Json::array({"name", "code"}));
    EXPECT_EQ(row["category"], "AUTHENTICATION");
}

TEST_F(EmulatorV3Templates, ComputesItsChannelsFromItsBody) {
    const auto channels_of = [this](const Json& body) {
        return create({{"definition", {{"body", body}}}})["channels"];
    };
    EXPECT_EQ(channels_of({{"multiChannel", content("x")}}), Json::array({"sms", "whatsapp", "rcs"}));
    EXPECT_EQ(channels_of({{"sms", content("x")}, {"whatsapp", content("x")}}),
              Json::array({"sms", "whatsapp", "rcs"}));
    EXPECT_EQ(channels_of({{"whatsapp", content("x")}}), Json::array({"whatsapp"}));
}

TEST_F(EmulatorV3Templates, WantsADefinitionWithABody) {
    expect_refusal(client.post("/v3/templates", Json::object()), 400, "VALIDATION_004");
    expect_bad(Json::object(), "VALIDATION_004", "definition.body");
    expect_bad({{"body", Json::object()}}, "VALIDATION_004", "definition.body");
    expect_bad({{"body", {{"sms", Json::object()}}}}, "VALIDATION_004", "definition.body.sms.template");
    expect_bad({{"body", {{"sms", "text"}}}}, "VALIDATION_001", "definition.body.sms");
}

TEST_F(EmulatorV3Templates, WantsNothingBesidesTheDefinition) {
    auto body = order_ready();
    body["name"] = "mine";
    expect_refusal(client.post("/v3/templates", body), 400, "VALIDATION_001");
}

TEST_F(EmulatorV3Templates, ChecksLengthsInCharacters) {
    std::string sixty;
    for (int i = 0; i < 60; ++i) {
        sixty += "\xc3\xa9";
    }
    auto definition = definition_of(std::string(1024, 'x'));
    definition["footer"] = {{"template", sixty}};
    create(with_definition(definition));
    definition["footer"] = {{"template", sixty + "x"}};
    expect_bad(definition, "VALIDATION_001", "definition.footer.template");
    definition["body"] = {{"sms", content("No WhatsApp")}};
    create(with_definition(definition));
    expect_bad(definition_of(std::string(1025, 'x')), "VALIDATION_001",
               "definition.body.multiChannel.template");
    auto rcs = definition_of("x");
    rcs["body"]["rcs"] = content(std::string(3072, 'x'));
    create(with_definition(rcs));
    rcs["body"]["rcs"] = content(std::string(3073, 'x'));
    expect_bad(rcs, "VALIDATION_001", "definition.body.rcs.template");
    auto header = definition_of("x");
    header["header"] = {{"type", "text"}, {"template", std::string(61, 'x')}};
    expect_bad(header, "VALIDATION_001", "definition.header.template");
    header["header"]["type"] = "image";
    create(with_definition(header));
    header["header"]["type"] = "sculpture";
    expect_bad(header, "VALIDATION_006", "definition.header.type");
}

TEST_F(EmulatorV3Templates, ChecksPlaceholders) {
    const std::string field = "definition.body.multiChannel.template";
    for (const char* text :
         {"{{name}}", "{{0}}", "{{0:}}", "{{:variable}}", "{{-1:variable}}", "a {{0:variable"}) {
        expect_bad(definition_of(text), "VALIDATION_001", field);
    }
    expect_bad(definition_of("{{0:variable}}"), "VALIDATION_001", field);
    auto twice = definition_of("x");
    twice["body"]["multiChannel"]["variables"] = Json::array({variable(1, "a"), variable(1, "b")});
    expect_bad(twice, "VALIDATION_001", "definition.body.multiChannel.variables[1].id");
}

TEST_F(EmulatorV3Templates, LimitsButtons) {
    const auto with_buttons = [](const std::vector<std::string>& types) {
        auto definition = definition_of("x");
        int id = 0;
        for (const auto& type : types) {
            definition["buttons"].push_back({{"id", ++id}, {"type", type}, {"props", {{"text", "Go"}}}});
        }
        return definition;
    };
    create(with_definition(with_buttons({"URL", "URL", "VOICE_CALL", "PHONE_NUMBER", "COPY_CODE"})));
    create(with_definition(with_buttons(std::vector<std::string>(10, "QUICK_REPLY"))));
    for (const auto& types :
         {std::vector<std::string>(11, "QUICK_REPLY"), std::vector<std::string>(3, "URL"),
          std::vector<std::string>(2, "VOICE_CALL"), std::vector<std::string>(2, "PHONE_NUMBER"),
          std::vector<std::string>(2, "COPY_CODE")}) {
        expect_bad(with_buttons(types), "VALIDATION_001", "definition.buttons");
    }
    expect_bad(with_buttons({"LEVER"}), "VALIDATION_006", "definition.buttons[0].type");
    auto zero = with_buttons({"URL"});
    zero["buttons"][0]["id"] = 0;
    expect_bad(zero, "VALIDATION_005", "definition.buttons[0].id");
}

TEST_F(EmulatorV3Templates, LimitsTheLifeOfCodes) {
    auto definition = definition_of("x");
    for (const int minutes : {0, 91}) {
        definition["authenticationConfig"] = {{"codeExpirationMinutes", minutes}};
        expect_bad(definition, "VALIDATION_005", "definition.authenticationConfig.codeExpirationMinutes");
    }
}

TEST_F(EmulatorV3Templates, ListsByTextStatusAndCategory) {
    EXPECT_THAT(names(""), ElementsAre("order_confirmation", "Visit reminder", "Spring offer"));
    EXPECT_THAT(names("&search=CONFIRMED"), ElementsAre("order_confirmation"));
    EXPECT_THAT(names("&status=DRAFT"), ElementsAre("Spring offer"));
    EXPECT_THAT(names("&category=UTILITY"), ElementsAre("order_confirmation", "Visit reminder"));
    EXPECT_THAT(names("&category=UTILITY&status=DRAFT&is_welcome_playground=true"), IsEmpty());
    const auto data = client.get("/v3/templates?page=2&page_size=2").json()["data"];
    EXPECT_EQ(data["templates"].size(), 1U);
    EXPECT_EQ(data["pagination"]["total_count"], 3);
    EXPECT_EQ(data["pagination"]["has_more"], false);
    expect_refusal(client.get("/v3/templates?page=0"), 400, "VALIDATION_005");
    expect_refusal(client.get("/v3/templates?status=draft"), 400, "VALIDATION_006");
    expect_refusal(client.get("/v3/templates?category=OTHER"), 400, "VALIDATION_006");
}

TEST_F(EmulatorV3Templates, DoesNotKnowEveryId) {
    const std::string path = std::string("/v3/templates/") + unknown_id;
    expect_refusal(client.get(path), 404, "RESOURCE_002");
    expect_refusal(put(unknown_id, {{"name", "x"}}), 404, "RESOURCE_002");
    expect_refusal(client.remove(path), 404, "RESOURCE_002");
    expect_refusal(client.get("/v3/templates/x"), 400, "VALIDATION_003");
}

TEST_F(EmulatorV3Templates, ChangesWhatIsGivenAndFindsWhatIsNull) {
    const std::string id = create(order_ready())["id"];
    auto row = put(id, {{"name", "mine"}, {"category", "MARKETING"}, {"language", "de"}}).json()["data"];
    EXPECT_EQ(row["name"], "mine");
    EXPECT_EQ(row["category"], "MARKETING");
    EXPECT_EQ(row["language"], "de");
    EXPECT_NE(row["updated_at"], nullptr);
    row = put(id, {{"name", nullptr}, {"category", nullptr}, {"definition", nullptr}}).json()["data"];
    EXPECT_EQ(row["name"], "order_is_ready");
    EXPECT_EQ(row["category"], "UTILITY");
    EXPECT_EQ(row["language"], "de");
    row = put(id, {{"language", nullptr}}).json()["data"];
    EXPECT_EQ(row["language"], "en_US");
    EXPECT_EQ(get(id), row);
    expect_refusal(put(id, {{"definition", {{"body", Json::object()}}}}), 400, "VALIDATION_004");
    expect_refusal(put(id, {{"category", "OTHER"}}), 400, "VALIDATION_006");
}

TEST_F(EmulatorV3Templates, AnApprovedOneIsChangedAtOnceAndReviewedWhenItIsSubmitted) {
    const std::string id = emulator.seeds().templates.at(0).id;
    EXPECT_EQ(put(id, {{"name", "renamed"}}).json()["data"]["status"], "APPROVED");
    auto row = put(id, {{"definition", definition_of("New")}}).json()["data"];
    EXPECT_EQ(row["status"], "APPROVED");
    EXPECT_EQ(row["is_published"], true);
    row = put(id, {{"definition", definition_of("Newest")}, {"submit_for_review", true}}).json()["data"];
    EXPECT_EQ(row["status"], "PENDING");
    EXPECT_EQ(row["is_published"], false) << "it stops sending";
    approve();
    EXPECT_EQ(get(id)["status"], "APPROVED");
}

TEST_F(EmulatorV3Templates, FreezesContentWhileAReviewIsOpen) {
    const std::string id = emulator.seeds().templates.at(0).id;
    put(id, {{"submit_for_review", true}});
    for (const Json& change : {Json{{"definition", definition_of("Newer")}}, Json{{"category", "MARKETING"}},
                               Json{{"language", "de"}}, Json{{"submit_for_review", true}}}) {
        expect_refusal(put(id, change), 409, "CONFLICT_006");
    }
    EXPECT_EQ(put(id, {{"name", "renamed"}}).json()["data"]["name"], "renamed");
    approve();
    EXPECT_EQ(get(id)["status"], "APPROVED");
    EXPECT_EQ(put(id, {{"language", "de"}}).status, 200);
}

TEST_F(EmulatorV3Templates, KeepsTheNamesOfTheServicesOwnOnes) {
    expect_refusal(put(emulator.seeds().templates.at(0).id, {{"name", "sent_stop"}}), 400, "VALIDATION_001");
}

TEST_F(EmulatorV3Templates, Deletes) {
    const std::string path = "/v3/templates/" + create(order_ready())["id"].get<std::string>();
    std::string body = R"({"delete_from_meta":"yes"})";
    expect_refusal(client.send("DELETE", path, &body), 400, "VALIDATION_001");
    body = R"({"delete_from_meta":true})";
    const auto answer = client.send("DELETE", path, &body);
    EXPECT_EQ(answer.status, 204);
    EXPECT_EQ(answer.body, "");
    EXPECT_EQ(client.get(path).status, 404);
}

TEST_F(EmulatorV3Templates, ChangesNothingInASandbox) {
    auto body = order_ready();
    body["sandbox"] = true;
    body["submit_for_review"] = true;
    const auto made = client.post("/v3/templates", body);
    EXPECT_EQ(made.status, 201);
    EXPECT_EQ(made.json()["data"]["status"], "PENDING");
    EXPECT_EQ(header_of(made, "X-Sandbox"), "true");
    const auto changed = put(unknown_id, {{"name", "mine"}, {"sandbox", true}, {"submit_for_review", true}});
    EXPECT_EQ(changed.status, 200);
    EXPECT_EQ(changed.json()["data"]["id"], unknown_id);
    EXPECT_EQ(changed.json()["data"]["name"], "mine");
    EXPECT_EQ(changed.json()["data"]["status"], "PENDING");
    const auto seed = emulator.seeds().templates.at(0);
    put(seed.id, {{"name", "mine"}, {"sandbox", true}});
    const std::string flag = R"({"sandbox":true})";
    EXPECT_EQ(client.send("DELETE", "/v3/templates/" + seed.id, &flag).status, 204);
    EXPECT_EQ(client.send("DELETE", std::string("/v3/templates/") + unknown_id, &flag).status, 204);
    expect_refusal(client.post("/v3/templates", {{"sandbox", true}}), 400, "VALIDATION_004");
    EXPECT_EQ(names("").size(), 3U);
    EXPECT_EQ(get(seed.id)["name"], seed.name);
}

TEST_F(EmulatorV3Templates, KeepsThoseOfAProfileApart) {
    const std::string profile = emulator.seeds().profiles.at(0).id;
    client.set_header("x-profile-id", profile);
    EXPECT_THAT(names(""), IsEmpty());
    auto body = order_ready();
    body["submit_for_review"] = true;
    const auto row = create(body);
    EXPECT_EQ(row["customer_id"], profile);
    approve();
    const std::string id = row["id"];
    EXPECT_EQ(get(id)["status"], "APPROVED");
    client.set_header("x-profile-id", "");
    expect_refusal(client.get("/v3/templates/" + id), 404, "RESOURCE_002");
    expect_refusal(put(id, {{"name", "x"}}), 404, "RESOURCE_002");
    EXPECT_EQ(names("").size(), 3U);
}

TEST_F(EmulatorV3Templates, SharesThemWithTheOlderGenerations) {
    OtherClient older(emulator);
    const Json rcs{{"body", {{"rcs", content("Only here")}}}};
    const auto created = create(with_definition(rcs));
    const auto seen = older.get("/v2/templates/" + created["id"].get<std::string>()).json();
    EXPECT_EQ(seen["displayName"], "only_here");
    EXPECT_EQ(seen["definition"]["body"]["rcs"]["template"], "Only here");
    const auto made = older.post("/v2/templates", with_definition(definition_of("From v2"))).json();
    EXPECT_EQ(get(made["id"])["name"], "From v2");
}

}  // namespace
}  // namespace sent::test
