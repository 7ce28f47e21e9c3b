#include <algorithm>
#include <string>
#include <utility>

#include <sent/webhooks/signer.hpp>

#include "emulator/json_reply.hpp"
#include "emulator/state/event_types.hpp"
#include "emulator/state/ids.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/fields.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/routes.hpp"
#include "emulator/v3/rows.hpp"
#include "emulator/v3/sample_events.hpp"
#include "emulator/v3/views.hpp"
#include "emulator/v3/webhook_request.hpp"
#include "emulator/webhooks/deliveries.hpp"

namespace sent::testing::emulator {
namespace {

constexpr auto no_webhook = "RESOURCE_008";

Json webhook_view(const World& world, const Webhook& row) {
    const auto& filters = row.subscription.event_filters;
    return Json{{"id", row.id},
                {"customer_id", customer_id(world, row.profile)},
                {"display_name", row.display_name},
                {"endpoint_url", row.endpoint_url},
                {"event_types", row.subscription.event_types},
                {"event_filters", filters ? Json(*filters) : Json()},
                {"is_active", row.active},
                {"signing_secret", nullptr},
                {"retry_count", row.retry_count},
                {"timeout_seconds", row.timeout_seconds},
                {"consecutive_failures", row.consecutive_failures},
                {"last_delivery_attempt_at", time_or_null(row.last_attempt_at)},
                {"last_successful_delivery_at", time_or_null(row.last_success_at)},
                {"created_at", precise_timestamp(row.created_at)},
                {"updated_at", time_or_null(row.updated_at)}};
}

Json event_view(const WebhookEvent& row) {
    return Json{{"id", row.id},
                {"event_type", row.event_type},
                {"event_data", Json::parse(row.body)},
                {"delivery_status", row.status},
                {"delivery_attempts", row.attempts},
                {"http_status_code", row.http_status ? Json(*row.http_status) : Json()},
                {"error_message", text_or_null(row.error)},
                {"response_body", row.response_body ? Json(*row.response_body) : Json()},
                {"processing_started_at", time_or_null(row.started_at)},
                {"processing_completed_at", time_or_null(row.completed_at)},
                {"created_at", precise_timestamp(row.created_at)}};
}

Webhook* find_webhook(const Call& call, const std::string& id) {
    auto* found = call.world.store.webhooks.find(id);
    return found == nullptr || found->profile != call.profile ? nullptr : found;
}

Webhook& existing_webhook(const Call& call) {
    return row_or_refuse(find_webhook(call, path_uuid(call)), no_webhook);
}

std::string new_secret() {
    return std::string{webhooks::make_secret().value().reveal()};
}

Webhook new_webhook(const Call& call) {
    Webhook row;
    row.id = make_guid();
    row.profile = call.profile;
    row.secret = new_secret();
    row.created_at = call.world.now();
    return row;
}

Webhook made_up_webhook(const Call& call, const std::string& id) {
    auto row = new_webhook(call);
    row.id = id;
    row.display_name = "Sandbox webhook";
    row.endpoint_url = "https://example.com/webhook";
    row.subscription.event_types = {"message"};
    return row;
}

Reply create_webhook(Call& call) {
    Problems problems;
    Fields fields(call.body, problems);
    const auto request = read_webhook_request(fields, false);
    problems.refuse_if_any();
    auto row = new_webhook(call);
    apply_webhook_request(request, row);
    auto view = webhook_view(call.world, row);
    view["signing_secret"] = row.secret;
    if (!call.sandbox) {
        call.world.store.webhooks.add(std::move(row));
    }
    return success(call, std::move(view), 201);
}

Reply list_webhooks(Call& call) {
    const auto page = read_v3_page(call);
    Problems problems;
    const QueryFields query(call.request, problems);
    const auto search = to_lower(query.text("search").value_or(""));
    const auto active = query.flag("is_active");
    problems.refuse_if_any();
    std::vector<const Webhook*> rows;
    for (const auto& row : call.world.store.webhooks) {
        const auto text = to_lower(row.display_name + '\n' + row.endpoint_url);
        if (row.profile == call.profile && (!active || row.active == *active) &&
            text.find(search) != std::string::npos) {
            rows.push_back(&row);
        }
    }
    const auto view = [&call](const Webhook& row) { return webhook_view(call.world, row); };
    return success(call, v3_page_view("webhooks", rows, page, view));
}

Json event_type_view(std::string_view name, std::string_view display_name, std::string_view description,
                     const std::string& event_type) {
    return Json{{"name", name},
                {"display_name", display_name},
                {"description", description},
                {"event_type", event_type},
                {"is_active", true},
                {"sub_types", nullptr}};
}

Reply list_event_types(Call& call) {
    Json types = Json::array();
    for (const auto& family : event_families()) {
        types.push_back(
            event_type_view(family.name, family.display_name, family.description, std::string(family.name)));
        for (const auto& sub_type : family.sub_types) {
            const auto full_name = event_type_name(family.name, sub_type.name);
            types.back()["sub_types"].push_back(
                event_type_view(sub_type.name, full_name, sub_type.description, full_name));
        }
    }
    return success(call, Json{{"event_types", std::move(types)}});
}

Reply get_webhook(Call& call) {
    return success(call, webhook_view(call.world, existing_webhook(call)));
}

Reply replace_webhook(Call& call) {
    const auto id = path_uuid(call);
    Problems problems;
    Fields fields(call.body, problems);
    const auto request = read_webhook_request(fields, true);
    problems.refuse_if_any();
    auto made_up = made_up_webhook(call, id);
    auto& row = row_to_change(call, find_webhook(call, id), made_up, no_webhook);
    apply_webhook_request(request, row);
    row.updated_at = call.world.now();
    return success(call, webhook_view(call.world, row));
}

Reply delete_webhook(Call& call) {
    const std::string id = existing_webhook(call).id;
    forget_deliveries(call.world, id);
    call.world.store.webhooks.erase(id);
    return no_content();
}

// Newest first.
Reply list_events(Call& call) {
    const auto page = read_v3_page(call);
    const auto& webhook = existing_webhook(call);
    Problems problems;
    const auto search = to_lower(QueryFields(call.request, problems).text("search").value_or(""));
    std::vector<const WebhookEvent*> rows;
    for (const auto& row : call.world.store.webhook_events) {
        const auto text = to_lower(row.id + '\n' + row.event_type + '\n' + row.status + '\n' + row.body);
        if (row.webhook_id == webhook.id && text.find(search) != std::string::npos) {
            rows.push_back(&row);
        }
    }
    std::reverse(rows.begin(), rows.end());
    return success(call, v3_page_view("events", rows, page, event_view));
}

Reply rotate_secret(Call& call) {
    const auto id = path_uuid(call);
    auto made_up = made_up_webhook(call, id);
    auto& row = row_to_change(call, find_webhook(call, id), made_up, no_webhook);
    row.secret = new_secret();
    row.updated_at = call.world.now();
    return success(call, Json{{"signing_secret", row.secret}});
}

Reply test_result(const Call& call, std::string message) {
    return success(call, Json{{"success", true}, {"message", std::move(message)}});
}

// The reply does not wait for the receiver, whose reply is in the log.
Reply test_webhook(Call& call) {
    const auto id = path_uuid(call);
    Problems problems;
    Fields fields(call.body, problems);
    const auto type = fields.required_text("event_type");
    const auto event = type ? sample_event(call.world, call.profile, *type) : std::nullopt;
    if (type && !event) {
        fields.fail("event_type", "VALIDATION_006",
                    "must be an event type such as message.delivered; see /v3/webhooks/event-types");
    }
    problems.refuse_if_any();
    if (call.sandbox) {
        return test_result(call, "Nothing is posted in sandbox mode.");
    }
    const auto& row = row_or_refuse(find_webhook(call, id), no_webhook);
    if (!row.active) {
        throw Refusal("BUSINESS_010");
    }
    deliver_event(call.world, row, *event, Attempts::one);
    const auto obstacle = delivery_obstacle(row.endpoint_url);
    return test_result(call, obstacle.empty() ? "The test event is on its way."
                                              : "The test event is noted, and not posted. " + obstacle);
}

Reply toggle_status(Call& call) {
    const auto id = path_uuid(call);
    Problems problems;
    const auto active = Fields(call.body, problems).required_flag("is_active");
    problems.refuse_if_any();
    auto made_up = made_up_webhook(call, id);
    auto& row = row_to_change(call, find_webhook(call, id), made_up, no_webhook);
    row.active = active.value();
    if (row.active) {
        row.consecutive_failures = 0;
    }
    row.updated_at = call.world.now();
    return success(call, webhook_view(call.world, row));
}

}  // namespace

Endpoints v3_webhooks_routes() {
    constexpr auto access = Access::v3;
    constexpr auto none = ExpectedBody::none;
    constexpr auto object = ExpectedBody::object;
    return {
        {"POST", "/v3/webhooks", access, object, create_webhook, v3_write},
        {"GET", "/v3/webhooks", access, none, list_webhooks, v3_read},
        {"GET", "/v3/webhooks/event-types", access, none, list_event_types, v3_read},
        {"GET", "/v3/webhooks/{id}", access, none, get_webhook, v3_read},
        {"PUT", "/v3/webhooks/{id}", access, object, replace_webhook, v3_write},
        {"DELETE", "/v3/webhooks/{id}", access, none, delete_webhook, v3_read},
        {"GET", "/v3/webhooks/{id}/events", access, none, list_events, v3_read},
        {"POST", "/v3/webhooks/{id}/rotate-secret", access, ExpectedBody::optional_object, rotate_secret,
         v3_sensitive_write},
        {"POST", "/v3/webhooks/{id}/test", access, object, test_webhook, v3_sensitive_write},
        {"PATCH", "/v3/webhooks/{id}/toggle-status", access, object, toggle_status, v3_write},
    };
}

}  // namespace sent::testing::emulator
