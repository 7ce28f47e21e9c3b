#pragma once

#include <string>
#include <string_view>

#include <sent/export.hpp>
#include <sent/operation.hpp>
#include <sent/timestamp.hpp>

/// @file
/// Converts structs to JSON text and back, for sent/json.hpp.

namespace sent::detail {

/// Returns all members of a struct as JSON text. Throws InvalidRequestError.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string encode_text(const StructInfo& info, const void* object);
/// Reads JSON text into a struct. Throws UndecodableError.
SENT_WEBHOOKS_EXPORT void decode_text(const StructInfo& info, std::string_view json, void* object);
/// Returns JSON text that nlohmann's parser accepts: bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string readable_text(std::string_view json);
/// Reads a timestamp. Throws UndecodableError.
[[nodiscard]] SENT_WEBHOOKS_EXPORT Timestamp decode_timestamp(std::string_view text);

}  // namespace sent::detail
