#pragma once

/// @file
/// WhatsApp accounts and RCS agents of requests, for the account's channels and for new sender profiles.

#include <map>
#include <string>

#include "emulator/clock.hpp"
#include "emulator/json.hpp"
#include "emulator/v3/fields.hpp"

namespace sent::testing::emulator {

/// Returns the channel of the owner, or null if it has none.
Json channel_or_null(const std::map<std::string, Json>& channels, const std::string& profile);

/// Returns the account in the form of replies.
Json read_whatsapp_channel(Fields& body);

/// Returns the agent that `request`, which `body` reads, describes, in the form of replies.
Json read_rcs_agent(Fields& body, const Json& request, Time now);

}  // namespace sent::testing::emulator
