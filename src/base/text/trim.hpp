#pragma once

#include <string_view>

/// @file
/// Text functions that every folder needs.

namespace sent::detail {

inline constexpr std::string_view white_space = " \t\r\n\v\f";

constexpr bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t';
}

/// Returns the text without the blanks at its ends.
constexpr std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_blank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

/// Returns the text without the given characters at its ends.
constexpr std::string_view trimmed(std::string_view text, std::string_view of) noexcept {
    const auto begin = text.find_first_not_of(of);
    return begin == std::string_view::npos ? std::string_view{}
                                           : text.substr(begin, text.find_last_not_of(of) - begin + 1);
}

}  // namespace sent::detail
