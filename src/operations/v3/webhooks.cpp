#include <sent/v3/webhooks.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/all_pages.hpp"
#include "operations/v3/pages.hpp"
#include "operations/v3/replays.hpp"

namespace sent::detail {
namespace {

Route::ReplayMismatch other_webhook(const HttpRequest& request, const void* response,
                                    std::string_view /*body*/) {
    const auto asked = sent_request<CreateWebhookRequest>(request);
    const auto& answered = static_cast<const Webhook*>(response)->endpoint_url;
    return mismatch_unless(may_be_same_name(without_slash(asked.endpoint_url), without_slash(answered)),
                           "with another URL");
}

}  // namespace

SENT_TABLE(Webhook,
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
           field<&Webhook::updated_at>("updated_at"));
SENT_TABLE(SenderProfileWebhook,
           field<&SenderProfileWebhook::event_types>("event_types"),
           field<&SenderProfileWebhook::event_filters>("event_filters"));
SENT_TABLE(CreateWebhookRequest,
           field<&CreateWebhookRequest::display_name>("display_name").required(),
           field<&CreateWebhookRequest::endpoint_url>("endpoint_url").required(),
           field<&CreateWebhookRequest::event_types>("event_types"),
           field<&CreateWebhookRequest::event_filters>("event_filters"),
           field<&CreateWebhookRequest::retry_count>("retry_count"),
           field<&CreateWebhookRequest::timeout_seconds>("timeout_seconds"),
           field<&CreateWebhookRequest::sender_profile>("sender_profile"));
SENT_TABLE(UpdateWebhookRequest,
           field<&UpdateWebhookRequest::id>("id").in_path(),
           field<&UpdateWebhookRequest::display_name>("display_name"),
           field<&UpdateWebhookRequest::endpoint_url>("endpoint_url"),
           field<&UpdateWebhookRequest::event_types>("event_types"),
           field<&UpdateWebhookRequest::event_filters>("event_filters"),
           field<&UpdateWebhookRequest::retry_count>("retry_count"),
           field<&UpdateWebhookRequest::timeout_seconds>("timeout_seconds"),
           field<&UpdateWebhookRequest::sender_profile>("sender_profile"));
SENT_TABLE(ListWebhooksRequest,
           field<&ListWebhooksRequest::page>("page").in_query().at_least(1),
           field<&ListWebhooksRequest::page_size>("page_size").in_query().at_least(1),
           field<&ListWebhooksRequest::search>("search").in_query(),
           field<&ListWebhooksRequest::is_active>("is_active").in_query());
SENT_TABLE(GetWebhookRequest,
           field<&GetWebhookRequest::id>("id").in_path());
SENT_TABLE(RemoveWebhookRequest,
           field<&RemoveWebhookRequest::id>("id").in_path());
SENT_EMPTY_TABLE(ListWebhookEventTypesRequest);
SENT_TABLE(WebhookEventType,
           field<&WebhookEventType::name>("name"),
           field<&WebhookEventType::display_name>("display_name"),
           field<&WebhookEventType::description>("description"),
           field<&WebhookEventType::event_type>("event_type"),
           field<&WebhookEventType::is_active>("is_active"),
           field<&WebhookEventType::sub_types>("sub_types"));
SENT_TABLE(ListWebhookEventsRequest,
           field<&ListWebhookEventsRequest::id>("id").in_path(),
           field<&ListWebhookEventsRequest::page>("page").in_query().at_least(1),
           field<&ListWebhookEventsRequest::page_size>("page_size").in_query().at_least(1),
           field<&ListWebhookEventsRequest::search>("search").in_query());
SENT_TABLE(WebhookEvent,
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
           field<&WebhookEvent::created_at>("created_at"));
SENT_TABLE(RotateWebhookSecretRequest,
           field<&RotateWebhookSecretRequest::id>("id").in_path());
SENT_TABLE(WebhookSecret,
           field<&WebhookSecret::signing_secret>("signing_secret").secret());
SENT_TABLE(TestWebhookRequest,
           field<&TestWebhookRequest::id>("id").in_path(),
           field<&TestWebhookRequest::event_type>("event_type").required());
SENT_TABLE(WebhookTest,
           field<&WebhookTest::success>("success"),
           field<&WebhookTest::message>("message"));
SENT_TABLE(ToggleWebhookRequest,
           field<&ToggleWebhookRequest::id>("id").in_path(),
           field<&ToggleWebhookRequest::is_active>("is_active"));
SENT_TABLE(Page<Webhook>,
           field<&Page<Webhook>::items>("webhooks"),
           pagination_field<Webhook>());
SENT_TABLE(Page<WebhookEventType>,
           field<&Page<WebhookEventType>::items>("event_types"),
           pagination_field<WebhookEventType>());
SENT_TABLE(Page<WebhookEvent>,
           field<&Page<WebhookEvent>::items>("events"),
           pagination_field<WebhookEvent>());

SENT_OPERATION(CreateWebhookRequest,
               keyed_write("v3.webhooks.create", "POST", "/v3/webhooks", "Create a webhook endpoint")
                   .checks_replays(&other_webhook));
SENT_OPERATION(ListWebhooksRequest,
               paged_list<Webhook>("v3.webhooks.list", "/v3/webhooks", "List webhook endpoints"));
SENT_OPERATION(ListWebhookEventTypesRequest,
               whole_list<WebhookEventType>("v3.webhooks.event_types", "/v3/webhooks/event-types",
                                            "List the event types of webhooks"));
SENT_OPERATION(GetWebhookRequest, read("v3.webhooks.get", "/v3/webhooks/{id}", "Get a webhook endpoint"));
SENT_OPERATION(UpdateWebhookRequest,
               keyed_write("v3.webhooks.update", "PUT", "/v3/webhooks/{id}", "Update a webhook endpoint")
                   .checks_replays(&other_id<Webhook>));
SENT_OPERATION(RemoveWebhookRequest, unkeyed_write("v3.webhooks.remove", "DELETE", "/v3/webhooks/{id}",
                                                   BodyRule::none, "Delete a webhook endpoint"));
SENT_OPERATION(ListWebhookEventsRequest,
               paged_list<WebhookEvent>("v3.webhooks.events", "/v3/webhooks/{id}/events",
                                        "List the deliveries of a webhook endpoint"));
SENT_OPERATION(RotateWebhookSecretRequest,
               sensitive_write("v3.webhooks.rotate_secret", "POST", "/v3/webhooks/{id}/rotate-secret",
                               "Replace a webhook endpoint's signing secret"));
SENT_OPERATION(TestWebhookRequest, sensitive_write("v3.webhooks.test", "POST", "/v3/webhooks/{id}/test",
                                                   "Send a test event to a webhook endpoint"));
SENT_OPERATION(ToggleWebhookRequest,
               keyed_write("v3.webhooks.toggle_status", "PATCH", "/v3/webhooks/{id}/toggle-status",
                           "Switch a webhook endpoint on or off")
                   .checks_replays(&other_id<Webhook>));

SENT_OPERATIONS(v3_webhooks, CreateWebhookRequest, ListWebhooksRequest, ListWebhookEventTypesRequest,
                GetWebhookRequest, UpdateWebhookRequest, RemoveWebhookRequest, ListWebhookEventsRequest,
                RotateWebhookSecretRequest, TestWebhookRequest, ToggleWebhookRequest);

}  // namespace sent::detail

namespace sent {

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
