#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// @file
/// Strings of foreign JSON that a strict parser refuses, and with them the whole document: half a surrogate
/// pair, as an escape (`src/surrogates.hpp`) or as bytes, and other bytes that are not UTF-8, such as a text
/// that was cut within a character or Latin-1. Each becomes U+FFFD, and everything else is kept.

namespace sent::detail {

/// Where the first of them stands; npos if there is none. Bytes outside of strings are none.
std::size_t find_unreadable(std::string_view json) noexcept;

/// The text with U+FFFD in place of each of them.
[[gnu::cold]] std::string replace_unreadable(std::string_view json);

/// The place in `json` of the byte that stands at `offset` of what replace_unreadable() makes of it.
[[gnu::cold]] std::size_t offset_before_repair(std::string_view json, std::size_t offset) noexcept;

}  // namespace sent::detail
