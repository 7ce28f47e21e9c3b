#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/emulator_client.hpp"

namespace sent::test {
namespace {

using ::testing::ElementsAre;
using ::testing::MatchesRegex;

constexpr auto british_contact = "5d1a9f40-77c2-4e0b-b6a3-91e4c8d2f015";
constexpr auto nobody = "11111111-2222-4333-8444-555555555555";

class EmulatorResources : public ::testing::Test {
  protected:
    std::vector<std::string> names_of(const std::string& query) {
        std::vector<std::string> names;
        const auto page = client.get("/v2/templates?" + query).json();
        for (const auto& item : page["items"]) {
            names.push_back(item["displayName"].get<std::string>());
        }
        return names;
    }

    testing::Emulator emulator;
    OtherClient client{emulator};
};

Json visit_reminder() {
    return Json::parse(R"({
        "category": "UTILITY", "language": "en_US", "submitForReview": false,
        "definition": {
            "header": {"type": "text", "template": "Dentist's reminder", "variables": null},
            "body": {"multiChannel": {"type": null, "template": "Hi {{1:variable}}.", "variables": [
                {"id": 1, "name": "firstName", "type": "variable",
                 "props": {"variableType": "text", "sample": "Mira"}}]}},
            "buttons": [{"id": 1, "type": "QUICK_REPLY", "props": {"text": "Confirm"}}]}})");
}

TEST_F(EmulatorResources, ShowsAContactAsTheReferenceDoes) {
    const Json expected{{"id", british_contact},
                        {"phoneNumber", "+442071838750"},
                        {"formatE164", "+442071838750"},
                        {"formatInternational", "+44 20 7183 8750"},
                        {"formatNational", "020 7183 8750"},
                        {"formatRfc", "tel:+44-20-7183-8750"},
                        {"countryCode", "44"},
                        {"regionCode", "GB"},
                        {"availableChannels", "sms"},
                        {"defaultChannel", "sms"}};
    for (const std::string generation : {"/v1", "/v2"}) {
        EXPECT_EQ(client.get(generation + "/contacts/id?id=" + british_contact).json(), expected);
        EXPECT_EQ(client.get(generation + "/contacts/phone?phoneNumber=%2B442071838750").json(), expected);
    }
}

TEST_F(EmulatorResources, RefusesWhatNamesNoContact) {
    const std::string by_id = "/v1/contacts/id?id=";
    EXPECT_EQ(client.get(by_id + nobody).status, 404);
    EXPECT_EQ(client.get(by_id + "7").status, 400);
    EXPECT_EQ(client.get(by_id).json()["errors"], (Json{{"id", {"id must not be empty"}}}));
    const std::string by_phone = "/v2/contacts/phone?phoneNumber=";
    EXPECT_EQ(client.get(by_phone + "%2B442071838751").status, 404);
    // A raw plus sign is a space by the time it arrives.
    EXPECT_EQ(client.get(by_phone + "+442071838750").status, 400);
    EXPECT_EQ(client.get(by_phone + "%2").status, 400);
}

TEST_F(EmulatorResources, PagesContactsFromZero) {
    for (const std::string generation : {"/v1", "/v2"}) {
        const auto all = client.get(generation + "/contacts").json();
        EXPECT_EQ(all["totalCount"], 3);
        EXPECT_EQ(all["page"], 0);
        EXPECT_EQ(all["pageSize"], 20);
        EXPECT_EQ(all["totalPages"], 1);
        EXPECT_EQ(all["items"].size(), 3U);
        const auto last = client.get(generation + "/contacts?page=1&pageSize=2").json();
        EXPECT_EQ(last["totalPages"], 2);
        ASSERT_EQ(last["items"].size(), 1U);
        EXPECT_EQ(last["items"][0], all["items"][2]);
        const auto beyond = client.get(generation + "/contacts?page=2147483647&pageSize=2147483647").json();
        EXPECT_EQ(beyond["items"], Json::array());
        EXPECT_EQ(beyond["totalCount"], 3);
    }
    for (const char* query : {"page=-1", "pageSize=0", "page=x", "page=1.5", "page=99999999999999999999"}) {
        EXPECT_EQ(client.get(std::string("/v2/contacts?") + query).status, 400) << query;
    }
}

TEST_F(EmulatorResources, LooksNumbersUp) {
    EXPECT_EQ(client.get("/v2/number-lookup?phoneNumber=%2B442071838750").json(),
              (Json{{"phoneNumber", "442071838750"},
                    {"formatE164", "+442071838750"},
                    {"formatInternational", "+44 20 7183 8750"},
                    {"formatNational", "020 7183 8750"},
                    {"formatRfc", "tel:+44-20-7183-8750"},
                    {"countryCode", "44"},
                    {"regionCode", "GB"},
                    {"numberType", "fixed_line"},
                    {"phoneTimezones", "Europe/London"}}));
    const auto american = client.get("/v2/number-lookup?phoneNumber=%2B14155550100").json();
    EXPECT_EQ(american["formatNational"], "(415) 555-0100");
    EXPECT_EQ(american["formatRfc"], "tel:+1-415-555-0100");
    EXPECT_EQ(american["regionCode"], "US");
    EXPECT_EQ(client.get("/v2/number-lookup?phoneNumber=%2B358401234567").json()["regionCode"], "FI");
    EXPECT_EQ(client.get("/v2/number-lookup?phoneNumber=%2B9991234567").json()["regionCode"], "ZZ");
    for (const char* wrong :
         {"", "442071838750", "%2B123456", "%2B1234567890123456", "%2B0123456789", "%2B44abc12345"}) {
        EXPECT_EQ(client.get(std::string("/v2/number-lookup?phoneNumber=") + wrong).status, 400) << wrong;
    }
}

TEST_F(EmulatorResources, CreatesADraft) {
    const auto answer = client.post("/v2/templates", visit_reminder());
    ASSERT_EQ(answer.status, 200);
    const auto row = answer.json();
    EXPECT_EQ(row["displayName"], "Dentist's reminder");
    EXPECT_EQ(row["category"], "UTILITY");
    EXPECT_EQ(row["language"], "en_US");
    EXPECT_EQ(row["status"], "DRAFT");
    EXPECT_EQ(row["isPublished"], false);
    EXPECT_EQ(row["whatsappTemplateId"], nullptr);
    EXPECT_EQ(row["updatedAt"], nullptr);
    EXPECT_THAT(row["createdAt"].get<std::string>(),
                MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{7}[+]00:00"));
    const auto& definition = row["definition"];
    EXPECT_EQ(definition["header"], visit_reminder()["definition"]["header"]);
    EXPECT_EQ(definition["footer"], nullptr);
    EXPECT_EQ(definition["body"]["sms"], nullptr);
    EXPECT_EQ(definition["body"]["multiChannel"]["variables"][0]["props"]["sample"], "Mira");
    EXPECT_EQ(definition["body"]["multiChannel"]["variables"][0]["props"]["url"], nullptr);
    EXPECT_EQ(client.get("/v2/templates/" + row["id"].get<std::string>()).json(), row);
}

TEST_F(EmulatorResources, ApprovesASubmittedTemplate) {
    auto body = visit_reminder();
    body["submitForReview"] = true;
    body["category"] = nullptr;
    body.erase("language");
    const auto row = client.post("/v2/templates", body).json();
    EXPECT_EQ(row["status"], "PENDING");
    EXPECT_EQ(row["category"], "UTILITY");
    EXPECT_EQ(row["language"], "en_US");
    emulator.advance(std::chrono::seconds(2));
    const auto approved = client.get("/v2/templates/" + row["id"].get<std::string>()).json();
    EXPECT_EQ(approved["status"], "APPROVED");
    EXPECT_EQ(approved["isPublished"], true);
    EXPECT_EQ(approved["whatsappTemplateName"], "dentist_s_reminder");
    EXPECT_THAT(approved["whatsappTemplateId"].get<std::string>(), MatchesRegex("[0-9]+"));
    EXPECT_GT(approved["updatedAt"], approved["createdAt"]);
}

TEST_F(EmulatorResources, NamesWhatIsWrongWithADefinition) {
    const auto errors_for = [this](const std::function<void(Json&)>& change) {
        auto body = visit_reminder();
        change(body);
        const auto answer = client.post("/v2/templates", body);
        EXPECT_EQ(answer.status, 400);
        std::vector<std::string> fields;
        const auto errors = answer.json()["errors"];
        for (const auto& error : errors.items()) {
            fields.push_back(error.key());
        }
        return fields;
    };
    EXPECT_THAT(errors_for([](Json& body) { body.erase("definition"); }), ElementsAre("definition"));
    EXPECT_THAT(errors_for([](Json& body) { body["definition"]["body"] = nullptr; }),
                ElementsAre("definition.body"));
    EXPECT_THAT(errors_for([](Json& body) {
                    body["definition"]["body"] = {{"sms", nullptr}};
                }),
                ElementsAre("definition.body"));
    EXPECT_THAT(errors_for([](Json& body) { body["definition"]["body"]["multiChannel"]["template"] = ""; }),
                ElementsAre("definition.body.multiChannel.template"));
    EXPECT_THAT(errors_for([](Json& body) {
                    body["definition"]["body"]["multiChannel"]["variables"][0].erase("name");
                    body["definition"]["buttons"] = 1;
                    body["definition"]["authenticationConfig"] = {{"codeExpirationMinutes", 91}};
                }),
                ElementsAre("definition.authenticationConfig.codeExpirationMinutes",
                            "definition.body.multiChannel.variables[0].name", "definition.buttons"));
    EXPECT_THAT(errors_for([](Json& body) {
                    body["category"] = "SPAM";
                    body["submitForReview"] = "yes";
                }),
                ElementsAre("category", "submitForReview"));
}

TEST_F(EmulatorResources, FiltersAndPagesTemplates) {
    EXPECT_THAT(names_of("status=APPROVED"), ElementsAre("order_confirmation", "Visit reminder"));
    EXPECT_THAT(names_of("category=MARKETING"), ElementsAre("Spring offer"));
    EXPECT_THAT(names_of("search=VISIT"), ElementsAre("Visit reminder"));
    EXPECT_THAT(names_of("search=your+order"), ElementsAre("order_confirmation"));
    EXPECT_THAT(names_of("status=APPROVED&category=MARKETING"), ElementsAre());
    EXPECT_THAT(names_of("page=1&pageSize=2"), ElementsAre("Spring offer"));
    const auto page = client.get("/v2/templates").json();
    EXPECT_EQ(page["pageSize"], 100);
    EXPECT_EQ(page["totalCount"], 3);
    EXPECT_EQ(client.get("/v2/templates?pageSize=1000").status, 200);
    EXPECT_EQ(client.get("/v2/templates?pageSize=1001").status, 400);
}

TEST_F(EmulatorResources, RemovesTemplates) {
    const auto id = emulator.seeds().templates.at(2).id;
    const auto removed = client.remove("/v2/templates/" + id);
    EXPECT_EQ(removed.status, 204);
    EXPECT_EQ(removed.body, "");
    EXPECT_EQ(client.remove("/v2/templates/" + id).status, 404);
    EXPECT_EQ(client.get("/v2/templates/" + id).status, 404);
    EXPECT_EQ(client.remove("/v2/templates/x").status, 400);
}

TEST_F(EmulatorResources, KeepsTheHistoryOfARemovedTemplate) {
    client.post("/v1/messages/contact", guide_message());
    const auto id = emulator.seeds().templates.at(0).id;
    EXPECT_EQ(client.remove("/v2/templates/" + id).status, 204);
    EXPECT_EQ(client.get("/v2/templates/" + id).status, 404);
    EXPECT_EQ(client.get("/v2/templates").json()["totalCount"], 2);
    EXPECT_EQ(client.post("/v1/messages/contact", guide_message()).status, 404);
    const auto message = client.get("/v2/messages/" + emulator.messages().at(0).id).json();
    EXPECT_EQ(message["templateName"], "order_confirmation");
    // One that no message used leaves nothing behind.
    client.remove("/v2/templates/" + emulator.seeds().templates.at(2).id);
    const auto kept = client.get("/_emulator/state").json()["templates"];
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(kept[0]["id"], id);
    EXPECT_EQ(kept[0]["deleted"], true);
    EXPECT_EQ(kept[1]["deleted"], false);
}

TEST_F(EmulatorResources, ListsTemplatesInV1AsAnArrayOrAPage) {
    const auto list = client.get("/v1/templates").json();
    ASSERT_TRUE(list.is_array());
    ASSERT_EQ(list.size(), 3U);
    EXPECT_EQ(client.get("/v1/templates/id?id=" + list[0]["id"].get<std::string>()).json(), list[0]);
    EXPECT_EQ(client.get(std::string("/v1/templates/id?id=") + nobody).status, 404);
    testing::EmulatorOptions options;
    options.v1_templates_as_page = true;
    const testing::Emulator own(options);
    EXPECT_EQ(OtherClient(own).get("/v1/templates").json()["totalCount"], 3);
}

TEST(A17_EmulatorDurations, MayBeAsLongAsTheirTypeCanCount) {
    using std::chrono::milliseconds;
    testing::EmulatorOptions options;
    options.delivery_delay = options.template_approval_delay = options.idempotency_wait =
        options.webhook_retry_delay = options.webhook_second = options.keep_alive_timeout =
            milliseconds::max();
    testing::Emulator own(options);
    OtherClient user(own);
    ASSERT_EQ(user.post("/v1/messages/contact", guide_message()).status, 204);
    EXPECT_EQ(own.messages().at(0).status, "queued");
    own.advance(std::chrono::hours(24));
    EXPECT_EQ(own.messages().at(0).status, "queued");
    own.advance(milliseconds::max());
    own.advance(milliseconds::max());
    EXPECT_EQ(own.messages().at(0).status, "delivered");
    EXPECT_EQ(user.get("/v1/templates").status, 200);
    own.advance(milliseconds::min());
    EXPECT_EQ(user.get("/v1/templates").status, 200);
}

TEST_F(EmulatorResources, CanStartEmpty) {
    testing::EmulatorOptions options;
    options.seed = false;
    const testing::Emulator own(options);
    OtherClient user(own);
    EXPECT_TRUE(own.seeds().contacts.empty());
    EXPECT_EQ(
        user.get("/v2/contacts").json(),
        (Json{
            {"items", Json::array()}, {"totalCount", 0}, {"page", 0}, {"pageSize", 20}, {"totalPages", 0}}));
    EXPECT_EQ(user.get("/v1/templates").json(), Json::array());
}

TEST_F(EmulatorResources, SaysWhatItStartsWith) {
    const auto line = emulator.start_line();
    EXPECT_EQ(line.find('\n'), std::string::npos);
    const auto start = Json::parse(line);
    EXPECT_EQ(start["base_url"], emulator.base_url());
    EXPECT_EQ(start["api_key"], emulator.api_key());
    EXPECT_EQ(start["sender_id"], emulator.sender_id());
    EXPECT_EQ(start["forbidden_api_key"], emulator.forbidden_api_key());
    for (const auto& contact : start["contacts"]) {
        EXPECT_EQ(client.get("/v1/contacts/id?id=" + contact["id"].get<std::string>()).json()["phoneNumber"],
                  contact["phone_number"]);
    }
    for (const auto& row : start["templates"]) {
        const auto shown = client.get("/v2/templates/" + row["id"].get<std::string>()).json();
        EXPECT_EQ(shown["displayName"], row["name"]);
        EXPECT_EQ(shown["status"], row["status"]);
    }
    EXPECT_EQ(start["templates"][0]["variables"], (Json{"name", "order_id"}));
}

}  // namespace
}  // namespace sent::test
