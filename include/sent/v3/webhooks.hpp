#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sent/client.hpp>
#include <sent/json_text.hpp>
#include <sent/nullable.hpp>
#include <sent/open_enum.hpp>
#include <sent/page.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/common.hpp>

/// @file
/// Management of webhook endpoints. `sent/webhooks.hpp` has the functions for receiving deliveries.

namespace sent {
inline namespace v3 {

/// Maps a family of events to the wanted endings: `{"message", {"delivered", "failed"}}`.
using EventFilters = std::map<std::string, std::vector<std::string>>;

/// A webhook endpoint. Members that the service leaves out are empty.
struct Webhook {
    std::string id{};
    std::string customer_id{};
    std::string display_name{};
    std::string endpoint_url{};
    /// Families: `message`, `templates`, `contact`, `channel`, `call` and `link`.
    std::vector<std::string> event_types{};
    EventFilters event_filters{};
    /// The service sets it to false after ten failed deliveries in a row. Webhooks::toggle_status() turns the
    /// endpoint on again.
    bool is_active = false;
    /// Secret that verifies deliveries, `whsec_...`. Create and rotate return the whole secret. On reads it
    /// is absent or masked, but the service has also returned it whole: treat it as a secret everywhere.
    std::optional<std::string> signing_secret{};
    /// Retries after a failed delivery.
    std::int32_t retry_count = 0;
    /// Time limit of one delivery attempt, in seconds.
    std::int32_t timeout_seconds = 0;
    /// Failed deliveries in a row.
    std::int32_t consecutive_failures = 0;
    std::optional<Timestamp> last_delivery_attempt_at{};
    std::optional<Timestamp> last_successful_delivery_at{};
    std::optional<Timestamp> created_at{};
    std::optional<Timestamp> updated_at{};
};

/// Events for the copies of an organization's webhook; each existing and future profile has one copy. Only in
/// requests.
struct SenderProfileWebhook {
    std::vector<std::string> event_types{};
    Nullable<EventFilters> event_filters{};
};

/// Creates a webhook endpoint: `POST /v3/webhooks`. See Webhooks::create().
struct CreateWebhookRequest {
    /// Required.
    std::string display_name{};
    /// Required. A public https URL.
    std::string endpoint_url{};
    /// Families: `message`, `templates`, `contact`, `channel`, `call` and `link`.
    std::vector<std::string> event_types{};
    Nullable<EventFilters> event_filters{};
    /// Retries after a failed delivery, 1 to 5. Defaults to 3.
    std::optional<std::int32_t> retry_count{};
    /// Time limit of one delivery attempt, 5 to 120 seconds. Defaults to 30.
    std::optional<std::int32_t> timeout_seconds{};
    Nullable<SenderProfileWebhook> sender_profile{};
};

/// Replaces a webhook endpoint: `PUT /v3/webhooks/{id}`. Set name, URL and event types together, even to
/// change only one of them. See Webhooks::update().
struct UpdateWebhookRequest {
    /// Required.
    std::string id{};
    /// Required.
    std::string display_name{};
    std::string endpoint_url{};
    std::vector<std::string> event_types{};
    Nullable<EventFilters> event_filters{};
    /// Retries after a failed delivery, 1 to 5.
    std::optional<std::int32_t> retry_count{};
    /// Time limit of one delivery attempt, 5 to 120 seconds.
    std::optional<std::int32_t> timeout_seconds{};
    Nullable<SenderProfileWebhook> sender_profile{};
};

/// Lists webhook endpoints: `GET /v3/webhooks`. See Webhooks::list().
struct ListWebhooksRequest {
    /// Number of the page, counted from 1. Defaults to 1.
    std::int32_t page = 1;
    /// Endpoints on a page, at least 1. Defaults to 20.
    std::int32_t page_size = 20;
    std::string search{};
    /// If it is set, only active or only inactive endpoints match.
    std::optional<bool> is_active{};
};

/// Reads a webhook endpoint: `GET /v3/webhooks/{id}`. See Webhooks::get().
struct GetWebhookRequest {
    /// Required.
    std::string id{};
};

/// Removes a webhook endpoint: `DELETE /v3/webhooks/{id}`. It does not support the sandbox and always
/// deletes. See Webhooks::remove().
struct RemoveWebhookRequest {
    /// Required.
    std::string id{};
};

/// Lists the types of events: `GET /v3/webhooks/event-types`. See Webhooks::event_types().
struct ListWebhookEventTypesRequest {};

/// A type of event that an endpoint can subscribe to.
struct WebhookEventType {
    std::string name{};
    std::string display_name{};
    std::optional<std::string> description{};
    std::optional<std::string> event_type{};
    bool is_active = false;
    std::vector<WebhookEventType> sub_types{};
};

/// Status of a delivery. Open enumeration: see OpenEnum.
class WebhookDeliveryStatus : public OpenEnum<WebhookDeliveryStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant pending{"PENDING"};
    static constexpr Constant retrying{"RETRYING"};
    static constexpr Constant delivered{"DELIVERED"};
    static constexpr Constant failed{"FAILED"};
};

/// Lists the deliveries to an endpoint: `GET /v3/webhooks/{id}/events`. See Webhooks::events().
struct ListWebhookEventsRequest {
    /// Required. Id of the endpoint.
    std::string id{};
    /// Number of the page, counted from 1. Defaults to 1.
    std::int32_t page = 1;
    /// Deliveries on a page, at least 1. Defaults to 20.
    std::int32_t page_size = 20;
    std::string search{};
};

/// One delivery in the log of an endpoint.
struct WebhookEvent {
    std::string id{};
    std::string event_type{};
    /// Body that was delivered or attempted. webhooks::parse_logged_event() reads it. If the webhook is
    /// copied to profiles, the log also has their events, and `payload.account_id` names the account of an
    /// event.
    RawJson event_data{};
    WebhookDeliveryStatus delivery_status{};
    std::int32_t delivery_attempts = 0;
    /// Status of the endpoint's last answer.
    std::optional<std::int32_t> http_status_code{};
    std::optional<std::string> error_message{};
    std::optional<std::string> response_body{};
    std::optional<Timestamp> processing_started_at{};
    std::optional<Timestamp> processing_completed_at{};
    std::optional<Timestamp> created_at{};
};

/// Replaces the signing secret of an endpoint: `POST /v3/webhooks/{id}/rotate-secret`. See
/// Webhooks::rotate_secret().
struct RotateWebhookSecretRequest {
    /// Required.
    std::string id{};
};

/// New signing secret of an endpoint. The old one is invalid at once.
struct WebhookSecret {
    /// `whsec_...`.
    std::string signing_secret{};
};

/// Sends a test event to an endpoint: `POST /v3/webhooks/{id}/test`. See Webhooks::test().
struct TestWebhookRequest {
    /// Required.
    std::string id{};
    /// Type of the event, such as `message.delivered`.
    std::string event_type{};
};

/// Result of a test delivery.
struct WebhookTest {
    bool success = false;
    std::string message{};
};

/// Turns an endpoint on or off: `PATCH /v3/webhooks/{id}/toggle-status`. See Webhooks::toggle_status().
struct ToggleWebhookRequest {
    /// Required.
    std::string id{};
    bool is_active = false;
};

/// Result of Webhooks::find_or_create().
struct FoundWebhook {
    /// The endpoint. `signing_secret` is set only if the service returned the whole secret.
    Webhook webhook{};
    /// Whether the call created the endpoint.
    bool created = false;
    /// Ids of further endpoints with the same URL. Each of them also gets every event: delete them.
    std::vector<std::string> others{};
};

/// Manages the webhook endpoints of the account. Thread-safe. If the id is unknown, a call fails with
/// ErrorKind::not_found (RESOURCE_008).
class SENT_EXPORT Webhooks {
  public:
    explicit Webhooks(Client client) noexcept : client_(std::move(client)) {}

