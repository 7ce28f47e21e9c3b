#pragma once

/// @file
/// Ids of the service's resources: GUIDs.

#include <optional>
#include <string>
#include <string_view>

namespace sent::testing::emulator {

/// A random GUID (version 4), lower case. Any thread may call it.
std::string make_guid();

/// A GUID in its usual form, in lower case; empty when the text is none.
std::optional<std::string> parse_guid(std::string_view text);

}  // namespace sent::testing::emulator
