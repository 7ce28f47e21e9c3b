#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/json_reply.hpp"
#include "emulator/state/ids.hpp"
#include "emulator/state/lifecycle.hpp"
#include "emulator/state/template_definition.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/fields.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/routes.hpp"
#include "emulator/v3/rows.hpp"
#include "emulator/v3/template_definition.hpp"
#include "emulator/v3/views.hpp"

namespace sent::testing::emulator {
namespace {

constexpr auto no_template = "RESOURCE_002";
constexpr auto default_language = "en_US";

Values categories() {
    return {"MARKETING", "UTILITY", "AUTHENTICATION"};
}

struct ChannelContent {
    const char* channel;
    std::vector<const char*> bodies;  ///< the channel is shown if one of these exists
};

// The channels that can show the content, even if it cannot be sent on them yet.
Json channels_view(const Template& row) {
    static const std::vector<ChannelContent> contents{{"sms", {"sms", "multiChannel"}},
                                                      {"whatsapp", {"whatsapp", "multiChannel"}},
                                                      {"rcs", {"rcs", "multiChannel", "sms"}},
                                                      {"mms", {"mms"}}};
    const auto& body = member(row.definition, "body");
    Json channels = Json::array();
    for (const auto& content : contents) {
        if (std::any_of(content.bodies.begin(), content.bodies.end(),
                        [&body](const char* name) { return member(body, name).is_object(); })) {
            channels.push_back(content.channel);
        }
    }
    return channels;
}

Json template_view(const World& world, const Template& row) {
    return Json{{"id", row.id},
                {"customer_id", customer_id(world, row.profile)},
                {"name", row.name},
                {"category", row.category},
                {"language", row.language},
                {"status", row.status},
                {"channels", channels_view(row)},
                {"variables", variable_names(row.definition)},
                {"is_published", row.published},
                {"created_at", precise_timestamp(row.created_at)},
                {"updated_at", time_or_null(row.updated_at)}};
}

std::string name_for(const Json& definition) {
    return as_identifier(make_template_name(definition));
}

// The rules that creating and changing have in common.
struct TemplateRequest {
    explicit TemplateRequest(Fields& fields)
        : category(fields.one_of("category", categories())),
          language(fields.text("language")),
          submitted(fields.flag("submit_for_review").value_or(false)) {}

