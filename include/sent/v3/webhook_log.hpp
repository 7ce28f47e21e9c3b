#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sent/json_text.hpp>
#include <sent/open_enum.hpp>
#include <sent/operation.hpp>
#include <sent/page.hpp>
#include <sent/timestamp.hpp>

/// @file
/// Types of events, and the log of deliveries to a webhook endpoint.

namespace sent {
inline namespace v3 {

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

}  // namespace v3
}  // namespace sent

SENT_DETAIL_OPEN_ENUM(sent::v3::WebhookDeliveryStatus, pending, retrying, delivered, failed);
SENT_DETAIL_DESCRIBE(sent::v3::ListWebhookEventTypesRequest);
SENT_DETAIL_DESCRIBE(sent::v3::WebhookEventType);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::WebhookEventType>);
SENT_DETAIL_DESCRIBE(sent::v3::ListWebhookEventsRequest);
SENT_DETAIL_DESCRIBE(sent::v3::WebhookEvent);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::WebhookEvent>);
