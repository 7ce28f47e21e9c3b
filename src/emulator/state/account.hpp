#pragma once

/// @file
/// The progress of the account's set-up: what v3 refuses, and what GET /v3/me shows of it.

#include <string>
#include <string_view>
#include <vector>

#include <sent/testing/emulator.hpp>

#include "emulator/json.hpp"
#include "emulator/json_reply.hpp"

namespace sent::testing::emulator {

/// The number that the organization sends from.
inline constexpr auto organization_number = "+12025550100";
inline constexpr auto organization_name = "Emulated Organization";
inline constexpr auto organization_email = "accounts@example.com";
inline constexpr auto organization_waba_id = "102290129340398";
/// The agent that contacts write to over RCS.
inline constexpr auto organization_agent = "emulated_agent";

/// Whether messages can be sent on the channel: "sms", "whatsapp", "rcs".
bool has_channel(const EmulatorAccount& account, std::string_view channel);

/// Throws AUTH_005, AUTH_006, AUTH_007 or BUSINESS_014, unless the account is active.
void refuse_unless_active(const EmulatorAccount& account);

/// Returns {"state":"active","channels":["sms","whatsapp","rcs"]}, for example.
Json account_state_view(const EmulatorAccount& account);

/// Applies an object of the same form to `account` and returns the result. Adds to `errors` for members that
/// cannot be read.
EmulatorAccount read_account(const Json& body, EmulatorAccount account, FieldErrors& errors);

}  // namespace sent::testing::emulator
