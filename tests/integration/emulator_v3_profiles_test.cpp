#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/emulator_v3_client.hpp"
#include "support/scripted_server.hpp"

namespace sent::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto unknown_id = "11111111-2222-4333-8444-555555555555";

Json sample_card() {
    return {{"card_number", "4000123412341234"}, {"expiry", "09/31"}, {"cvc", "737"}, {"zip_code", "94103"}};
}

Json sample_brand() {
    return {
        {"contact",
         {{"name", "Ada Osei"}, {"businessName", "Northwind"}, {"phoneCountryCode", "1"}, {"role", "CEO"}}},
        {"business",
         {{"legalName", "Northwind Ltd"}, {"entityType", "PRIVATE_PROFIT"}, {"postalCode", "94103"}}},
        {"compliance",
         {{"brandRelationship", "BASIC_ACCOUNT"},
          {"vertical", "HEALTHCARE"},
          {"primaryUseCase", "reminders"},
          {"isTcrApplication", true},
          {"expectedMessagingVolume", "1000"},
          {"destinationCountries", {{{"id", "US"}, {"isMain", true}}, {{"id", "CA"}}}}}}};
}

class EmulatorV3Profiles : public ::testing::Test {
  protected:
    Answer create(const Json& body) { return client.post("/v3/profiles", body); }
    // A new profile's path.
    std::string created(const Json& body = {{"name", "Harbor Dental"}}) {
        const auto answer = create(body);
        EXPECT_EQ(answer.status, 201) << answer.body;
        return "/v3/profiles/" + answer.json()["data"]["id"].get<std::string>();
    }
    void expect_problem(const Json& body, const std::string& code, const std::string& field) {
        const auto answer = create(body);
        expect_refusal(answer, 400, code);
        EXPECT_TRUE(answer.json()["error"]["details"].contains(field)) << answer.body;
    }
    std::string status_once_completed(const Json& body) {
        const auto path = created(body);
        EXPECT_EQ(client.post(path + "/complete", {{"webHookUrl", "https://example.com/"}}).status, 202);
        emulator.advance(std::chrono::seconds(2));
        return client.get(path).json()["data"]["status"];
    }
    Json state_of(const std::string& path) {
        const auto state = client.get("/_emulator/state").json();
        for (const auto& profile : state["profiles"]) {
            if ("/v3/profiles/" + profile["id"].get<std::string>() == path) {
                return profile;
            }
        }
        return {};
    }

    testing::Emulator emulator;
    OtherClient client = v3_client(emulator);
};

TEST_F(EmulatorV3Profiles, CreatesOneFromANameAndFillsInTheRest) {
    const auto data = create({{"name", "Harbor Dental"}}).json()["data"];
    EXPECT_EQ(data["name"], "Harbor Dental");
    EXPECT_EQ(data["organization_id"], emulator.sender_id());
    EXPECT_EQ(data["status"], "incomplete");
    EXPECT_EQ(data["billing_model"], "profile");
    EXPECT_EQ(data["inherit_contacts"], true);
    EXPECT_EQ(data["inherit_tcr_brand"], true);
    EXPECT_EQ(data["allow_contact_sharing"], false);
    for (const char* name :
         {"icon", "description", "short_name", "updated_at", "billing_contact", "brand",
          "allow_number_change_during_onboarding", "sending_phone_number", "sending_phone_number_profile_id",
          "sending_whatsapp_number_profile_id", "whatsapp_phone_number"}) {
        ASSERT_TRUE(data.contains(name)) << name;
        EXPECT_TRUE(data[name].is_null()) << name;
    }
    EXPECT_TRUE(data["waba_id"].is_string()) << "is the organization's";
    EXPECT_EQ(client.get("/v3/profiles/" + data["id"].get<std::string>()).json()["data"], data);
    const auto list = client.get("/v3/profiles").json()["data"]["profiles"];
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[1], data);
}

