#pragma once

#include <string>
#include <string_view>

#include <sent/export.hpp>
#include <sent/operation.hpp>
#include <sent/timestamp.hpp>

/// @file
/// Structs to JSON text and back. For sent/json.hpp.

namespace sent::detail {

/// All members of a struct as JSON text. Throws InvalidRequestError.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string encode_text(const StructInfo& info, const void* object);
/// Reads JSON text into a struct. Throws UndecodableError.
SENT_WEBHOOKS_EXPORT void decode_text(const StructInfo& info, std::string_view json, void* object);
/// JSON text from outside as nlohmann's parser accepts it: with U+FFFD for what is not UTF-8.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string readable_text(std::string_view json);
/// Throws UndecodableError.
[[nodiscard]] SENT_WEBHOOKS_EXPORT Timestamp decode_timestamp(std::string_view text);

}  // namespace sent::detail
