#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "wire/request_cases.hpp"
#include "wire/v3_calls.hpp"
#include "wire/v3_definition.hpp"

namespace {

using sent::Client;
using wire::at;
using wire::read_reply;
using wire::Requests;

sent::CreateTemplateRequest small_template() {
    sent::CreateTemplateRequest request;
    request.definition = wire::small_definition();
    return request;
}

sent::CreateTemplateRequest whole_template() {
    sent::CreateTemplateRequest request;
    request.definition = wire::whole_definition();
    request.category = sent::TemplateCategory::utility;
    request.language = "en_US";
    request.creation_source = "from-sdk";
    request.submit_for_review = true;
    return request;
}

sent::UpdateTemplateRequest update() {
    sent::UpdateTemplateRequest request;
    request.id = wire::template_id;
    return request;
}

sent::UpdateTemplateRequest update_everything() {
    auto request = update();
    request.name = "visit_reminder";
    request.category = sent::TemplateCategory::marketing;
    request.language = "en_GB";
    request.definition = wire::small_definition();
    request.submit_for_review = false;
    return request;
}

sent::UpdateTemplateRequest clear_everything() {
    auto request = update();
    request.name = sent::null;
    request.category = sent::null;
    request.language = sent::null;
    request.definition = sent::null;
    return request;
}

std::vector<wire::RequestCase> template_writes() {
    auto renamed = update();
    renamed.name = "visit_reminder";
    const auto keyed = wire::keyed();
    const auto simulated = wire::in_sandbox(keyed);
    const auto create = [](const sent::CreateTemplateRequest& request, const sent::CallOptions& options) {
        return [=](const Client& c) { (void)c.templates().create(request, options); };
    };
    const auto change = [](const sent::UpdateTemplateRequest& request, const sent::CallOptions& options) {
        return [=](const Client& c) { (void)c.templates().update(request, options); };
    };
    return {
        {"v3/templates.create.minimal", create(small_template(), keyed)},
        {"v3/templates.create.full", create(whole_template(), keyed)},
        {"v3/templates.create.sandbox", create(small_template(), simulated)},
        {"v3/templates.update.minimal", change(update(), keyed)},
        {"v3/templates.update.full", change(update_everything(), keyed)},
        {"v3/templates.update.nulls", change(clear_everything(), keyed)},
        {"v3/templates.update.sandbox", change(renamed, simulated)},
    };
}

std::vector<wire::RequestCase> other_template_requests() {
    sent::ListTemplatesRequest list;
    list.page = 3;
    list.page_size = 50;
    list.search = "visit & more";
    list.status = sent::TemplateStatus::approved;
    list.category = sent::TemplateCategory::utility;
    list.is_welcome_playground = false;
    const sent::RemoveTemplateRequest everywhere{wire::template_id, true};
    const sent::RemoveTemplateRequest unsaid{wire::template_id, sent::null};
    return {
        {"v3/templates.list.minimal", [](const Client& c) { (void)c.templates().list(); }},
        {"v3/templates.list.full", [=](const Client& c) { (void)c.templates().list(list); }},
        {"v3/templates.get.minimal", [](const Client& c) { (void)c.templates().get(wire::template_id); }},
        {"v3/templates.remove.minimal",
         [](const Client& c) { (void)c.templates().remove(wire::template_id); }},
        {"v3/templates.remove.full", [=](const Client& c) { (void)c.templates().remove(everywhere); }},
        {"v3/templates.remove.nulls", [=](const Client& c) { (void)c.templates().remove(unsaid); }},
        {"v3/templates.remove.sandbox",
         [](const Client& c) { (void)c.templates().remove(wire::template_id, wire::in_sandbox()); }},
    };
}

INSTANTIATE_TEST_SUITE_P(V3TemplateWrites, Requests, ::testing::ValuesIn(template_writes()),
                         wire::name_of_case);
INSTANTIATE_TEST_SUITE_P(V3Templates, Requests, ::testing::ValuesIn(other_template_requests()),
                         wire::name_of_case);

void expect_whole(const sent::Template& found) {
    EXPECT_EQ(found.id, wire::template_id);
    EXPECT_EQ(found.customer_id, wire::sender_id);
    EXPECT_EQ(found.name, "visit_reminder");
    EXPECT_EQ(found.category, sent::TemplateCategory::utility);
    EXPECT_EQ(found.language, "en_US");
    EXPECT_EQ(found.status, sent::TemplateStatus::approved);
    EXPECT_EQ(found.channels, (std::vector<sent::Channel>{sent::Channel::sms, sent::Channel::whatsapp}));
    EXPECT_EQ(found.variables, (std::vector<std::string>{"firstName", "slot"}));
    EXPECT_TRUE(found.is_published);
    EXPECT_EQ(found.created_at, at("2026-07-01T08:00:00Z"));
    EXPECT_EQ(found.updated_at, at("2026-07-02T09:30:00Z"));
    EXPECT_EQ(found.auto_reply_action, sent::AutoReplyAction::opt_out);
}

void expect_empty(const sent::Template& found, const std::string& id = wire::template_id) {
    EXPECT_EQ(found.id, id);
    EXPECT_EQ(found.customer_id, "");
    EXPECT_EQ(found.name, "");
    EXPECT_TRUE(found.category.empty());
    EXPECT_EQ(found.language, "");
    EXPECT_TRUE(found.status.empty());
    EXPECT_TRUE(found.channels.empty());
    EXPECT_TRUE(found.variables.empty());
    EXPECT_FALSE(found.is_published);
    EXPECT_FALSE(found.created_at);
    EXPECT_FALSE(found.updated_at);
    EXPECT_FALSE(found.auto_reply_action);
}

void expect_strange(const sent::Template& found) {
    EXPECT_EQ(found.id, wire::template_id);
    EXPECT_EQ(found.category.str(), "POETRY");
    EXPECT_EQ(found.status.str(), "UNDER_THE_SOFA");
    EXPECT_EQ(found.channels.at(0).str(), "carrier-pigeon");
    EXPECT_EQ(found.auto_reply_action, "SING");
}

template <class Call>
void expect_template_replies(const std::string& operation, Call call) {
    SCOPED_TRACE(operation);
    expect_whole(read_reply(operation + ".reply", call));
    expect_empty(read_reply(operation + ".reply_nulls", call));
    expect_strange(read_reply(operation + ".reply_unknown", call));
}

TEST(V3Templates, HaveEveryMember) {
    expect_template_replies("templates.create",
                            [](const Client& c) { return c.templates().create(small_template()); });
    expect_template_replies("templates.get", [](const Client& c) { return c.templates().get("1"); });
    expect_template_replies("templates.update",
                            [](const Client& c) { return c.templates().update(update()); });
}

TEST(V3Templates, ComeInPages) {
    const auto list = [](const Client& c) { return c.templates().list(); };

    const auto page = read_reply("templates.list.reply", list);
    ASSERT_EQ(page.items.size(), 2U);
    expect_whole(page.items[0]);
    expect_empty(page.items[1], "second");
    wire::expect_golden_totals(page);

    const auto sparse = read_reply("templates.list.reply_nulls", list);
    ASSERT_EQ(sparse.items.size(), 2U) << "a null is no element";
    expect_empty(sparse.items[0]);
    wire::expect_no_totals(sparse);

    const auto extended = read_reply("templates.list.reply_unknown", list);
    ASSERT_EQ(extended.items.size(), 2U);
    expect_strange(extended.items[0]);
    wire::expect_extended_totals(extended);
}

TEST(V3Templates, AreRemoved) {
    wire::expect_done("templates.remove.reply",
                      [](const Client& c) { return c.templates().remove(wire::template_id); });
}

}  // namespace
