#include "emulator/http/router.hpp"
#include "emulator/http/url.hpp"
#include "emulator/json_reply.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v2/sends.hpp"
#include "emulator/v2/shared_routes.hpp"
#include "emulator/v2/validation.hpp"
#include "emulator/v2/views.hpp"

namespace sent::testing::emulator {
namespace {

constexpr std::size_t most_templates = 100;

// Reads the members that both sends have besides the recipient.
void read_content(BodyReader& body, Order& order) {
    order.generation = "v1";
    order.template_id = body.required_guid("templateId").value_or("");
    // Both names are documented for this member. The later one wins.
    order.variables = body.optional_map("templateVariables", BodyReader::Values::scalars);
    order.variables.merge(body.optional_map("messageBody", BodyReader::Values::scalars));
    order.webhook_url = body.optional_text("webhookUrl").value_or("");
    if (!order.webhook_url.empty() && !parse_url(order.webhook_url)) {
        body.fail("webhookUrl", "must be an absolute http or https URL");
    }
}

// The form is not documented. Returns an array, as before v1, or on request a page, as in v2. Both have the
// rows of v2.
Reply list_templates(Call& call) {
    std::vector<const Template*> rows;
    for (const auto& row : call.world.store.templates) {
        if (!row.deleted && row.profile.empty() && rows.size() < most_templates) {
            rows.push_back(&row);
        }
    }
    auto page = page_view(rows, {0, static_cast<long long>(most_templates)}, template_view);
    return json_reply(call.world.options().v1_templates_as_page ? page : page["items"]);
}

Reply get_template(Call& call) {
    QueryReader query(call.request);
    const auto id = query.required_guid("id");
    if (!id) {
        return validation_error(query.errors());
    }
    const auto* row = call.world.store.find_template(*id);
    return row == nullptr ? problem(404, "Template not found.") : json_reply(template_view(*row));
}

}  // namespace

Endpoints v1_routes() {
    return {
        {"POST", "/v1/messages/contact", Access::account, ExpectedBody::object,
         send_to_contact<&read_content>},
        {"POST", "/v1/messages/phone", Access::account, ExpectedBody::object, send_to_phone<&read_content>},
        {"GET", "/v1/contacts", Access::account, ExpectedBody::none, list_contacts},
        {"GET", "/v1/contacts/id", Access::account, ExpectedBody::none, get_contact},
        {"GET", "/v1/contacts/phone", Access::account, ExpectedBody::none, get_contact_by_phone},
        {"GET", "/v1/templates", Access::account, ExpectedBody::none, list_templates},
        {"GET", "/v1/templates/id", Access::account, ExpectedBody::none, get_template},
    };
}

}  // namespace sent::testing::emulator
