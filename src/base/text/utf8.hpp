#pragma once

#include <cstddef>
#include <string_view>

namespace sent::detail {

/// Length of the UTF-8 sequence (RFC 3629) at the start of `text`, or 0 when there is none: overlong and
/// truncated forms, surrogates and what lies beyond U+10FFFF are none.
std::size_t utf8_sequence(std::string_view text) noexcept;

/// How many of the bytes at the start of a text without such a sequence stand for one character that cannot
/// be read: the beginning of a sequence, a surrogate, or one byte.
std::size_t invalid_utf8_sequence(std::string_view text) noexcept;

/// Position of the first byte that is not UTF-8, or npos.
std::size_t find_invalid_utf8(std::string_view text) noexcept;

/// How many bytes at the start need neither checking nor escaping in a JSON string: ASCII but for controls,
/// quotes and backslashes.
std::size_t plain_prefix(std::string_view text) noexcept;

}  // namespace sent::detail
