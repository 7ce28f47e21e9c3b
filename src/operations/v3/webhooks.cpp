#include <sent/v3/webhooks.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/all_pages.hpp"
#include "operations/v3/pages.hpp"
#include "operations/v3/replays.hpp"

namespace sent::detail {
namespace {

constexpr Field webhook_fields[] = {
    field<&Webhook::id>("id"),
    field<&Webhook::customer_id>("customer_id"),
    field<&Webhook::display_name>("display_name"),
    field<&Webhook::endpoint_url>("endpoint_url"),
    field<&Webhook::event_types>("event_types"),
    field<&Webhook::event_filters>("event_filters"),
    field<&Webhook::is_active>("is_active"),
    field<&Webhook::signing_secret>("signing_secret").secret(),
    field<&Webhook::retry_count>("retry_count"),
    field<&Webhook::timeout_seconds>("timeout_seconds"),
    field<&Webhook::consecutive_failures>("consecutive_failures"),
    field<&Webhook::last_delivery_attempt_at>("last_delivery_attempt_at"),
    field<&Webhook::last_successful_delivery_at>("last_successful_delivery_at"),
    field<&Webhook::created_at>("created_at"),
    field<&Webhook::updated_at>("updated_at"),
};
constexpr StructInfo webhook_info{"v3::Webhook", webhook_fields};

constexpr Field sender_profile_webhook_fields[] = {
    field<&SenderProfileWebhook::event_types>("event_types"),
    field<&SenderProfileWebhook::event_filters>("event_filters"),
};
constexpr StructInfo sender_profile_webhook_info{"v3::SenderProfileWebhook", sender_profile_webhook_fields};

constexpr Field create_webhook_fields[] = {
    field<&CreateWebhookRequest::display_name>("display_name").required(),
    field<&CreateWebhookRequest::endpoint_url>("endpoint_url").required(),
    field<&CreateWebhookRequest::event_types>("event_types"),
    field<&CreateWebhookRequest::event_filters>("event_filters"),
    field<&CreateWebhookRequest::retry_count>("retry_count"),
    field<&CreateWebhookRequest::timeout_seconds>("timeout_seconds"),
    field<&CreateWebhookRequest::sender_profile>("sender_profile"),
};
constexpr StructInfo create_webhook_info{"v3::CreateWebhookRequest", create_webhook_fields};

constexpr Field update_webhook_fields[] = {
    field<&UpdateWebhookRequest::id>("id").in_path(),
    field<&UpdateWebhookRequest::display_name>("display_name"),
    field<&UpdateWebhookRequest::endpoint_url>("endpoint_url"),
    field<&UpdateWebhookRequest::event_types>("event_types"),
    field<&UpdateWebhookRequest::event_filters>("event_filters"),
    field<&UpdateWebhookRequest::retry_count>("retry_count"),
    field<&UpdateWebhookRequest::timeout_seconds>("timeout_seconds"),
    field<&UpdateWebhookRequest::sender_profile>("sender_profile"),
};
constexpr StructInfo update_webhook_info{"v3::UpdateWebhookRequest", update_webhook_fields};

constexpr Field list_webhooks_fields[] = {
    field<&ListWebhooksRequest::page>("page").in_query().between(1, int32_max),
    field<&ListWebhooksRequest::page_size>("page_size").in_query().between(1, int32_max),
    field<&ListWebhooksRequest::search>("search").in_query(),
    field<&ListWebhooksRequest::is_active>("is_active").in_query(),
};
constexpr StructInfo list_webhooks_info{"v3::ListWebhooksRequest", list_webhooks_fields};

constexpr Field get_webhook_fields[] = {
    field<&GetWebhookRequest::id>("id").in_path(),
};
constexpr StructInfo get_webhook_info{"v3::GetWebhookRequest", get_webhook_fields};

constexpr Field remove_webhook_fields[] = {
    field<&RemoveWebhookRequest::id>("id").in_path(),
};
constexpr StructInfo remove_webhook_info{"v3::RemoveWebhookRequest", remove_webhook_fields};

constexpr StructInfo list_webhook_event_types_info{"v3::ListWebhookEventTypesRequest"};

constexpr Field webhook_event_type_fields[] = {
    field<&WebhookEventType::name>("name"),
    field<&WebhookEventType::display_name>("display_name"),
    field<&WebhookEventType::description>("description"),
    field<&WebhookEventType::event_type>("event_type"),
    field<&WebhookEventType::is_active>("is_active"),
    field<&WebhookEventType::sub_types>("sub_types"),
};
constexpr StructInfo webhook_event_type_info{"v3::WebhookEventType", webhook_event_type_fields};

constexpr Field list_webhook_events_fields[] = {
    field<&ListWebhookEventsRequest::id>("id").in_path(),
    field<&ListWebhookEventsRequest::page>("page").in_query().between(1, int32_max),
    field<&ListWebhookEventsRequest::page_size>("page_size").in_query().between(1, int32_max),
    field<&ListWebhookEventsRequest::search>("search").in_query(),
};
constexpr StructInfo list_webhook_events_info{"v3::ListWebhookEventsRequest", list_webhook_events_fields};

constexpr Field webhook_event_fields[] = {
    field<&WebhookEvent::id>("id"),
    field<&WebhookEvent::event_type>("event_type"),
    field<&WebhookEvent::event_data>("event_data"),
    field<&WebhookEvent::delivery_status>("delivery_status"),
    field<&WebhookEvent::delivery_attempts>("delivery_attempts"),
    field<&WebhookEvent::http_status_code>("http_status_code"),
    field<&WebhookEvent::error_message>("error_message"),
    field<&WebhookEvent::response_body>("response_body"),
    field<&WebhookEvent::processing_started_at>("processing_started_at"),
    field<&WebhookEvent::processing_completed_at>("processing_completed_at"),
    field<&WebhookEvent::created_at>("created_at"),
};
constexpr StructInfo webhook_event_info{"v3::WebhookEvent", webhook_event_fields};

constexpr Field rotate_webhook_secret_fields[] = {
    field<&RotateWebhookSecretRequest::id>("id").in_path(),
};
constexpr StructInfo rotate_webhook_secret_info{"v3::RotateWebhookSecretRequest",
                                                rotate_webhook_secret_fields};

constexpr Field webhook_secret_fields[] = {
    field<&WebhookSecret::signing_secret>("signing_secret").secret(),
};
constexpr StructInfo webhook_secret_info{"v3::WebhookSecret", webhook_secret_fields};

constexpr Field test_webhook_fields[] = {
    field<&TestWebhookRequest::id>("id").in_path(),
    field<&TestWebhookRequest::event_type>("event_type").required(),
};
constexpr StructInfo test_webhook_info{"v3::TestWebhookRequest", test_webhook_fields};

constexpr Field webhook_test_fields[] = {
    field<&WebhookTest::success>("success"),
    field<&WebhookTest::message>("message"),
};
constexpr StructInfo webhook_test_info{"v3::WebhookTest", webhook_test_fields};

constexpr Field toggle_webhook_fields[] = {
    field<&ToggleWebhookRequest::id>("id").in_path(),
    field<&ToggleWebhookRequest::is_active>("is_active"),
};
constexpr StructInfo toggle_webhook_info{"v3::ToggleWebhookRequest", toggle_webhook_fields};

constexpr Field webhook_page_fields[] = {
    field<&Page<Webhook>::items>("webhooks"),
    pagination_field<Webhook>(),
};
constexpr StructInfo webhook_page_info{"Page", webhook_page_fields};

constexpr Field webhook_event_type_page_fields[] = {
    field<&Page<WebhookEventType>::items>("event_types"),
    pagination_field<WebhookEventType>(),
};
constexpr StructInfo webhook_event_type_page_info{"Page", webhook_event_type_page_fields};

constexpr Field webhook_event_page_fields[] = {
    field<&Page<WebhookEvent>::items>("events"),
    pagination_field<WebhookEvent>(),
};
constexpr StructInfo webhook_event_page_info{"Page", webhook_event_page_fields};

/// Without the slash at its end, which the service may add or remove.
std::string_view without_slash(std::string_view url) noexcept {
    return url.substr(0, url.find_last_not_of('/') + 1);
}

Route::ReplayMismatch other_webhook(const HttpRequest& request, const void* response,
                                    std::string_view /*body*/) {
    const auto asked = sent_request<CreateWebhookRequest>(request);
    const auto& answered = static_cast<const Webhook*>(response)->endpoint_url;
    return mismatch_unless(may_be_same_name(without_slash(asked.endpoint_url), without_slash(answered)),
                           "with another URL");
}

constexpr Route create_webhook_route = checking_replays(
    v3_write_route("v3.webhooks.create", "POST", "/v3/webhooks", create_webhook_info, &webhook_info),
    &other_webhook);
constexpr Route list_webhooks_route =
    v3_list_route<Webhook>("v3.webhooks.list", "/v3/webhooks", list_webhooks_info, webhook_page_info);
constexpr Route list_webhook_event_types_route =
    v3_whole_list_route<WebhookEventType>("v3.webhooks.event_types", "/v3/webhooks/event-types",
                                          list_webhook_event_types_info, webhook_event_type_page_info);
constexpr Route get_webhook_route =
    v3_read_route("v3.webhooks.get", "/v3/webhooks/{id}", get_webhook_info, webhook_info);
constexpr Route update_webhook_route = checking_replays(
    v3_write_route("v3.webhooks.update", "PUT", "/v3/webhooks/{id}", update_webhook_info, &webhook_info),
    &other_id<Webhook>);
constexpr Route remove_webhook_route = unkeyed_write_route(
    Generation::v3, "v3.webhooks.remove", "DELETE", "/v3/webhooks/{id}", remove_webhook_info, BodyRule::none);
constexpr Route list_webhook_events_route = v3_list_route<WebhookEvent>(
    "v3.webhooks.events", "/v3/webhooks/{id}/events", list_webhook_events_info, webhook_event_page_info);
constexpr Route rotate_webhook_secret_route =
    v3_sensitive_route("v3.webhooks.rotate_secret", "POST", "/v3/webhooks/{id}/rotate-secret",
                       rotate_webhook_secret_info, &webhook_secret_info);
constexpr Route test_webhook_route = v3_sensitive_route("v3.webhooks.test", "POST", "/v3/webhooks/{id}/test",
                                                        test_webhook_info, &webhook_test_info);
constexpr Route toggle_webhook_route =
    checking_replays(v3_write_route("v3.webhooks.toggle_status", "PATCH", "/v3/webhooks/{id}/toggle-status",
                                    toggle_webhook_info, &webhook_info),
                     &other_id<Webhook>);

}  // namespace

const StructInfo& Described<Webhook>::info() noexcept {
    return webhook_info;
}
const StructInfo& Described<SenderProfileWebhook>::info() noexcept {
    return sender_profile_webhook_info;
}
const StructInfo& Described<CreateWebhookRequest>::info() noexcept {
    return create_webhook_info;
}
const StructInfo& Described<UpdateWebhookRequest>::info() noexcept {
    return update_webhook_info;
}
const StructInfo& Described<ListWebhooksRequest>::info() noexcept {
    return list_webhooks_info;
}
const StructInfo& Described<GetWebhookRequest>::info() noexcept {
    return get_webhook_info;
}
const StructInfo& Described<RemoveWebhookRequest>::info() noexcept {
    return remove_webhook_info;
}
const StructInfo& Described<ListWebhookEventTypesRequest>::info() noexcept {
    return list_webhook_event_types_info;
}
const StructInfo& Described<WebhookEventType>::info() noexcept {
    return webhook_event_type_info;
}
const StructInfo& Described<ListWebhookEventsRequest>::info() noexcept {
    return list_webhook_events_info;
}
const StructInfo& Described<WebhookEvent>::info() noexcept {
    return webhook_event_info;
}
const StructInfo& Described<RotateWebhookSecretRequest>::info() noexcept {
    return rotate_webhook_secret_info;
}
const StructInfo& Described<WebhookSecret>::info() noexcept {
    return webhook_secret_info;
}
const StructInfo& Described<TestWebhookRequest>::info() noexcept {
    return test_webhook_info;
}
const StructInfo& Described<WebhookTest>::info() noexcept {
    return webhook_test_info;
}
const StructInfo& Described<ToggleWebhookRequest>::info() noexcept {
    return toggle_webhook_info;
}
const StructInfo& Described<Page<Webhook>>::info() noexcept {
    return webhook_page_info;
}
const StructInfo& Described<Page<WebhookEventType>>::info() noexcept {
    return webhook_event_type_page_info;
}
const StructInfo& Described<Page<WebhookEvent>>::info() noexcept {
    return webhook_event_page_info;
}

}  // namespace sent::detail

