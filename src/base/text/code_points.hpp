#pragma once

#include <cstddef>
#include <string_view>

#include "base/text/utf8.hpp"

/// @file
/// The characters of a UTF-8 text.

namespace sent::detail {

struct CodePoint {
    /// U+FFFD for a byte that is not UTF-8.
    char32_t value = 0;
    /// In bytes.
    std::size_t size = 1;
    bool is_utf8 = true;
};

/// Returns the first character of `text`, which must not be empty.
inline CodePoint first_code_point(std::string_view text) noexcept {
    constexpr char32_t replacement = 0xFFFD;
    const std::size_t size = utf8_sequence(text);
    const auto byte = [text](std::size_t i) {
        return static_cast<char32_t>(static_cast<unsigned char>(text[i]));
    };
    if (size == 0) {
        return {replacement, 1, false};
    }
    if (size == 1) {
        return {byte(0), 1, true};
    }
    // The first byte of a sequence of n bytes begins with n ones and a zero, the other bytes begin with 10.
    char32_t value = byte(0) & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        value = (value << 6U) | (byte(i) & 0x3FU);
    }
    return {value, size, true};
}

}  // namespace sent::detail