TEST_F(EmulatorV3Profiles, TakesEverythingAndTellsNoSecrets) {
    const auto answer =
        create({{"name", "Harbor Dental"},
                {"icon", "https://example.com/icon.png"},
                {"description", "Teeth"},
                {"short_name", "Harbor 1"},
                {"billing_model", "profile"},
                {"billing_contact", {{"name", "Ada"}, {"email", "ada@example.com"}}},
                {"payment_details", sample_card()},
                {"brand", sample_brand()},
                {"whatsapp_business_account", {{"waba_id", "77"}, {"access_token", "EAAsecret"}}},
                {"inherit_contacts", false},
                {"inherit_tcr_brand", false},
                {"allow_contact_sharing", true}});
    ASSERT_EQ(answer.status, 201) << answer.body;
    const auto data = answer.json()["data"];
    EXPECT_EQ(data["short_name"], "Harbor 1");
    EXPECT_EQ(
        data["billing_contact"],
        (Json{{"name", "Ada"}, {"email", "ada@example.com"}, {"phone", nullptr}, {"address", nullptr}}));
    EXPECT_EQ(data["waba_id"], "77");
    EXPECT_EQ(data["inherit_tcr_brand"], false);
    EXPECT_EQ(data["inherit_contacts"], true) << "is ignored";
    EXPECT_EQ(data["allow_contact_sharing"], false) << "is ignored";
    const auto state = client.get("/_emulator/state").body;
    for (const char* secret : {"4000123412341234", "737\"", "94103\",\"expiry", "EAAsecret"}) {
        EXPECT_THAT(answer.body, Not(HasSubstr(secret)));
        EXPECT_THAT(state, Not(HasSubstr(secret)));
    }
}

TEST_F(EmulatorV3Profiles, AnswersTheBrandInItsOtherSpelling) {
    const auto brand = create({{"name", "Harbor Dental"}, {"brand", sample_brand()}}).json()["data"]["brand"];
    EXPECT_EQ(brand["contact"]["name"], "Ada Osei");
    EXPECT_EQ(brand["contact"]["business_name"], "Northwind");
    EXPECT_EQ(brand["contact"]["phone_country_code"], "1");
    EXPECT_TRUE(brand["contact"]["email"].is_null());
    EXPECT_EQ(brand["business"]["legal_name"], "Northwind Ltd");
    EXPECT_EQ(brand["business"]["postal_code"], "94103");
    EXPECT_EQ(brand["compliance"]["brand_relationship"], "BASIC_ACCOUNT");
    EXPECT_EQ(brand["compliance"]["is_tcr_application"], true);
    EXPECT_TRUE(brand["compliance"]["primary_use_case"].is_null());
    EXPECT_FALSE(brand["compliance"].contains("expected_messaging_volume"));
    EXPECT_EQ(brand["compliance"]["destination_countries"],
              (Json{{{"id", "US"}, {"isMain", true}}, {{"id", "CA"}, {"isMain", false}}}));
    EXPECT_EQ(brand["submitted_to_tcr"], false);
    EXPECT_EQ(brand["is_inherited"], false);
}

TEST_F(EmulatorV3Profiles, ChecksNamesAndBilling) {
    expect_problem(Json::object(), "VALIDATION_004", "name");
    for (const char* name : {"ab", "123456", "a-bc", "twelve chars", "größe"}) {
        expect_problem({{"name", "x"}, {"short_name", name}}, "VALIDATION_001", "short_name");
    }
    expect_problem({{"name", "x"}, {"billing_model", "Profile"}}, "VALIDATION_006", "billing_model");
    for (const char* model : {"profile", "profile_and_organization"}) {
        expect_problem({{"name", "x"}, {"billing_model", model}}, "VALIDATION_004", "billing_contact");
    }
    expect_problem({{"name", "x"}, {"billing_contact", {{"name", "Ada"}}}}, "VALIDATION_004",
                   "billing_contact.email");
    expect_problem({{"name", "x"}, {"whatsapp_business_account", {{"waba_id", "77"}}}}, "VALIDATION_004",
                   "whatsapp_business_account.access_token");
}

TEST_F(EmulatorV3Profiles, ChecksCardsWithoutRepeatingThem) {
    struct Case {
        const char* field;
        const char* value;
    };
    for (const auto& [field, value] :
         {Case{"card_number", "400012341234"}, Case{"card_number", "4000 1234 1234 1234"},
          Case{"expiry", "13/31"}, Case{"expiry", "00/31"}, Case{"expiry", "9/31"}, Case{"expiry", "09-31"},
          Case{"cvc", "12"}, Case{"cvc", "12345"}}) {
        auto card = sample_card();
        card[field] = value;
        const auto answer = create({{"name", "x"}, {"payment_details", card}});
        expect_refusal(answer, 400, "VALIDATION_001");
        EXPECT_TRUE(answer.json()["error"]["details"].contains("payment_details." + std::string(field)));
        EXPECT_THAT(answer.body, Not(HasSubstr(std::string("\"") + value)));
    }
    expect_problem({{"name", "x"}, {"payment_details", Json::object()}}, "VALIDATION_004",
                   "payment_details.zip_code");
}

