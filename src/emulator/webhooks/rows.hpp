#pragma once

/// @file
/// Webhook endpoints, and what was delivered to them.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "emulator/clock.hpp"

namespace sent::testing::emulator {

/// Which events an endpoint gets.
struct Subscription {
    std::vector<std::string> event_types{};  ///< families: "message"
    /// Family to sub-types, as in "delivered"; a family that is not named, or with none, is not filtered.
    std::optional<std::map<std::string, std::vector<std::string>>> event_filters{};
};

struct Webhook {
    std::string id{};
    std::string profile{};  ///< whose it is; empty: the organization's
    std::string display_name{};
    std::string endpoint_url{};
    Subscription subscription{};
    std::optional<Subscription> of_profiles{};  ///< of the organization's: the events of its profiles
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

/// An event on its way to one endpoint.
struct WebhookEvent {
    std::string id{};
    std::string webhook_id{};
    std::string event_type{};  ///< "message.delivered", "templates"
    std::string body{};        ///< as it is posted, to the byte
    bool retried = true;       ///< whether there is more than one attempt
    std::string status{};      ///< PENDING, RETRYING, DELIVERED, FAILED
    int attempts = 0;          ///< all, also those that a test asked for
    int tries = 0;             ///< those that the service makes by itself
    std::optional<int> http_status{};
    std::string error{};
    std::optional<std::string> response_body{};
    std::optional<Time> started_at{};
    std::optional<Time> completed_at{};
    Time created_at{};
};

}  // namespace sent::testing::emulator
