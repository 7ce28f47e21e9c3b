#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// @file
/// Strings and numbers as JSON writes them, whatever the locale.

namespace sent::detail {

/// Appends the text with quotes and escapes. Gives npos, or the position of the first byte that is not UTF-8;
/// then `out` is as before.
std::size_t append_json_string(std::string_view text, std::string& out);

void append_integer(std::int64_t number, std::string& out);

/// The shortest text that reads back as the same number. False, with nothing appended, for infinities and
/// NaN.
bool append_number(double number, std::string& out);

/// The whole text must be a number. Integral text such as `3.0` or `1e3` counts as an integer.
bool parse_integer(std::string_view text, std::int64_t& number) noexcept;

/// Finite numbers only.
bool parse_number(std::string_view text, double& number) noexcept;

}  // namespace sent::detail
