#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// @file
/// Escapes such as `"\ud83d"` that are one half of a surrogate pair. Programs write them when they cut a text
/// in the middle of an emoji. They cannot be represented in UTF-8, so a strict parser refuses the whole
/// document. Readers of foreign JSON replace them by U+FFFD and keep everything else.

namespace sent::detail {

/// Returns the UTF-16 unit of the escape `\uXXXX` at this position. 0 if there is no escape.
inline unsigned escaped_unit(std::string_view json, std::size_t at) noexcept {
    constexpr std::size_t length = 6;
    if (at > json.size() || json.size() - at < length || json[at] != '\\' || json[at + 1] != 'u') {
        return 0;
    }
    unsigned unit = 0;
    for (const char c : json.substr(at + 2, 4)) {
        const unsigned digit = c >= '0' && c <= '9'   ? static_cast<unsigned>(c - '0')
                               : c >= 'a' && c <= 'f' ? static_cast<unsigned>(c - 'a' + 10)
                               : c >= 'A' && c <= 'F' ? static_cast<unsigned>(c - 'A' + 10)
                                                      : 16U;
        if (digit > 15) {
            return 0;
        }
        unit = unit * 16 + digit;
    }
    return unit;
}

/// Returns the position of the first escape at or after `from` that is a surrogate without its other half, or
/// npos. `from` must not be inside an escape.
inline std::size_t find_lone_surrogate(std::string_view json, std::size_t from = 0) noexcept {
    constexpr unsigned first_high = 0xD800;
    constexpr unsigned first_low = 0xDC00;
    constexpr unsigned last_low = 0xDFFF;
    const auto is_low = [](unsigned unit) { return unit >= first_low && unit <= last_low; };
    for (std::size_t at = json.find('\\', from); at != std::string_view::npos; at = json.find('\\', at)) {
        const unsigned unit = escaped_unit(json, at);
        if (unit < first_high || unit > last_low) {
            at += 2;
        } else if (!is_low(unit) && is_low(escaped_unit(json, at + 6))) {
            at += 12;
        } else {
            return at;
        }
    }
    return std::string_view::npos;
}

/// Returns the text with U+FFFD in place of each lone surrogate, of which `first` is the first. All other
/// characters keep their positions.
[[gnu::cold]] inline std::string replace_lone_surrogates(std::string_view json, std::size_t first) {
    constexpr std::string_view replacement = "\\ufffd";
    std::string repaired{json};
    for (std::size_t at = first; at != std::string_view::npos;
         at = find_lone_surrogate(json, at + replacement.size())) {
        repaired.replace(at, replacement.size(), replacement);
    }
    return repaired;
}

}  // namespace sent::detail
