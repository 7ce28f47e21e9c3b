#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// @file
/// Repairs strings of foreign JSON (D3 in docs/reliability.md) because of which a strict parser would refuse
/// the whole document: half a surrogate pair, as an escape (`src/base/text/surrogates.hpp`) or as bytes, and
/// other bytes that are not UTF-8, such as Latin-1 or a text that was cut within a character. Each becomes
/// U+FFFD. Everything else is kept.

namespace sent::detail {

/// Returns the position of the first unreadable part, or npos. Ignores bytes outside of strings.
std::size_t find_unreadable(std::string_view json) noexcept;

/// Returns the text with U+FFFD in place of each unreadable part.
[[gnu::cold]] std::string replace_unreadable(std::string_view json);

/// Returns the position in `json` of the byte at `offset` in the result of replace_unreadable().
[[gnu::cold]] std::size_t offset_before_repair(std::string_view json, std::size_t offset) noexcept;

}  // namespace sent::detail
