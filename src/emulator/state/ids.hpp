#pragma once

/// @file
/// Ids of the service's resources: GUIDs.

#include <optional>
#include <string>
#include <string_view>

namespace sent::testing::emulator {

/// Returns a random GUID (version 4) in lower case. Thread-safe.
std::string make_guid();

/// Returns a GUID in its usual form, in lower case. Returns nothing if the text is not a GUID.
std::optional<std::string> parse_guid(std::string_view text);

}  // namespace sent::testing::emulator
