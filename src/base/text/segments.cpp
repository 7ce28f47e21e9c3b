#include <sent/segments.hpp>

#include <algorithm>
#include <iterator>

#include "base/text/code_points.hpp"

namespace sent {
namespace {

using detail::CodePoint;
using detail::first_code_point;

/// The capacity of one SMS, alone and as a part of several.
struct Capacity {
    std::size_t alone;
    std::size_t part;
};
constexpr Capacity gsm_capacity{160, 153};
constexpr Capacity ucs2_capacity{70, 67};

/// The characters of the basic table of GSM 03.38 that are not in ASCII.
constexpr char32_t gsm_beyond_ascii[] = {
    U'\u00A1', U'\u00A3', U'\u00A4', U'\u00A5', U'\u00A7', U'\u00BF', U'\u00C4', U'\u00C5',
    U'\u00C6', U'\u00C7', U'\u00C9', U'\u00D1', U'\u00D6', U'\u00D8', U'\u00DC', U'\u00DF',
    U'\u00E0', U'\u00E4', U'\u00E5', U'\u00E6', U'\u00E8', U'\u00E9', U'\u00EC', U'\u00F1',
    U'\u00F2', U'\u00F6', U'\u00F8', U'\u00F9', U'\u00FC', U'\u0393', U'\u0394', U'\u0398',
    U'\u039B', U'\u039E', U'\u03A0', U'\u03A3', U'\u03A6', U'\u03A8', U'\u03A9',
};

constexpr std::u32string_view gsm_extension = U"\f^{}\\[~]|\u20AC";

/// Returns 0 for a character that GSM 03.38 does not have.
std::size_t gsm_units(char32_t c) noexcept {
    if (gsm_extension.find(c) != std::u32string_view::npos) {
        return 2;
    }
    if (c == '\n' || c == '\r') {
        return 1;
    }
    if (c < 0x80) {
        return c >= ' ' && c != '`' && c != 0x7F ? 1 : 0;
    }
    return std::binary_search(std::begin(gsm_beyond_ascii), std::end(gsm_beyond_ascii), c) ? 1 : 0;
}

std::size_t ucs2_units(char32_t c) noexcept {
    return c > 0xFFFF ? 2 : 1;
}

template <class Units>
void count(std::string_view text, Capacity capacity, Units units_of, SegmentCount& counted) noexcept {
    std::size_t parts = text.empty() ? 0 : 1;
    std::size_t in_part = 0;
    while (!text.empty()) {
        const CodePoint character = first_code_point(text);
        const std::size_t units = units_of(character.value);
        counted.units += units;
        if (in_part + units > capacity.part) {
            ++parts;
            in_part = 0;
        }
        in_part += units;
        text.remove_prefix(character.size);
    }
    counted.segments = counted.units <= capacity.alone ? std::min<std::size_t>(parts, 1) : parts;
}

std::optional<CharacterInText> first_beyond_gsm(std::string_view text) noexcept {
    for (std::size_t offset = 0; offset < text.size();) {
        const CodePoint character = first_code_point(text.substr(offset));
        if (gsm_units(character.value) == 0) {
            return CharacterInText{offset, character.value};
        }
        offset += character.size;
    }
    return std::nullopt;
}

}  // namespace

SegmentCount count_segments(std::string_view text) noexcept {
    SegmentCount counted;
    counted.first_offending = first_beyond_gsm(text);
    if (counted.first_offending) {
        counted.alphabet = SmsAlphabet::ucs2;
        count(text, ucs2_capacity, ucs2_units, counted);
    } else {
        count(text, gsm_capacity, gsm_units, counted);
    }
    return counted;
}

}  // namespace sent
