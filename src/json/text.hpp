#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// @file
/// Reads and writes strings and numbers in JSON's notation, independent of the locale (D11 in
/// docs/reliability.md).

namespace sent::detail {

/// Appends the text with quotes and escapes. Returns npos on success. If the text is not UTF-8, returns the
/// position of the first wrong byte and leaves `out` unchanged.
std::size_t append_json_string(std::string_view text, std::string& out);

void append_integer(std::int64_t number, std::string& out);

/// Appends the shortest text that reads back as the same number. For infinities and NaN, returns false and
/// appends nothing.
bool append_number(double number, std::string& out);

/// Reads an integer. The whole text must be a number. Integral text such as `3.0` or `1e3` counts as an
/// integer.
bool parse_integer(std::string_view text, std::int64_t& number) noexcept;

/// Reads a finite number.
bool parse_number(std::string_view text, double& number) noexcept;

}  // namespace sent::detail
