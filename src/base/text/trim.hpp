#pragma once

#include <string_view>

/// @file
/// Text functions that every folder needs.

namespace sent::detail {

inline constexpr std::string_view blanks = " \t";
inline constexpr std::string_view white_space = " \t\r\n\v\f";

/// Returns the text without the given characters at its ends.
constexpr std::string_view trimmed(std::string_view text, std::string_view of = blanks) noexcept {
    const auto begin = text.find_first_not_of(of);
    return begin == std::string_view::npos ? std::string_view{}
                                           : text.substr(begin, text.find_last_not_of(of) - begin + 1);
}

}  // namespace sent::detail