TEST_F(EmulatorV3Profiles, TakesNoCardWhenTheOrganizationPays) {
    expect_problem({{"name", "x"}, {"billing_model", "organization"}, {"payment_details", sample_card()}},
                   "VALIDATION_001", "payment_details");
}

TEST_F(EmulatorV3Profiles, EitherInheritsABrandOrHasItsOwn) {
    const auto own = create({{"name", "x"}, {"brand", sample_brand()}}).json()["data"];
    EXPECT_EQ(own["inherit_tcr_brand"], false);
    expect_problem({{"name", "x"}, {"brand", sample_brand()}, {"inherit_tcr_brand", true}}, "VALIDATION_001",
                   "brand");
}

TEST_F(EmulatorV3Profiles, ChecksTheBrandsPartsAndEnums) {
    expect_problem({{"name", "x"}, {"brand", Json::object()}}, "VALIDATION_004", "brand.compliance");
    auto brand = sample_brand();
    brand["contact"].erase("name");
    expect_problem({{"name", "x"}, {"brand", brand}}, "VALIDATION_004", "brand.contact.name");
    brand = sample_brand();
    brand["compliance"]["vertical"] = "Healthcare";
    expect_problem({{"name", "x"}, {"brand", brand}}, "VALIDATION_006", "brand.compliance.vertical");
    brand = sample_brand();
    brand["compliance"]["brandRelationship"] = "HUGE_ACCOUNT";
    expect_problem({{"name", "x"}, {"brand", brand}}, "VALIDATION_006", "brand.compliance.brandRelationship");
    brand = sample_brand();
    brand["business"]["entityType"] = "CLUB";
    expect_problem({{"name", "x"}, {"brand", brand}}, "VALIDATION_006", "brand.business.entityType");
    brand = sample_brand();
    brand["compliance"]["destinationCountries"] = {"US"};
    expect_problem({{"name", "x"}, {"brand", brand}}, "VALIDATION_001",
                   "brand.compliance.destinationCountries[0]");
}

TEST_F(EmulatorV3Profiles, WantsAWhatsappAccountOnOneOfTheLevels) {
    testing::EmulatorAccount account;
    account.channels = {"sms"};
    emulator.set_account(account);
    expect_refusal(create({{"name", "x"}}), 422, "BUSINESS_007");
    expect_refusal(create({{"name", "x"}, {"sandbox", true}}), 422, "BUSINESS_007");
    const Json own{{"waba_id", "77"}, {"access_token", "t"}};
    EXPECT_EQ(create({{"name", "x"}, {"whatsapp_business_account", own}}).status, 201);
}

TEST_F(EmulatorV3Profiles, GivesANewProfileAKeyOfItsOwn) {
    const auto path = created();
    auto own = v3_client(emulator);
    own.set_header("x-api-key", state_of(path)["api_key"]);
    EXPECT_EQ(own.get("/v3/me").json()["data"]["name"], "Harbor Dental");
    EXPECT_EQ(own.get(path).status, 200);
    EXPECT_EQ(own.get("/v3/profiles").json()["data"]["profiles"].size(), 1U);
    const auto other = "/v3/profiles/" + emulator.seeds().profiles.at(0).id;
    expect_refusal(own.get(other), 404, "RESOURCE_014");
    expect_refusal(own.post("/v3/profiles", {{"name", "x"}}), 403, "AUTH_004");
    ASSERT_EQ(client.remove(path).status, 204);
    expect_refusal(own.get("/v3/me"), 401, "AUTH_002");
}

