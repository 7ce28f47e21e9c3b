#pragma once

/// @file
/// Invented events for POST /v3/webhooks/{id}/test.

#include <optional>
#include <string>

#include "emulator/v3/events.hpp"

namespace sent::testing::emulator {

/// Returns an event of a type such as "message.delivered" or "templates". Returns nothing for an unknown
/// type.
std::optional<Event> sample_event(const World& world, const std::string& profile,
                                  const std::string& event_type);

}  // namespace sent::testing::emulator
