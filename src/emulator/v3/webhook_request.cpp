#include "emulator/v3/webhook_request.hpp"

#include <utility>

#include "emulator/http/url.hpp"
#include "emulator/state/event_types.hpp"

namespace sent::testing::emulator {
namespace {

constexpr int default_retry_count = 3;
constexpr int default_timeout_seconds = 30;

const EventFamily* known_family(Fields& fields, const std::string& at, const std::string& name) {
    const auto* family = find_event_family(name);
    if (family == nullptr) {
        fields.fail(at, "VALIDATION_006", "is not an event type: use one of /v3/webhooks/event-types");
    }
    return family;
}

std::vector<std::string> all_families() {
    std::vector<std::string> names;
    for (const auto& family : event_families()) {
        names.emplace_back(family.name);
    }
    return names;
}

std::vector<std::string> read_event_types(Fields& fields) {
    const auto given = fields.texts("event_types");
    if (!given) {
        return all_families();
    }
    std::vector<std::string> names;
    for (const auto& name : *given) {
        if (const auto* family = known_family(fields, "event_types", name)) {
            names.emplace_back(family->name);
        }
    }
    return names;
}

void check_sub_types(Fields& filters, const EventFamily& family, const std::string& name,
                     const std::vector<std::string>& sub_types) {
    for (const auto& sub_type : sub_types) {
        if (!has_sub_type(family, sub_type)) {
            filters.fail(name, "VALIDATION_006",
                         "must name what follows `" + std::string(family.name) +
                             ".` in event types; see /v3/webhooks/event-types");
        }
    }
}

std::optional<std::map<std::string, std::vector<std::string>>> read_event_filters(Fields& fields) {
    auto given = fields.object("event_filters");
    if (!given) {
        return std::nullopt;
    }
    std::map<std::string, std::vector<std::string>> filters;
    for (const auto& [name, value] : fields.raw("event_filters").items()) {
        const auto* family = known_family(*given, name, name);
        const auto sub_types = given->texts(name.c_str()).value_or(std::vector<std::string>{});
        if (family != nullptr) {
            check_sub_types(*given, *family, name, sub_types);
            filters[std::string(family->name)] = sub_types;
        }
    }
    return filters;
}

Subscription read_subscription(Fields& fields) {
    return {read_event_types(fields), read_event_filters(fields)};
}

}  // namespace

WebhookRequest read_webhook_request(Fields& fields, bool replaces) {
    WebhookRequest request;
    request.display_name = fields.required_text("display_name");
    request.endpoint_url = fields.required_text("endpoint_url");
    if (request.endpoint_url && !parse_url(*request.endpoint_url)) {
        fields.fail("endpoint_url", "VALIDATION_001", "must be an absolute http or https URL");
    }
    if (replaces && fields.raw("event_types").is_null()) {
        fields.fail("event_types", "VALIDATION_004", "is required");
    }
    request.subscription = read_subscription(fields);
    if (auto of_profiles = fields.object("sender_profile")) {
        request.of_profiles = read_subscription(*of_profiles);
    }
    request.retry_count = fields.integer("retry_count", 1, 5);
    request.timeout_seconds = fields.integer("timeout_seconds", 5, 120);
    return request;
}

void apply_webhook_request(const WebhookRequest& request, Webhook& row) {
    row.display_name = request.display_name.value_or("");
    row.endpoint_url = request.endpoint_url.value_or("");
    row.subscription = request.subscription.value_or(Subscription{});
    row.of_profiles = request.of_profiles;
    row.retry_count = static_cast<int>(request.retry_count.value_or(default_retry_count));
    row.timeout_seconds = static_cast<int>(request.timeout_seconds.value_or(default_timeout_seconds));
}

}  // namespace sent::testing::emulator
