#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "wire/golden.hpp"

/// Every member of templates in documented replies.

namespace {

using wire::Session;
namespace v2 = sent::v2;

std::optional<sent::Timestamp> at(std::string_view text) {
    return sent::parse_timestamp(text);
}

// --- v1, whose shape nobody documented
// ----------------------------------------------------------------------

void expect_newer(const sent::v1::Template& found) {
    EXPECT_EQ(found.id, wire::template_id);
    EXPECT_EQ(found.name, "Visit reminder") << "from displayName";
    EXPECT_EQ(found.category, "UTILITY");
    EXPECT_EQ(found.language, "en_US");
    EXPECT_EQ(found.status, "APPROVED");
    EXPECT_EQ(found.raw_body, std::nullopt);
    EXPECT_EQ(found.definition.text,
              R"({"body":{"multiChannel":{"type":null,"template":"Hi!","variables":null}}})");
    EXPECT_EQ(found.is_published, true);
    EXPECT_EQ(found.customer_id, std::nullopt);
    EXPECT_EQ(found.whatsapp_template_id, "102938475610");
    EXPECT_EQ(found.whatsapp_template_name, "visit_reminder");
    EXPECT_EQ(found.whatsapp_template_status, std::nullopt);
    EXPECT_EQ(found.created_at, at("2026-01-20T08:00:00Z"));
    EXPECT_EQ(found.updated_at, std::nullopt);
}

void expect_older(const sent::v1::Template& found) {
    EXPECT_EQ(found.id, wire::template_id);
    EXPECT_EQ(found.name, "Visit reminder") << "from name";
    EXPECT_EQ(found.category, "UTILITY");
    EXPECT_EQ(found.language, "");
    EXPECT_EQ(found.status, "");
    EXPECT_EQ(found.raw_body, "Hi {{first_name}}, see you at {{slot}}.");
    EXPECT_EQ(found.definition.text, "");
    EXPECT_EQ(found.is_published, std::nullopt);
    EXPECT_EQ(found.customer_id, wire::sender_id);
    EXPECT_EQ(found.whatsapp_template_id, std::nullopt);
    EXPECT_EQ(found.whatsapp_template_name, "visit_reminder");
    EXPECT_EQ(found.whatsapp_template_status, "APPROVED");
    EXPECT_EQ(found.created_at, at("2025-11-03T10:20:30.5Z"));
    EXPECT_EQ(found.updated_at, at("2025-11-04T00:00:00Z"));
}

TEST(V1TemplateReplies, MayLookLikeThoseOfV2) {
    expect_newer(Session("v1/templates.get.reply").client.v1().templates().get("1").value());

    const auto page = Session("v1/templates.list.reply").client.v1().templates().list().value();
    ASSERT_EQ(page.items.size(), 1U);
    expect_newer(page.items[0]);
    EXPECT_EQ(page.total_count, 1);
    EXPECT_EQ(page.page_size, 100);
    EXPECT_EQ(page.total_pages, 1);
    EXPECT_FALSE(page.has_more);
}

TEST(V1TemplateReplies, MayLookLikeThoseBeforeV1) {
    expect_older(Session("v1/templates.get.reply_older").client.v1().templates().get("1").value());

    const auto page = Session("v1/templates.list.reply_array").client.v1().templates().list().value();
    ASSERT_EQ(page.items.size(), 2U);
    expect_older(page.items[0]);
    expect_newer(page.items[1]);
    EXPECT_EQ(page.total_count, 2);
    EXPECT_FALSE(page.has_more);
}

TEST(V1TemplateReplies, MayLackAlmostEverything) {
    const auto found = Session("v1/templates.get.reply_nulls").client.v1().templates().get("1").value();
    EXPECT_EQ(found.id, wire::template_id);
    EXPECT_EQ(found.name, "");
    EXPECT_EQ(found.definition.text, "");
    EXPECT_EQ(found.created_at, std::nullopt);

    const auto page = Session("v1/templates.list.reply_nulls").client.v1().templates().list().value();
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_EQ(page.items[0].is_published, std::nullopt);
}

TEST(V1TemplateReplies, MayHaveUnknownMembers) {
    EXPECT_EQ(Session("v1/templates.get.reply_unknown").client.v1().templates().get("1").value().status,
              "ON_HOLD");
    EXPECT_EQ(Session("v1/templates.list.reply_unknown").client.v1().templates().list().value().items.size(),
              1U);
}

TEST(V1TemplateReplies, EndARangeAfterTheOnlyPage) {
    const Session session("v1/templates.list.reply_array");
    int count = 0;
    for (const auto& found : session.client.v1().templates().all()) {
        EXPECT_TRUE(found);
        ++count;
    }

    EXPECT_EQ(count, 2);
    EXPECT_EQ(session.mock->request_count(), 1U);
}

// --- v2
// -----------------------------------------------------------------------------------------------------

void expect_variable(const v2::TemplateVariable& variable, int id, const char* name, const char* sample) {
    EXPECT_EQ(variable.id, id);
    EXPECT_EQ(variable.name, name);
    EXPECT_EQ(variable.type, "variable");
    EXPECT_EQ(variable.props.sample, sample);
}

void expect_header_and_footer(const v2::TemplateDefinition& definition) {
    ASSERT_TRUE(definition.header);
    EXPECT_EQ(definition.header->type, v2::HeaderType::text);
    EXPECT_EQ(definition.header->text, "Visit of {{1:variable}}");
    ASSERT_EQ(definition.header->variables.size(), 1U);
    expect_variable(definition.header->variables[0], 1, "firstName", "Mira");
    ASSERT_TRUE(definition.footer);
    EXPECT_EQ(definition.footer->type, "text");
    EXPECT_EQ(definition.footer->text, "Reply STOP to end");
    ASSERT_EQ(definition.footer->variables.size(), 1U);
    expect_variable(definition.footer->variables[0], 1, "word", "STOP");
}

void expect_body(const v2::TemplateBody& body) {
    ASSERT_TRUE(body.multi_channel);
    EXPECT_EQ(body.multi_channel->type, "text");
    EXPECT_EQ(body.multi_channel->text, "Hi {{1:variable}}, see you at {{2:variable}}.");
    ASSERT_EQ(body.multi_channel->variables.size(), 2U);
    expect_variable(body.multi_channel->variables[0], 1, "firstName", "Mira");
    expect_variable(body.multi_channel->variables[1], 2, "slot", "14:30");
    const auto& props = body.multi_channel->variables[0].props;
    EXPECT_EQ(props.variable_type, "media");
    EXPECT_EQ(props.regex, "^[A-Z].*$");
    EXPECT_EQ(props.url, "https://example.org/a");
    EXPECT_EQ(props.short_url, "https://ex.org/a");
    EXPECT_EQ(props.alt, "a picture");
    EXPECT_EQ(props.media_type, "image/png");
    ASSERT_TRUE(body.sms);
    EXPECT_EQ(body.sms->text, "See you at {{1:variable}}");
    EXPECT_EQ(body.sms->type, std::nullopt);
    ASSERT_TRUE(body.whatsapp);
    EXPECT_EQ(body.whatsapp->text, "Hello");
    EXPECT_TRUE(body.whatsapp->variables.empty());
}

void expect_buttons(const std::vector<v2::TemplateButton>& buttons) {
    ASSERT_EQ(buttons.size(), 4U);
    EXPECT_EQ(buttons[0].id, 1);
    EXPECT_EQ(buttons[0].type, v2::ButtonType::quick_reply);
    EXPECT_EQ(buttons[0].props.text, "Confirm");
    EXPECT_EQ(buttons[0].props.quick_reply_type, "custom");
    EXPECT_EQ(buttons[1].type, v2::ButtonType::url);
    EXPECT_EQ(buttons[1].props.url_type, "static");
    EXPECT_EQ(buttons[1].props.url, "https://example.org/visit");
    EXPECT_EQ(buttons[2].type, v2::ButtonType::voice_call);
    EXPECT_EQ(buttons[2].props.active_for, 60);
    EXPECT_EQ(buttons[2].props.country_code, "44");
    EXPECT_EQ(buttons[2].props.phone_number, "2071838750");
    EXPECT_EQ(buttons[3].id, 4);
    EXPECT_EQ(buttons[3].type, v2::ButtonType::copy_code);
    EXPECT_EQ(buttons[3].props.offer_code, "SPRING");
    EXPECT_EQ(buttons[3].props.otp_type, "ONE_TAP");
    EXPECT_EQ(buttons[3].props.autofill_text, "Fill");
    EXPECT_EQ(buttons[3].props.package_name, "org.example.app");
    EXPECT_EQ(buttons[3].props.signature_hash, "K8a/AINcGX7");
    EXPECT_EQ(buttons[3].props.text, std::nullopt);
}

void expect_full(const v2::Template& found) {
    EXPECT_EQ(found.id, wire::template_id);
    EXPECT_EQ(found.display_name, "Visit reminder");
    EXPECT_EQ(found.category, v2::TemplateCategory::utility);
    EXPECT_EQ(found.language, "en_US");
    EXPECT_EQ(found.status, v2::TemplateStatus::approved);
    EXPECT_TRUE(found.is_published);
    EXPECT_EQ(found.whatsapp_template_id, "102938475610");
    EXPECT_EQ(found.whatsapp_template_name, "visit_reminder");
    EXPECT_EQ(found.created_at, at("2026-01-20T08:00:00Z"));
    EXPECT_EQ(found.updated_at, at("2026-01-27T13:33:14.2705281Z"));
    EXPECT_EQ(found.definition.definition_version, "1.0");
    ASSERT_TRUE(found.definition.authentication_config);
    EXPECT_TRUE(found.definition.authentication_config->add_security_recommendation);
    EXPECT_EQ(found.definition.authentication_config->code_expiration_minutes, 10);
    expect_header_and_footer(found.definition);
    expect_body(found.definition.body);
    expect_buttons(found.definition.buttons);
}

void expect_draft(const v2::Template& found) {
    EXPECT_EQ(found.status, v2::TemplateStatus::draft);
    EXPECT_FALSE(found.is_published);
    EXPECT_EQ(found.whatsapp_template_id, std::nullopt);
    EXPECT_EQ(found.updated_at, std::nullopt);
    EXPECT_EQ(found.definition.header, std::nullopt);
    ASSERT_TRUE(found.definition.body.multi_channel);
    EXPECT_EQ(found.definition.body.multi_channel->text, "Hi");
    EXPECT_EQ(found.definition.body.sms, std::nullopt);
    EXPECT_EQ(found.definition.footer, std::nullopt);
    EXPECT_TRUE(found.definition.buttons.empty());
    EXPECT_EQ(found.definition.authentication_config, std::nullopt);
}

void expect_strange(const v2::Template& found) {
    EXPECT_EQ(found.category.str(), "TRANSACTIONAL");
    EXPECT_EQ(found.status.str(), "PAUSED");
    ASSERT_TRUE(found.definition.header);
    EXPECT_EQ(found.definition.header->type.value().str(), "hologram");
    EXPECT_EQ(found.definition.body.multi_channel, std::nullopt);
    ASSERT_EQ(found.definition.buttons.size(), 2U);
    EXPECT_EQ(found.definition.buttons[0].type.str(), "TELEPORT");
    EXPECT_EQ(found.definition.buttons[0].props.text, "Go");
}

v2::Template get_template(const std::string& reply) {
    return Session(reply).client.v2().templates().get("1").value();
}

v2::Template create_template(const std::string& reply) {
    v2::CreateTemplateRequest request;
    request.definition.body.sms.emplace().text = "Hi";
    return Session(reply).client.v2().templates().create(request).value();
}

TEST(V2TemplateReplies, HaveEveryMember) {
    expect_full(get_template("v2/templates.get.reply"));
    expect_full(create_template("v2/templates.create.reply"));
}

TEST(V2TemplateReplies, MayHaveNulls) {
    expect_draft(get_template("v2/templates.get.reply_nulls"));
    expect_draft(create_template("v2/templates.create.reply_nulls"));
}

TEST(V2TemplateReplies, MayHaveUnknownMembersAndValues) {
    expect_strange(get_template("v2/templates.get.reply_unknown"));
    expect_strange(create_template("v2/templates.create.reply_unknown"));
}

TEST(V2TemplateReplies, ComeInPages) {
    const auto page = Session("v2/templates.list.reply").client.v2().templates().list().value();
    ASSERT_EQ(page.items.size(), 2U);
    expect_full(page.items[0]);
    expect_draft(page.items[1]);
    EXPECT_EQ(page.total_count, 41);
    EXPECT_EQ(page.page, 0);
    EXPECT_EQ(page.page_size, 2);
    EXPECT_EQ(page.total_pages, 21);
    EXPECT_TRUE(page.has_more);
}

TEST(V2TemplateReplies, ComeInPagesThatLackOrAddMembers) {
    const auto nulls = Session("v2/templates.list.reply_nulls").client.v2().templates().list().value();
    ASSERT_EQ(nulls.items.size(), 1U);
    expect_draft(nulls.items[0]);
    EXPECT_FALSE(nulls.has_more);

    const auto strange = Session("v2/templates.list.reply_unknown").client.v2().templates().list().value();
    ASSERT_EQ(strange.items.size(), 1U);
    expect_strange(strange.items[0]);
}

}  // namespace