TEST_F(EmulatorV3Profiles, TellsApartAbsentNullAndValue) {
    const auto path = created({{"name", "Harbor Dental"},
                               {"icon", "i"},
                               {"description", "d"},
                               {"short_name", "Harbor"},
                               {"brand", sample_brand()}});
    const auto before = client.get(path).json()["data"];
    const auto answer = send_json(client, "PATCH", path,
                                  {{"icon", nullptr},
                                   {"short_name", "Port"},
                                   {"inherit_tcr_campaign", false},
                                   {"sending_phone_number", "+12025550177"},
                                   {"sending_phone_number_profile_id", unknown_id},
                                   {"allow_number_change_during_onboarding", true}});
    ASSERT_EQ(answer.status, 200) << answer.body;
    auto after = answer.json()["data"];
    EXPECT_EQ(client.get(path).json()["data"], after);
    EXPECT_TRUE(after["updated_at"].is_string());
    auto expected = before;
    expected["icon"] = nullptr;
    expected["short_name"] = "Port";
    expected["inherit_tcr_campaign"] = false;
    expected["sending_phone_number"] = "+12025550177";
    expected["allow_number_change_during_onboarding"] = true;
    expected["updated_at"] = after["updated_at"];
    EXPECT_EQ(after, expected);

    auto brand = sample_brand();
    brand["contact"]["name"] = "Ben";
    after = send_json(client, "PATCH", path, {{"brand", brand}}).json()["data"];
    EXPECT_EQ(after["brand"]["contact"]["name"], "Ben");
    EXPECT_EQ(after["brand"]["id"], before["brand"]["id"]);
    after = send_json(client, "PATCH", path,
                      {{"brand", nullptr}, {"name", nullptr}, {"inherit_tcr_brand", nullptr}})
                .json()["data"];
    EXPECT_TRUE(after["brand"].is_null());
    EXPECT_EQ(after["inherit_tcr_brand"], true);
    EXPECT_EQ(after["name"], "Harbor Dental");
}

TEST_F(EmulatorV3Profiles, LeavesARefusedChangeWithoutEffect) {
    const auto path = created();
    expect_refusal(send_json(client, "PATCH", path, {{"icon", "i"}, {"short_name", "?"}}), 400,
                   "VALIDATION_001");
    expect_refusal(send_json(client, "PATCH", path, {{"billing_model", "profile"}}), 400, "VALIDATION_004");
    expect_refusal(send_json(client, "PATCH", path, {{"sending_phone_number", "12"}}), 400, "VALIDATION_002");
    expect_refusal(send_json(client, "PATCH", path, {{"name", ""}}), 400, "VALIDATION_004");
    const auto data = client.get(path).json()["data"];
    EXPECT_TRUE(data["icon"].is_null());
    EXPECT_TRUE(data["billing_contact"].is_null());
    EXPECT_TRUE(data["updated_at"].is_null());
}

TEST_F(EmulatorV3Profiles, HidesWhatIsRemoved) {
    const auto path = created();
    EXPECT_EQ(send_json(client, "DELETE", path, Json::object()).status, 204);
    expect_refusal(client.get(path), 404, "RESOURCE_014");
    expect_refusal(client.remove(path), 404, "RESOURCE_014");
    expect_refusal(send_json(client, "PATCH", path, Json::object()), 404, "RESOURCE_014");
    EXPECT_EQ(client.get("/v3/profiles").json()["data"]["profiles"].size(), 1U);
    EXPECT_EQ(state_of(path)["deleted"], true);
    expect_refusal(client.get("/v3/profiles/x"), 400, "VALIDATION_003");
}

TEST_F(EmulatorV3Profiles, OnlyPretendsInSandboxMode) {
    const auto made = create({{"name", "x"}, {"sandbox", true}});
    EXPECT_EQ(made.status, 201);
    EXPECT_EQ(header_of(made, "X-Sandbox"), "true");
    const auto path = std::string("/v3/profiles/") + unknown_id;
    EXPECT_EQ(send_json(client, "PATCH", path, {{"icon", "i"}, {"sandbox", true}}).json()["data"]["icon"],
              "i");
    EXPECT_EQ(send_json(client, "DELETE", path, {{"sandbox", true}}).status, 204);
    EXPECT_EQ(client.post(path + "/complete", {{"webHookUrl", "http://[::1]:9/"}, {"sandbox", true}}).status,
              202);
    EXPECT_EQ(client.get("/v3/profiles").json()["data"]["profiles"].size(), 1U);
}

