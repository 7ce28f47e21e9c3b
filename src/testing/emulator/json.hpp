#pragma once

/// @file
/// The JSON type of the emulator: members keep their order, so that replies read like the reference.

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace sent::testing::emulator {

using Json = nlohmann::ordered_json;

/// Parses text from outside. Empty, with the reason in error, when it is no JSON, no UTF-8, or nested deeper
/// than 64.
std::optional<Json> parse_json(std::string_view text, std::string& error);

/// A member of an object; null when there is none, or no object.
const Json& member(const Json& object, const char* name);

/// Whether a value is null or an empty text.
bool is_blank(const Json& value);

/// One line; what is no UTF-8 is replaced.
std::string to_text(const Json& value);

}  // namespace sent::testing::emulator