    /// Creates an endpoint: `POST /v3/webhooks`. A write with an idempotency key: retried with the same key
    /// after transient failures. Store the `signing_secret` of the answer: the service does not show it
    /// again.
    Result<Webhook> create(const CreateWebhookRequest& request, const CallOptions& options = {}) const;
    /// Returns the endpoint whose URL is exactly `request.endpoint_url`, or creates it: `GET /v3/webhooks`,
    /// `GET /v3/webhooks/{id}` and, if there is none, `POST /v3/webhooks`. Call it at every start of a
    /// program. It reads all pages of endpoints and does not change an existing endpoint: its other members
    /// may differ from the request, and it may be inactive. If several endpoints have the URL, it returns the
    /// oldest active one, or the oldest if none is active.
    ///
    /// Programs that start at the same time with the same request create one endpoint, because the
    /// idempotency key is made from the request, unless `options` or the client have one. If `signing_secret`
    /// is set, store it; if not, use the stored one or rotate_secret(). `options` apply to each of the calls.
    Result<FoundWebhook> find_or_create(const CreateWebhookRequest& request,
                                        const CallOptions& options = {}) const;
    /// Returns one page of endpoints: `GET /v3/webhooks`. A read: retried after transient failures.
    Result<Page<Webhook>> list(const ListWebhooksRequest& request = {},
                               const CallOptions& options = {}) const;
    /// Returns a range over all endpoints that match, from `request.page` on. The range fetches pages of
    /// `request.page_size` lazily; each element is a Result, and an error is the last element.
    [[nodiscard]] PageRange<Webhook> all(const ListWebhooksRequest& request = {},
                                         const CallOptions& options = {}) const;
    /// Returns the endpoint with this id: `GET /v3/webhooks/{id}`. A read: retried after transient failures.
    Result<Webhook> get(std::string id, const CallOptions& options = {}) const;
    /// Replaces an endpoint: `PUT /v3/webhooks/{id}`. Set name, URL and event types together. A write with an
    /// idempotency key: retried with the same key after transient failures.
    Result<Webhook> update(const UpdateWebhookRequest& request, const CallOptions& options = {}) const;
    /// Removes an endpoint: `DELETE /v3/webhooks/{id}`. The service accepts no idempotency key here: if it is
    /// unknown whether the request took effect, the library does not retry it and the call ends with
    /// Outcome::unknown. It does not support the sandbox: a client in sandbox mode refuses it with
    /// ErrorKind::invalid_request.
    Result<void> remove(std::string id, const CallOptions& options = {}) const;
    /// Returns all types of events, in one page: `GET /v3/webhooks/event-types`. A read: retried after
    /// transient failures.
    Result<Page<WebhookEventType>> event_types(const CallOptions& options = {}) const;
    /// Returns one page of the log of deliveries: `GET /v3/webhooks/{id}/events`. A read: retried after
    /// transient failures.
    Result<Page<WebhookEvent>> events(const ListWebhookEventsRequest& request,
                                      const CallOptions& options = {}) const;
    /// Returns a range over all deliveries, from `request.page` on. The range fetches pages of
    /// `request.page_size` lazily; each element is a Result, and an error is the last element.
    [[nodiscard]] PageRange<WebhookEvent> all_events(const ListWebhookEventsRequest& request,
                                                     const CallOptions& options = {}) const;
    /// Replaces the signing secret and returns the new one: `POST /v3/webhooks/{id}/rotate-secret`. A write
    /// with an idempotency key: retried with the same key after transient failures. The service counts it as
    /// sensitive and allows 10 such calls a minute. The old secret is invalid at once, so pass the new one to
    /// the receiver immediately.
    Result<WebhookSecret> rotate_secret(std::string id, const CallOptions& options = {}) const;
    /// Sends a test event to the endpoint: `POST /v3/webhooks/{id}/test`. A write with an idempotency key:
    /// retried with the same key after transient failures. The service counts it as sensitive and allows 10
    /// such calls a minute. If the endpoint is inactive, the call fails with ErrorKind::bad_request
    /// (BUSINESS_010).
    Result<WebhookTest> test(std::string id, std::string event_type, const CallOptions& options = {}) const;
    /// Turns the endpoint on or off and returns it: `PATCH /v3/webhooks/{id}/toggle-status`. A write with an
    /// idempotency key: retried with the same key after transient failures.
    Result<Webhook> toggle_status(std::string id, bool is_active, const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

inline sent::Webhooks sent::Client::webhooks() const {
    return Webhooks{*this};
}

SENT_DETAIL_HASHABLE(sent::v3::WebhookDeliveryStatus);

SENT_DETAIL_DESCRIBE(sent::v3::Webhook);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::Webhook>);
SENT_DETAIL_DESCRIBE(sent::v3::SenderProfileWebhook);
SENT_DETAIL_DESCRIBE(sent::v3::CreateWebhookRequest);
SENT_DETAIL_DESCRIBE(sent::v3::UpdateWebhookRequest);
SENT_DETAIL_DESCRIBE(sent::v3::ListWebhooksRequest);
SENT_DETAIL_DESCRIBE(sent::v3::GetWebhookRequest);
SENT_DETAIL_DESCRIBE(sent::v3::RemoveWebhookRequest);
SENT_DETAIL_DESCRIBE(sent::v3::ListWebhookEventTypesRequest);
SENT_DETAIL_DESCRIBE(sent::v3::WebhookEventType);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::WebhookEventType>);
SENT_DETAIL_DESCRIBE(sent::v3::ListWebhookEventsRequest);
SENT_DETAIL_DESCRIBE(sent::v3::WebhookEvent);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::WebhookEvent>);
SENT_DETAIL_DESCRIBE(sent::v3::RotateWebhookSecretRequest);
SENT_DETAIL_DESCRIBE(sent::v3::WebhookSecret);
SENT_DETAIL_DESCRIBE(sent::v3::TestWebhookRequest);
SENT_DETAIL_DESCRIBE(sent::v3::WebhookTest);
SENT_DETAIL_DESCRIBE(sent::v3::ToggleWebhookRequest);
SENT_DETAIL_OPERATION(sent::v3::CreateWebhookRequest, sent::v3::Webhook);
SENT_DETAIL_OPERATION(sent::v3::UpdateWebhookRequest, sent::v3::Webhook);
SENT_DETAIL_OPERATION(sent::v3::ListWebhooksRequest, sent::Page<sent::v3::Webhook>);
SENT_DETAIL_OPERATION(sent::v3::GetWebhookRequest, sent::v3::Webhook);
SENT_DETAIL_OPERATION(sent::v3::RemoveWebhookRequest, void);
SENT_DETAIL_OPERATION(sent::v3::ListWebhookEventTypesRequest, sent::Page<sent::v3::WebhookEventType>);
SENT_DETAIL_OPERATION(sent::v3::ListWebhookEventsRequest, sent::Page<sent::v3::WebhookEvent>);
SENT_DETAIL_OPERATION(sent::v3::RotateWebhookSecretRequest, sent::v3::WebhookSecret);
SENT_DETAIL_OPERATION(sent::v3::TestWebhookRequest, sent::v3::WebhookTest);
SENT_DETAIL_OPERATION(sent::v3::ToggleWebhookRequest, sent::v3::Webhook);
