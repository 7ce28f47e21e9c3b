#pragma once

/// @file
/// How the service signs webhooks.

#include <string>
#include <string_view>

namespace sent::testing::emulator {

/// A random one: "whsec_" and 32 bytes in base64.
std::string make_webhook_secret();

/// The value of x-webhook-signature, "v1,<base64>", for a post with these headers and this body.
std::string sign_webhook(std::string_view secret, std::string_view webhook_id, std::string_view timestamp,
                         std::string_view body);

}  // namespace sent::testing::emulator
