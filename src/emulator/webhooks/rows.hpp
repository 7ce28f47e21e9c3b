#pragma once

/// @file
/// Webhook endpoints and their deliveries.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "emulator/clock.hpp"

namespace sent::testing::emulator {

/// Which events an endpoint gets.
struct Subscription {
    std::vector<std::string> event_types{};  ///< families: "message"
    /// Maps families to sub-types, such as "delivered". A family that is missing or has no sub-types is not
    /// filtered.
    std::optional<std::map<std::string, std::vector<std::string>>> event_filters{};
};

struct Webhook {
    std::string id{};
    std::string profile{};  ///< its owner; empty for the organization
    std::string display_name{};
    std::string endpoint_url{};
    Subscription subscription{};
    std::optional<Subscription> of_profiles{};  ///< of an organization's endpoint: the events of its profiles
    bool active = true;
    std::string secret{};
    int retry_count = 3;
    int timeout_seconds = 30;
    int consecutive_failures = 0;
    std::optional<Time> last_attempt_at{};
    std::optional<Time> last_success_at{};
    Time created_at{};
    std::optional<Time> updated_at{};
};

/// The delivery of an event to one endpoint.
struct WebhookEvent {
    std::string id{};
    std::string webhook_id{};
    std::string event_type{};  ///< "message.delivered", "templates"
    std::string body{};        ///< exactly as posted
    bool retried = true;       ///< false if there is only one attempt
    std::string status{};      ///< PENDING, RETRYING, DELIVERED, FAILED
    int attempts = 0;          ///< all attempts, including those that a test requested
    int tries = 0;             ///< attempts that the service makes by itself
    std::optional<int> http_status{};
    std::string error{};
    std::optional<std::string> response_body{};
    std::optional<Time> started_at{};
    std::optional<Time> completed_at{};
    Time created_at{};
};

}  // namespace sent::testing::emulator
