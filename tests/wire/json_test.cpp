#include <map>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <sent/json.hpp>
#include <sent/sent.hpp>

#include "wire/golden.hpp"
#include "wire/sample_template.hpp"

namespace {

using Json = nlohmann::json;
using Ordered = nlohmann::ordered_json;
namespace v1 = sent::v1;
namespace v2 = sent::v2;

/// There and back, and what comes back is written the same.
template <class T>
void expect_round_trip(const Json& wire_form) {
    const T value = wire_form.get<T>();
    EXPECT_EQ(Json(value), wire_form);
    EXPECT_EQ(Json(Json(value).get<T>()), wire_form);
}

template <class T>
void expect_round_trip_of(const std::string& golden) {
    expect_round_trip<T>(Json::parse(wire::golden(golden).body));
}

TEST(Json, CarriesTheSends) {
    expect_round_trip_of<v1::SendToContactRequest>("v1/messages.send_to_contact.full");
    expect_round_trip_of<v1::SendToContactRequest>("v1/messages.send_to_contact.template_variables");
    expect_round_trip_of<v1::SendToPhoneRequest>("v1/messages.send_to_phone.full");
    expect_round_trip_of<v1::SendToPhoneRequest>("v1/messages.send_to_phone.template_variables");
    expect_round_trip_of<v2::SendToContactRequest>("v2/messages.send_to_contact.full");
    expect_round_trip_of<v2::SendToPhoneRequest>("v2/messages.send_to_phone.full");
    expect_round_trip_of<v2::SendQuickMessageRequest>("v2/messages.send_quick_message.minimal");
}

TEST(Json, CarriesRequestsWhoseMembersGoIntoPathOrQuery) {
    const Json id{{"id", "5d1a"}};
    expect_round_trip<v1::GetContactRequest>(id);
    expect_round_trip<v1::GetTemplateRequest>(id);
    expect_round_trip<v2::GetContactRequest>(id);
    expect_round_trip<v2::GetMessageRequest>(id);
    expect_round_trip<v2::GetTemplateRequest>(id);
    expect_round_trip<v2::RemoveTemplateRequest>(id);
    const Json number{{"phoneNumber", "+442071838750"}};
    expect_round_trip<v1::GetContactByPhoneRequest>(number);
    expect_round_trip<v2::GetContactByPhoneRequest>(number);
    expect_round_trip<v2::LookupNumberRequest>(number);
    const Json page{{"page", 3}, {"pageSize", 50}};
    expect_round_trip<v1::ListContactsRequest>(page);
    expect_round_trip<v2::ListContactsRequest>(page);
    expect_round_trip<v1::ListTemplatesRequest>(Json::object());
    Json filtered = page;
    filtered.update({{"search", "x"}, {"status", "APPROVED"}, {"category", "UTILITY"}});
    expect_round_trip<v2::ListTemplatesRequest>(filtered);
}

TEST(Json, CarriesContactsAndNumbers) {
    expect_round_trip_of<v1::Contact>("v1/contacts.get.reply");
    expect_round_trip_of<sent::Page<v1::Contact>>("v1/contacts.list.reply");
    expect_round_trip_of<v2::Contact>("v2/contacts.get.reply");
    expect_round_trip_of<sent::Page<v2::Contact>>("v2/contacts.list.reply");
    expect_round_trip_of<v2::NumberLookup>("v2/numbers.lookup.reply");
}

/// Times are written with Z, and prices as text: what means the same, in one form.
Json normalized(const std::string& golden) {
    std::string text = wire::golden(golden).body;
    const auto replace = [&text](const std::string& from, const std::string& to) {
        for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
            text.replace(at, from.size(), to);
        }
    };
    replace("02.1180000+00:00", "02.118Z");
    replace("02.1200000+00:00", "02.12Z");
    replace("11:15:06.4410001+02:00", "09:15:06.4410001Z");
    replace("+00:00", "Z");
    replace("0.0412", "\"0.0412\"");
    replace(",\"description\":null", "");
    replace(",\"updatedAt\":null", "");
    return Json::parse(text);
}

TEST(Json, CarriesMessages) {
    const auto message = normalized("v2/messages.get.reply");
    expect_round_trip<v2::Message>(message);
    expect_round_trip<v2::MessageBody>(message["messageBody"]);
    expect_round_trip<v2::MessageButton>(message["messageBody"]["buttons"][0]);
    expect_round_trip<v2::MessageEvent>(message["events"][1]);
}

