#pragma once

#include <string>

#include "json/type_info.hpp"

/// @file
/// Questions about a member's value that reading, writing, checking and the URL builder share.

namespace sent::detail {

/// False or 0.
bool is_default(const TypeInfo& type, const void* value) noexcept;

/// What is inside, through any optionals around it: the innermost type and its value, null where there is
/// none.
struct Unwrapped {
    const TypeInfo* type = nullptr;
    const void* value = nullptr;
};
Unwrapped unwrap(const TypeInfo& type, const void* value) noexcept;

/// The text of a string, enumeration or RawJson.
const std::string& text_of(const TypeInfo& type, const void* value) noexcept;

/// The value as bare text, for a path or query: strings and enumerations as they are, numbers, `true`,
/// `false`, timestamps. False, with `out` unchanged, when it is unset (an empty string or optional, null) or
/// not a single value.
bool scalar_text(const TypeInfo& type, const void* value, std::string& out);

/// Adds the step to a map's member to the text of a path: `["name"]`, or `[*]` where the key is not a plain
/// name, as it may be a phone number then.
std::string key_step(const std::string& key);

}  // namespace sent::detail
