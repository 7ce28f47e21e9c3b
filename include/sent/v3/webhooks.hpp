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
/// Managing webhook endpoints; receiving deliveries is another matter.

namespace sent {
inline namespace v3 {

/// Family of events to the endings of those wanted: `{"message", {"delivered", "failed"}}`.
using EventFilters = std::map<std::string, std::vector<std::string>>;

/// A webhook endpoint. What the service leaves out is empty.
struct Webhook {
    std::string id{};
    std::string customer_id{};
    std::string display_name{};
    std::string endpoint_url{};
    /// Families: `message`, `templates`, `contact`, `channel`, `call`, `link`.
    std::vector<std::string> event_types{};
    EventFilters event_filters{};
    /// False after ten deliveries in a row have failed; see Webhooks::toggle_status().
    bool is_active = false;
    /// `whsec_...`, what deliveries are verified with. The whole secret on create and rotate. On reads it is
    /// absent or masked, but the service has also been seen to return it whole: treat it as a secret
    /// everywhere.
    std::optional<std::string> signing_secret{};
    std::int32_t retry_count = 0;
    std::int32_t timeout_seconds = 0;
    std::int32_t consecutive_failures = 0;
    std::optional<Timestamp> last_delivery_attempt_at{};
    std::optional<Timestamp> last_successful_delivery_at{};
    std::optional<Timestamp> created_at{};
    std::optional<Timestamp> updated_at{};
};

/// The events of the copies that an organization's webhook has: one for each existing and future profile. In
/// requests only.
struct SenderProfileWebhook {
    std::vector<std::string> event_types{};
    Nullable<EventFilters> event_filters{};
};

/// `POST /v3/webhooks`.
struct CreateWebhookRequest {
    /// Required.
    std::string display_name{};
    /// Required: a public https URL.
    std::string endpoint_url{};
    /// Families: `message`, `templates`, `contact`, `channel`, `call`, `link`.
    std::vector<std::string> event_types{};
    Nullable<EventFilters> event_filters{};
    /// 1 to 5; 3 when empty.
    std::optional<std::int32_t> retry_count{};
    /// 5 to 120; 30 when empty.
    std::optional<std::int32_t> timeout_seconds{};
    Nullable<SenderProfileWebhook> sender_profile{};
};

/// `PUT /v3/webhooks/{id}`. Replaces the whole: give name, URL and event types
/// together, even to change one of them.
struct UpdateWebhookRequest {
    std::string id{};
    /// Required.
    std::string display_name{};
    std::string endpoint_url{};
    std::vector<std::string> event_types{};
    Nullable<EventFilters> event_filters{};
    /// 1 to 5.
    std::optional<std::int32_t> retry_count{};
    /// 5 to 120.
    std::optional<std::int32_t> timeout_seconds{};
    Nullable<SenderProfileWebhook> sender_profile{};
};

/// `GET /v3/webhooks`.
struct ListWebhooksRequest {
    /// Counts from 1.
    std::int32_t page = 1;
    /// At least 1.
    std::int32_t page_size = 20;
    std::string search{};
    std::optional<bool> is_active{};
};

/// `GET /v3/webhooks/{id}`.
struct GetWebhookRequest {
    std::string id{};
};

/// `DELETE /v3/webhooks/{id}`. Knows no sandbox: it always deletes.
struct RemoveWebhookRequest {
    std::string id{};
};

/// `GET /v3/webhooks/event-types`.
struct ListWebhookEventTypesRequest {};

/// A kind of event that can be subscribed to.
struct WebhookEventType {
    std::string name{};
    std::string display_name{};
    std::optional<std::string> description{};
    std::optional<std::string> event_type{};
    bool is_active = false;
    std::vector<WebhookEventType> sub_types{};
};

/// Where a delivery stands. The set is open.
class WebhookDeliveryStatus : public OpenEnum<WebhookDeliveryStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant pending{"PENDING"};
    static constexpr Constant retrying{"RETRYING"};
    static constexpr Constant delivered{"DELIVERED"};
    static constexpr Constant failed{"FAILED"};
};

/// `GET /v3/webhooks/{id}/events`.
struct ListWebhookEventsRequest {
    /// Of the webhook.
    std::string id{};
    /// Counts from 1.
    std::int32_t page = 1;
    /// At least 1.
    std::int32_t page_size = 20;
    std::string search{};
};

/// A delivery, in the log of an endpoint.
struct WebhookEvent {
    std::string id{};
    std::string event_type{};
    /// The body that was delivered or attempted: webhooks::parse_logged_event() reads it. If the webhook is
    /// copied to profiles, the log has their events as well, and `payload.account_id` says whose an event is.
    RawJson event_data{};
    WebhookDeliveryStatus delivery_status{};
    std::int32_t delivery_attempts = 0;
    /// Of the endpoint's last answer.
    std::optional<std::int32_t> http_status_code{};
    std::optional<std::string> error_message{};
    std::optional<std::string> response_body{};
    std::optional<Timestamp> processing_started_at{};
    std::optional<Timestamp> processing_completed_at{};
    std::optional<Timestamp> created_at{};
};

/// `POST /v3/webhooks/{id}/rotate-secret`.
struct RotateWebhookSecretRequest {
    std::string id{};
};

/// The new secret; the old one is void at once.
struct WebhookSecret {
    /// `whsec_...`.
    std::string signing_secret{};
};

/// `POST /v3/webhooks/{id}/test`.
struct TestWebhookRequest {
    std::string id{};
    /// Such as `message.delivered`.
    std::string event_type{};
};

/// How a test delivery went.
struct WebhookTest {
    bool success = false;
    std::string message{};
};

/// `PATCH /v3/webhooks/{id}/toggle-status`.
struct ToggleWebhookRequest {
    std::string id{};
    bool is_active = false;
};

/// What Webhooks::find_or_create() found or created.
struct FoundWebhook {
    /// `signing_secret` is set only if the service returned it whole.
    Webhook webhook{};
    bool created = false;
    /// Ids of further endpoints with the same URL, each of which gets every event as well. Delete them.
    std::vector<std::string> others{};
};

/// Webhook endpoints of the account. Thread-safe. An unknown id is ErrorKind::not_found (RESOURCE_008).
class SENT_EXPORT Webhooks {
  public:
    explicit Webhooks(Client client) noexcept : client_(std::move(client)) {}