TEST(Json, CarriesTemplates) {
    expect_round_trip<v1::Template>([] {
        auto newer = normalized("v1/templates.get.reply");
        newer["name"] = newer["displayName"];
        newer.erase("displayName");
        return newer;
    }());
    auto page = normalized("v1/templates.list.reply_array");
    EXPECT_EQ(page.get<sent::Page<v1::Template>>().items.size(), 2U);

    const auto found = normalized("v2/templates.get.reply");
    expect_round_trip<v2::Template>(found);
    expect_round_trip<sent::Page<v2::Template>>(
        {{"items", {found}}, {"page", 0}, {"pageSize", 1}, {"totalCount", 1}, {"totalPages", 1}});
    const auto create = Json::parse(wire::golden("v2/templates.create.full").body);
    expect_round_trip<v2::CreateTemplateRequest>(create);
    const auto& definition = create["definition"];
    expect_round_trip<v2::TemplateDefinition>(definition);
    expect_round_trip<v2::TemplateHeader>(definition["header"]);
    expect_round_trip<v2::TemplateFooter>(definition["footer"]);
    expect_round_trip<v2::TemplateBody>(definition["body"]);
    expect_round_trip<v2::TemplateBodyContent>(definition["body"]["multiChannel"]);
    expect_round_trip<v2::TemplateVariable>(definition["body"]["multiChannel"]["variables"][0]);
    expect_round_trip<v2::TemplateVariableProps>(definition["body"]["multiChannel"]["variables"][0]["props"]);
    expect_round_trip<v2::TemplateButton>(definition["buttons"][2]);
    expect_round_trip<v2::TemplateButtonProps>(definition["buttons"][3]["props"]);
    expect_round_trip<v2::AuthenticationConfig>(definition["authenticationConfig"]);
}

TEST(Json, WritesMembersInTheDocumentedOrder) {
    v2::CreateTemplateRequest request;
    request.category = v2::TemplateCategory::utility;
    request.language = "en_US";
    request.definition = wire::sample_definition();
    request.submit_for_review = true;

    EXPECT_EQ(Ordered(request).dump(), wire::golden("v2/templates.create.full").body);
}

TEST(Json, CarriesOpenEnums) {
    EXPECT_EQ(Json(v2::MessageStatus{v2::MessageStatus::read}), "read");
    EXPECT_EQ(Json("Tomorrow").get<v2::MessageStatus>().str(), "Tomorrow");
    EXPECT_TRUE(Json(nullptr).get<v2::MessageStatus>().empty());
    EXPECT_THROW((void)Json(7).get<v2::MessageStatus>(), Json::type_error);
}

TEST(Json, CarriesRawJson) {
    const sent::RawJson raw{R"({"b":1,"a":[null,"x"]})"};
    EXPECT_EQ(Json(raw), Json::parse(raw.text));
    EXPECT_EQ(Ordered::parse(raw.text).get<sent::RawJson>(), raw);
    EXPECT_EQ(Json(sent::RawJson{}), Json(nullptr));
    EXPECT_EQ(Json(nullptr).get<sent::RawJson>(), sent::RawJson{});
    EXPECT_THROW((void)Json(sent::RawJson{"{"}), Json::parse_error);
}

TEST(B8_LoneSurrogate, InABodyAsItCameIsReadByNlohmannToo) {
    const auto event = sent::webhooks::parse_event(R"({"field":"x","payload":{"text":"Hi \ud83d"}})").value();
    const Json whole = event.raw;
    EXPECT_EQ(whole["payload"]["text"], "Hi \xEF\xBF\xBD");
    EXPECT_EQ(Json(event)["payload"]["text"], "Hi \xEF\xBF\xBD");
}

TEST(Json, CarriesTimestamps) {
    const auto time = sent::parse_timestamp("2026-01-27T14:33:14.2705281+01:00").value();
    EXPECT_EQ(Json(time), "2026-01-27T13:33:14.2705281Z");
    EXPECT_EQ(Json("2026-01-27T13:33:14.2705281Z").get<sent::Timestamp>(), time);
    EXPECT_THROW((void)Json("soon").get<sent::Timestamp>(), sent::UndecodableError);
    EXPECT_THROW((void)Json(5).get<sent::Timestamp>(), Json::type_error);
}

TEST(Json, CarriesContainersOfStructs) {
    const auto contacts = std::vector<v1::Contact>(2);
    EXPECT_EQ(Json(contacts).size(), 2U);
    const std::map<std::string, v2::MessageButton> buttons{{"first", {"URL", "x"}}};
    EXPECT_EQ(Json(buttons)["first"]["type"], "URL");
    EXPECT_EQ((Json(buttons).get<std::map<std::string, v2::MessageButton>>()["first"].value), "x");
}

TEST(Json, IsAsLenientAsTheLibrary) {
    const auto contact = Json{{"id", 7}, {"phoneNumber", nullptr}, {"new", {1, 2}}}.get<v2::Contact>();
    EXPECT_EQ(contact.id, "7");
    EXPECT_EQ(contact.phone_number, "");
}

TEST(Json, RefusesWhatIsNoObject) {
    EXPECT_THROW((void)Json("text").get<v2::Contact>(), sent::UndecodableError);
    EXPECT_THROW((void)Json::array().get<v2::Contact>(), sent::UndecodableError);
}

TEST(Json, RefusesTextThatIsNotUtf8) {
    v1::SendToContactRequest request;
    request.message_body["name"] = "\xFF";
    try {
        (void)Json(request);
        FAIL() << "it was written";
    } catch (const sent::InvalidRequestError& thrown) {
        EXPECT_NE(thrown.error().message.find("messageBody"), std::string::npos) << thrown.error();
    }
}

}  // namespace