TEST_F(EmulatorV3Profiles, CompletesAndReportsToTheUrl) {
    ScriptedServer receiver;
    receiver.by_default({serve([](const ReceivedRequest&) { return http_reply(200); })});
    const auto path = created();
    const Json body{{"webHookUrl", receiver.origin() + "/done"}};
    const auto answer = client.post(path + "/complete", body);
    ASSERT_EQ(answer.status, 202) << answer.body;
    EXPECT_FALSE(answer.json()["data"].contains("status"));
    EXPECT_TRUE(answer.json()["data"]["message"].is_string());
    EXPECT_EQ(client.get(path).json()["data"]["status"], "in_progress");
    EXPECT_EQ(client.post(path + "/complete", body).status, 202);
    emulator.advance(std::chrono::seconds(2));
    ASSERT_TRUE(receiver.wait_for_requests(1, std::chrono::seconds(10)));
    const auto request = receiver.requests().at(0);
    EXPECT_EQ(request.target, "/done");
    EXPECT_EQ(Json::parse(request.body)["status"], "COMPLETED");
    EXPECT_EQ("/v3/profiles/" + Json::parse(request.body)["profile_id"].get<std::string>(), path);
    EXPECT_EQ(client.get(path).json()["data"]["status"], "completed");
    const auto again = client.post(path + "/complete", body);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.json()["data"]["status"], "completed");
    EXPECT_TRUE(eventually([&] { return emulator.webhook_deliveries().size() == 1; }));
}

TEST_F(EmulatorV3Profiles, SubmitsAProfileWithABrandOfItsOwn) {
    const auto path = created({{"name", "x"}, {"brand", sample_brand()}});
    ASSERT_EQ(client.post(path + "/complete", {{"webHookUrl", "https://example.com/"}}).status, 202);
    emulator.advance(std::chrono::seconds(2));
    const auto data = client.get(path).json()["data"];
    EXPECT_EQ(data["status"], "submitted");
    EXPECT_EQ(data["brand"]["submitted_to_tcr"], true);
    EXPECT_TRUE(data["brand"]["tcr_brand_id"].is_string());
    ASSERT_EQ(emulator.webhook_deliveries().size(), 1U);
    EXPECT_EQ(emulator.webhook_deliveries().at(0).event, "profile.submitted");
    EXPECT_EQ(emulator.webhook_deliveries().at(0).outcome, "refused");
}

TEST_F(EmulatorV3Profiles, EndsCompletionAsTheBrandAndTheChannelsDemand) {
    auto local = sample_brand();
    local["compliance"]["isTcrApplication"] = false;
    auto nowhere = local;
    nowhere["compliance"].erase("destinationCountries");
    const Json no_brand{{"name", "x"}, {"inherit_tcr_brand", false}};
    const Json no_campaign{{"name", "x"}, {"brand", sample_brand()}, {"inherit_tcr_campaign", false}};
    EXPECT_EQ(status_once_completed(no_brand), "incomplete");
    EXPECT_EQ(emulator.webhook_deliveries().at(0).event, "profile.failed");
    EXPECT_EQ(status_once_completed(no_campaign), "incomplete");
    EXPECT_EQ(status_once_completed({{"name", "x"}, {"brand", local}}), "submitted");
    EXPECT_EQ(status_once_completed({{"name", "x"}, {"brand", nowhere}}), "completed");
    testing::EmulatorAccount account;
    account.channels = {"rcs"};
    emulator.set_account(account);
    EXPECT_EQ(status_once_completed(
                  {{"name", "x"}, {"whatsapp_business_account", {{"waba_id", "7"}, {"access_token", "t"}}}}),
              "submitted");
}

TEST_F(EmulatorV3Profiles, WantsAUrlToReportTo) {
    const auto path = created();
    expect_refusal(client.post(path + "/complete", {{"webhookUrl", "https://example.com/"}}), 400,
                   "VALIDATION_004");
    expect_refusal(client.post(path + "/complete", {{"webHookUrl", "example.com"}}), 400, "VALIDATION_001");
    expect_refusal(client.post(std::string("/v3/profiles/") + unknown_id + "/complete",
                               {{"webHookUrl", "https://example.com/"}}),
                   404, "RESOURCE_014");
}

}  // namespace
}  // namespace sent::test