    std::optional<std::string> category;
    std::optional<std::string> language;
    bool submitted;
};

void refuse_misplaced(Fields& fields) {
    for (const char* name : {"name", "channels", "body", "header", "buttons"}) {
        if (fields.given(name)) {
            fields.fail(name, "VALIDATION_001", "is not accepted here; the content goes into definition");
        }
    }
}

bool can_be_edited(const Template& row) {
    return row.status == "DRAFT" || row.status == "REJECTED" || row.status == "APPROVED";
}

// In sandbox mode the reply says PENDING, but no review begins. A template that was paused, disabled or
// revoked is not reviewed either.
void submit(const Call& call, Template& row) {
    if (!can_be_edited(row)) {
        return;
    }
    if (call.sandbox) {
        row.status = "PENDING";
    } else {
        submit_for_review(call.world, row);
    }
}

Reply create_template(Call& call) {
    Problems problems;
    Fields fields(call.body, problems);
    const TemplateRequest request(fields);
    fields.text("creation_source");
    refuse_misplaced(fields);
    if (auto definition = fields.required_object("definition")) {
        check_v3_definition(*definition);
    }
    problems.refuse_if_any();
    const auto& definition = fields.raw("definition");
    Template row;
    row.id = make_guid();
    row.name = name_for(definition);
    row.category = request.category.value_or(guess_category(definition));
    row.language = request.language.value_or(default_language);
    row.definition = with_all_members(definition);
    row.status = "DRAFT";
    row.created_at = call.world.now();
    row.profile = call.profile;
    auto& added = call.sandbox ? row : call.world.store.templates.add(std::move(row));
    if (request.submitted) {
        submit(call, added);
    }
    return success(call, template_view(call.world, added), 201);
}

Reply list_templates(Call& call) {
    const auto page = read_v3_page(call);
    Problems problems;
    const QueryFields query(call.request, problems);
    const auto search = to_lower(query.text("search").value_or(""));
    const auto status =
        query.one_of("status", {"DRAFT", "PENDING", "APPROVED", "REJECTED", "PAUSED", "DISABLED", "REVOKED"});
    const auto category = query.one_of("category", categories());
    query.flag("is_welcome_playground");
    problems.refuse_if_any();
    std::vector<const Template*> rows;
    for (const auto& row : call.world.store.templates) {
        if (!row.deleted && row.profile == call.profile && (!status || row.status == *status) &&
            (!category || row.category == *category) &&
            searchable_text(row.name, row.definition).find(search) != std::string::npos) {
            rows.push_back(&row);
        }
    }
    const auto view = [&call](const Template& row) { return template_view(call.world, row); };
    return success(call, v3_page_view("templates", rows, page, view));
}

Reply get_template(Call& call) {
    const auto id = path_uuid(call);
    const auto& row = row_or_refuse(call.world.store.find_template(id, call.profile), no_template);
    return success(call, template_view(call.world, row));
}

// The name can be changed in every status, the content only in some.
void refuse_frozen(const Template& row, const Fields& fields, const TemplateRequest& request) {
    Problems problems;
    for (const char* name : {"definition", "category", "language"}) {
        const bool changes =
            name == std::string_view("definition") ? !fields.raw(name).is_null() : fields.given(name);
        if (changes && !can_be_edited(row)) {
            problems.add(name, "VALIDATION_001", "cannot be changed while the template is " + row.status);
        }
    }
    if (row.status == "PENDING" && (request.submitted || !problems.none())) {
        throw Refusal("CONFLICT_006");
    }
    problems.refuse_if_any();
}

// Absent members do not change. If a member is null, the service chooses it, as for a new template.
void change_template(const Call& call, Template& row, const Fields& fields, const TemplateRequest& request,
                     const std::optional<std::string>& name) {
    if (!fields.raw("definition").is_null()) {
        row.definition = with_all_members(fields.raw("definition"));
    }
    if (fields.given("name")) {
        row.name = name.value_or(name_for(row.definition));
    }
    if (fields.given("category")) {
        row.category = request.category.value_or(guess_category(row.definition));
    }
    if (fields.given("language")) {
        row.language = request.language.value_or(default_language);
    }
    row.updated_at = call.world.now();
    if (request.submitted) {
        submit(call, row);
    }
}

Template made_up_template(const Call& call, const std::string& id) {
    Template row;
    row.id = id;
    row.category = "UTILITY";
    row.language = default_language;
    row.definition = with_all_members(Json{{"body", {{"multiChannel", {{"template", "Sandbox template"}}}}}});
    row.name = name_for(row.definition);
    row.status = "DRAFT";
    row.created_at = call.world.now();
    row.profile = call.profile;
    return row;
}

Reply update_template(Call& call) {
    const auto id = path_uuid(call);
    Problems problems;
    Fields fields(call.body, problems);
    const TemplateRequest request(fields);
    const auto name = fields.text("name");
    if (name && name->empty()) {
        fields.fail("name", "VALIDATION_001", "must not be empty");
    }
    if (name && name->rfind("sent_", 0) == 0) {
        fields.fail("name", "VALIDATION_001", "must not start with sent_, as the service's own templates do");
    }
    if (auto definition = fields.object("definition")) {
        check_v3_definition(*definition);
    }
    problems.refuse_if_any();
    auto made_up = made_up_template(call, id);
    auto& row = row_to_change(call, call.world.store.find_template(id, call.profile), made_up, no_template);
    refuse_frozen(row, fields, request);
    change_template(call, row, fields, request, name);
    return success(call, template_view(call.world, row));
}

Reply delete_template(Call& call) {
    const auto id = path_uuid(call);
    Problems problems;
    Fields(call.body, problems).flag("delete_from_meta");
    problems.refuse_if_any();
    if (!call.sandbox && !call.world.store.remove_template(id, call.profile)) {
        throw Refusal(no_template);
    }
    return no_content();
}

}  // namespace

Endpoints v3_templates_routes() {
    constexpr auto access = Access::v3;
    return {
        {"POST", "/v3/templates", access, ExpectedBody::object, create_template, v3_write},
        {"GET", "/v3/templates", access, ExpectedBody::none, list_templates, v3_read},
        {"GET", "/v3/templates/{id}", access, ExpectedBody::none, get_template, v3_read},
        {"PUT", "/v3/templates/{id}", access, ExpectedBody::object, update_template, v3_write},
        {"DELETE", "/v3/templates/{id}", access, ExpectedBody::optional_object, delete_template, v3_removal},
    };
}

}  // namespace sent::testing::emulator
