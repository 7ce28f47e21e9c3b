#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/text/ascii.hpp"

namespace sent::detail {

/// Returns the byte that the text begins with as a percent escape, from 0 to 255. -1 if it begins with none.
constexpr int percent_escape(std::string_view text) noexcept {
    const int high = text.size() >= 3 && text[0] == '%' ? hex_value(text[1]) : -1;
    const int low = high >= 0 ? hex_value(text[2]) : -1;
    return low >= 0 ? high * 16 + low : -1;
}

/// Decodes the percent escapes of a text once. A percent sign that begins none stays.
inline std::string percent_decoded(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const int byte = percent_escape(text);
        result.push_back(byte >= 0 ? static_cast<char>(byte) : text.front());
        text.remove_prefix(byte >= 0 ? 3 : 1);
    }
    return result;
}

/// The same for names and values of a query, where `+` is a space.
inline std::string query_decoded(std::string_view text) {
    std::string spaced(text);
    for (char& c : spaced) {
        c = c == '+' ? ' ' : c;
    }
    return percent_decoded(spaced);
}

}  // namespace sent::detail
