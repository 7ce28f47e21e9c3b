#pragma once

#include <string>

#include "json/type_info.hpp"

/// @file
/// Functions about a member's value that the decoder, the encoder, the validation and the URL builder share.

namespace sent::detail {

/// Whether the value is false or 0.
bool is_default(const TypeInfo& type, const void* value) noexcept;

/// The innermost type and value inside any optionals. The value is null if there is none.
struct Unwrapped {
    const TypeInfo* type = nullptr;
    const void* value = nullptr;
};
Unwrapped unwrap(const TypeInfo& type, const void* value) noexcept;

/// Returns the text of a string, enumeration or RawJson.
const std::string& text_of(const TypeInfo& type, const void* value) noexcept;

/// Converts the value to plain text for a path or query: strings and enumerations unchanged, numbers, `true`,
/// `false`, timestamps. Returns false and leaves `out` unchanged if the value is unset (an empty string or
/// optional, null) or not a single value.
bool scalar_text(const TypeInfo& type, const void* value, std::string& out);

/// Whether a Secret is among the members of the struct, at any level. False for a null table.
bool holds_secret(const StructInfo* info);

/// Returns the step to a map's member in the text of a path: `["name"]`, or `[*]` if the key is not a plain
/// name, because it may be a phone number.
std::string key_step(const std::string& key);

}  // namespace sent::detail