    /// `POST /v3/webhooks`. A keyed write: repeated with the same idempotency key when it fails for a passing
    /// reason. Keep the `signing_secret` of the answer: it is not shown again.
    Result<Webhook> create(const CreateWebhookRequest& request, const CallOptions& options = {}) const;
    /// Returns the endpoint whose URL is exactly `request.endpoint_url`, or creates it. Call it at every
    /// start of a program. It reads all pages of endpoints, and does not change an endpoint that exists: its
    /// other members may differ from the request, and it may be inactive. Of several endpoints with the URL
    /// it returns the oldest active one, or the oldest if none is active.
    ///
    /// Programs that start at the same time with the same request create one endpoint: their idempotency key
    /// is made of the request, unless `options` or the client have one. Keep `signing_secret` when it is set;
    /// if it is not, use the one that you kept, or rotate_secret(). `options` hold for each of the calls.
    Result<FoundWebhook> find_or_create(const CreateWebhookRequest& request,
                                        const CallOptions& options = {}) const;
    /// `GET /v3/webhooks`. A read.
    Result<Page<Webhook>> list(const ListWebhooksRequest& request = {},
                               const CallOptions& options = {}) const;
    /// All webhooks that match, from `request.page` on, fetched lazily in pages of `request.page_size`.
    [[nodiscard]] PageRange<Webhook> all(const ListWebhooksRequest& request = {},
                                         const CallOptions& options = {}) const;
    /// `GET /v3/webhooks/{id}`. A read.
    Result<Webhook> get(std::string id, const CallOptions& options = {}) const;
    /// `PUT /v3/webhooks/{id}`. A keyed write. Replaces the whole.
    Result<Webhook> update(const UpdateWebhookRequest& request, const CallOptions& options = {}) const;
    /// `DELETE /v3/webhooks/{id}`. Knows neither idempotency key nor sandbox: never repeated once it may have
    /// left (Outcome::unknown), and refused by a client in sandbox mode.
    Result<void> remove(std::string id, const CallOptions& options = {}) const;
    /// `GET /v3/webhooks/event-types`. A read; all of them make one page.
    Result<Page<WebhookEventType>> event_types(const CallOptions& options = {}) const;
    /// `GET /v3/webhooks/{id}/events`. A read: the log of deliveries.
    Result<Page<WebhookEvent>> events(const ListWebhookEventsRequest& request,
                                      const CallOptions& options = {}) const;
    /// All deliveries, from `request.page` on, fetched lazily in pages of `request.page_size`.
    [[nodiscard]] PageRange<WebhookEvent> all_events(const ListWebhookEventsRequest& request,
                                                     const CallOptions& options = {}) const;
    /// `POST /v3/webhooks/{id}/rotate-secret`. A keyed write; counts as sensitive: 10 a minute. The old
    /// secret is void at once, so let the receiver know the new one first thing.
    Result<WebhookSecret> rotate_secret(std::string id, const CallOptions& options = {}) const;
    /// `POST /v3/webhooks/{id}/test`. A keyed write; counts as sensitive: 10 a minute. An inactive webhook:
    /// ErrorKind::bad_request (BUSINESS_010).
    Result<WebhookTest> test(std::string id, std::string event_type, const CallOptions& options = {}) const;
    /// `PATCH /v3/webhooks/{id}/toggle-status`. A keyed write.
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
