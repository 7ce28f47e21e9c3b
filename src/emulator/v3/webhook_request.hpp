#pragma once

/// @file
/// v3's rules for a webhook endpoint.

#include <optional>
#include <string>

#include "emulator/v3/fields.hpp"
#include "emulator/webhooks/rows.hpp"

namespace sent::testing::emulator {

struct WebhookRequest {
    std::optional<std::string> display_name{};
    std::optional<std::string> endpoint_url{};
    std::optional<Subscription> subscription{};
    std::optional<Subscription> of_profiles{};
    std::optional<long long> retry_count{};
    std::optional<long long> timeout_seconds{};
};

/// Adds problems. Event types are required for replacing an endpoint, but not for creating one.
WebhookRequest read_webhook_request(Fields& fields, bool replaces);

/// Copies the request to a row. Missing members get their defaults.
void apply_webhook_request(const WebhookRequest& request, Webhook& row);

}  // namespace sent::testing::emulator
