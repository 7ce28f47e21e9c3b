#pragma once

/// @file
/// What v3 wants of a webhook endpoint.

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

/// Leaves problems behind. Replacing an endpoint needs its event types, creating one does not.
WebhookRequest read_webhook_request(Fields& fields, bool replaces);

/// Puts all that a request says into a row, and defaults where it is silent.
void apply_webhook_request(const WebhookRequest& request, Webhook& row);

}  // namespace sent::testing::emulator
