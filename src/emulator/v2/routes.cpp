#include <algorithm>
#include <array>
#include <utility>

#include "emulator/http/router.hpp"
#include "emulator/json_reply.hpp"
#include "emulator/state/ids.hpp"
#include "emulator/state/lifecycle.hpp"
#include "emulator/state/template_definition.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v2/sends.hpp"
#include "emulator/v2/shared_routes.hpp"
#include "emulator/v2/validation.hpp"
#include "emulator/v2/views.hpp"

namespace sent::testing::emulator {
namespace {

constexpr long long default_template_page = 100;
constexpr long long largest_template_page = 1000;
constexpr std::array<const char*, 3> categories{"MARKETING", "UTILITY", "AUTHENTICATION"};
constexpr auto default_language = "en_US";

void read_content(BodyReader& body, Order& order) {
    order.generation = "v2";
    order.template_id = body.required_guid("templateId").value_or("");
    order.variables = body.optional_map("templateVariables", BodyReader::Values::strings);
}

Reply quick_message(Call& call) {
    BodyReader body(call.body);
    const auto number = body.required_number("phoneNumber");
    const auto text = body.required_text("customMessage");
    return body.good() ? send_quick_message(call.world, number.value(), text.value())
                       : validation_error(body.errors());
}

// Returns the id in the path. If there is none, sets the refusal in `reply`.
std::optional<std::string> path_id(const Call& call, Reply& reply) {
    auto id = parse_guid(call.path_values.at(0));
    if (!id) {
        reply = validation_error({{"id", {"id must be a GUID"}}});
    }
    return id;
}

Reply get_message(Call& call) {
    Reply reply;
    if (const auto id = path_id(call, reply)) {
        const auto* message = call.world.store.messages.find(*id);
        reply = message == nullptr || !message->profile.empty()
                    ? problem(404, "Message not found.")
                    : json_reply(message_view(*message, call.world.options().sender_id));
    }
    return reply;
}

Reply number_lookup(Call& call) {
    QueryReader query(call.request);
    const auto number = query.required_number("phoneNumber");
    return number ? json_reply(number_view(*number)) : validation_error(query.errors());
}

Reply list_templates(Call& call) {
    QueryReader query(call.request);
    const auto page = read_page(query, default_template_page, largest_template_page);
    if (!query.good()) {
        return validation_error(query.errors());
    }
    const auto search = to_lower(query.text("search"));
    const auto status = query.text("status");
    const auto category = query.text("category");
    std::vector<const Template*> rows;
    for (const auto& row : call.world.store.templates) {
        if (!row.deleted && row.profile.empty() &&
            (status.empty() || same_ignoring_case(status, row.status)) &&
            (category.empty() || same_ignoring_case(category, row.category)) &&
            (search.empty() || searchable_text(row.name, row.definition).find(search) != std::string::npos)) {
            rows.push_back(&row);
        }
    }
    return json_reply(page_view(rows, page, template_view));
}

Reply get_template(Call& call) {
    Reply reply;
    if (const auto id = path_id(call, reply)) {
        const auto* row = call.world.store.find_template(*id);
        reply = row == nullptr ? problem(404, "Template not found.") : json_reply(template_view(*row));
    }
    return reply;
}

Reply create_template(Call& call) {
    BodyReader body(call.body);
    const auto& definition = member(call.body, "definition");
    check_definition(definition, body.errors());
    const auto category = body.optional_text("category").value_or("");
    const auto language = body.optional_text("language").value_or("");
    const bool submitted = body.optional_flag("submitForReview");
    if (!category.empty() && std::find(categories.begin(), categories.end(), category) == categories.end()) {
        body.fail("category", "must be MARKETING, UTILITY or AUTHENTICATION");
    }
    if (!body.good()) {
        return validation_error(body.errors());
    }
    Template row;
    row.id = make_guid();
    row.name = make_template_name(definition);
    row.category = category.empty() ? guess_category(definition) : category;
    row.language = language.empty() ? default_language : language;
    row.definition = with_all_members(definition);
    row.status = "DRAFT";
    row.created_at = call.world.now();
    auto& added = call.world.store.templates.add(std::move(row));
    if (submitted) {
        submit_for_review(call.world, added);
    }
    return json_reply(template_view(added));
}

Reply delete_template(Call& call) {
    Reply reply;
    if (const auto id = path_id(call, reply)) {
        reply = call.world.store.remove_template(*id) ? no_content() : problem(404, "Template not found.");
    }
    return reply;
}

}  // namespace

Endpoints v2_routes() {
    return {
        {"POST", "/v2/messages/contact", Access::account, ExpectedBody::object,
         send_to_contact<&read_content>},
        {"POST", "/v2/messages/phone", Access::account, ExpectedBody::object, send_to_phone<&read_content>},
        {"POST", "/v2/messages/quick-message", Access::account, ExpectedBody::object, quick_message},
        {"GET", "/v2/messages/{id}", Access::account, ExpectedBody::none, get_message},
        {"GET", "/v2/contacts", Access::account, ExpectedBody::none, list_contacts},
        {"GET", "/v2/contacts/id", Access::account, ExpectedBody::none, get_contact},
        {"GET", "/v2/contacts/phone", Access::account, ExpectedBody::none, get_contact_by_phone},
        {"GET", "/v2/templates", Access::account, ExpectedBody::none, list_templates},
        {"GET", "/v2/templates/{id}", Access::account, ExpectedBody::none, get_template},
        {"POST", "/v2/templates", Access::account, ExpectedBody::object, create_template},
        {"DELETE", "/v2/templates/{id}", Access::account, ExpectedBody::none, delete_template},
        {"GET", "/v2/number-lookup", Access::account, ExpectedBody::none, number_lookup},
    };
}

}  // namespace sent::testing::emulator
