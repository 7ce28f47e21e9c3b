#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <sent/nullable.hpp>
#include <sent/operation.hpp>
#include <sent/page.hpp>
#include <sent/timestamp.hpp>

/// @file
/// A webhook endpoint, and the requests that create, change, list and remove it.

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

}  // namespace v3
}  // namespace sent

SENT_DETAIL_DESCRIBE(sent::v3::Webhook);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::Webhook>);
SENT_DETAIL_DESCRIBE(sent::v3::SenderProfileWebhook);
SENT_DETAIL_DESCRIBE(sent::v3::CreateWebhookRequest);
SENT_DETAIL_DESCRIBE(sent::v3::UpdateWebhookRequest);
SENT_DETAIL_DESCRIBE(sent::v3::ListWebhooksRequest);
SENT_DETAIL_DESCRIBE(sent::v3::GetWebhookRequest);
SENT_DETAIL_DESCRIBE(sent::v3::RemoveWebhookRequest);
