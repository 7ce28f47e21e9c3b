#pragma once

#include <array>
#include <cstddef>
#include <string_view>

/// @file
/// ASCII characters, independent of the locale.

namespace sent::detail {

constexpr char to_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

constexpr bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr bool is_alphanumeric(char c) noexcept {
    return is_letter(c) || is_digit(c);
}

/// Returns the value of a hexadecimal digit. -1 if the character is none.
constexpr int hex_value(char c) noexcept {
    const char lower = to_lower(c);
    return is_digit(c) ? c - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Whether a character may be in a token of RFC 9110. Each header of each request is looked at.
inline constexpr auto token_characters = [] {
    std::array<bool, 256> is_allowed{};
    for (const char c :
         std::string_view{"!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"}) {
        is_allowed[static_cast<unsigned char>(c)] = true;
    }
    return is_allowed;
}();

/// Whether the text is a token of RFC 9110, as methods and field names are.
constexpr bool is_token(std::string_view text) noexcept {
    for (const char c : text) {
        if (!token_characters[static_cast<unsigned char>(c)]) {
            return false;
        }
    }
    return !text.empty();
}

constexpr bool same_ignoring_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (to_lower(a[i]) != to_lower(b[i])) {
            return false;
        }
    }
    return true;
}

}  // namespace sent::detail