namespace sent {

const Route& operation<CreateWebhookRequest>::route() noexcept {
    return detail::create_webhook_route;
}
const Route& operation<UpdateWebhookRequest>::route() noexcept {
    return detail::update_webhook_route;
}
const Route& operation<ListWebhooksRequest>::route() noexcept {
    return detail::list_webhooks_route;
}
const Route& operation<GetWebhookRequest>::route() noexcept {
    return detail::get_webhook_route;
}
const Route& operation<RemoveWebhookRequest>::route() noexcept {
    return detail::remove_webhook_route;
}
const Route& operation<ListWebhookEventTypesRequest>::route() noexcept {
    return detail::list_webhook_event_types_route;
}
const Route& operation<ListWebhookEventsRequest>::route() noexcept {
    return detail::list_webhook_events_route;
}
const Route& operation<RotateWebhookSecretRequest>::route() noexcept {
    return detail::rotate_webhook_secret_route;
}
const Route& operation<TestWebhookRequest>::route() noexcept {
    return detail::test_webhook_route;
}
const Route& operation<ToggleWebhookRequest>::route() noexcept {
    return detail::toggle_webhook_route;
}

inline namespace v3 {

Result<Webhook> Webhooks::create(const CreateWebhookRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

Result<Page<Webhook>> Webhooks::list(const ListWebhooksRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

PageRange<Webhook> Webhooks::all(const ListWebhooksRequest& request, const CallOptions& options) const {
    return detail::all_pages<Webhook>(client_, request, options);
}

Result<Webhook> Webhooks::get(std::string id, const CallOptions& options) const {
    return client_.call(GetWebhookRequest{std::move(id)}, options);
}

Result<Webhook> Webhooks::update(const UpdateWebhookRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

Result<void> Webhooks::remove(std::string id, const CallOptions& options) const {
    return client_.call(RemoveWebhookRequest{std::move(id)}, options);
}

Result<Page<WebhookEventType>> Webhooks::event_types(const CallOptions& options) const {
    return client_.call(ListWebhookEventTypesRequest{}, options);
}

Result<Page<WebhookEvent>> Webhooks::events(const ListWebhookEventsRequest& request,
                                            const CallOptions& options) const {
    return client_.call(request, options);
}

PageRange<WebhookEvent> Webhooks::all_events(const ListWebhookEventsRequest& request,
                                             const CallOptions& options) const {
    return detail::all_pages<WebhookEvent>(client_, request, options);
}

Result<WebhookSecret> Webhooks::rotate_secret(std::string id, const CallOptions& options) const {
    return client_.call(RotateWebhookSecretRequest{std::move(id)}, options);
}

Result<WebhookTest> Webhooks::test(std::string id, std::string event_type, const CallOptions& options) const {
    return client_.call(TestWebhookRequest{std::move(id), std::move(event_type)}, options);
}

Result<Webhook> Webhooks::toggle_status(std::string id, bool is_active, const CallOptions& options) const {
    return client_.call(ToggleWebhookRequest{std::move(id), is_active}, options);
}

}  // namespace v3
}  // namespace sent
