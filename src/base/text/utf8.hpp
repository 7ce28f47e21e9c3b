#pragma once

#include <cstddef>
#include <string_view>

namespace sent::detail {

/// Returns the length of the UTF-8 sequence (RFC 3629) at the start of `text`, or 0 if there is none.
/// Overlong and truncated forms, surrogates and values beyond U+10FFFF are not sequences.
std::size_t utf8_sequence(std::string_view text) noexcept;

/// For a text that does not start with a sequence: returns how many bytes at its start count as one
/// unreadable character. These are the beginning of a sequence, a surrogate, or one byte.
std::size_t invalid_utf8_sequence(std::string_view text) noexcept;

/// Returns the position of the first byte that is not UTF-8, or npos.
std::size_t find_invalid_utf8(std::string_view text) noexcept;

/// Returns how many bytes at the start need neither checking nor escaping in a JSON string: ASCII except
/// control characters, quotes and backslashes.
std::size_t plain_prefix(std::string_view text) noexcept;

}  // namespace sent::detail
