#include "base/redaction/digit_text.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "base/text/code_points.hpp"
#include "base/text/utf8.hpp"

namespace sent::detail {
namespace {

using Kind = DigitText::Kind;

bool is_in(char32_t c, char32_t first, char32_t last) noexcept {
    return c >= first && c <= last;
}

Kind kind_of_ascii(char c) noexcept {
    if (c >= '0' && c <= '9') {
        return Kind::digit;
    }
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') {
        return Kind::letter;
    }
    switch (c) {
        case '+':
            return Kind::plus;
        case ' ':
        case '\t':
        case '\n':
        case '\v':
        case '\f':
        case '\r':
            return Kind::space;
        case '-':
        case '~':
            return Kind::dash;
        case '.':
            return Kind::dot;
        case '(':
        case ')':
        case '[':
        case ']':
            return Kind::parenthesis;
        case '/':
            return Kind::slash;
        default:
            return Kind::other;
    }
}

/// Characters of one kind.
struct Range {
    char32_t first;
    char32_t last;
    Kind kind;
};
// Dots between words are dashes here, so that what follows them is no decimal fraction. Some are
// Windows-1252 code points.
constexpr Range ranges[] = {
    {0x85, 0x85, Kind::space},
    {0x95, 0x97, Kind::dash},
    {0xA0, 0xA0, Kind::space},
    {0xB5, 0xB5, Kind::letter},
    {0xB7, 0xB7, Kind::dot},
    {0x2D7, 0x2D7, Kind::dash},
    {0x3BC, 0x3BC, Kind::letter},
    {0x58A, 0x58A, Kind::dash},
    {0x5BE, 0x5BE, Kind::dash},
    {0x1680, 0x1680, Kind::space},
    {0x1806, 0x1806, Kind::dash},
    {0x2000, 0x200A, Kind::space},
    {0x2010, 0x2015, Kind::dash},
    {0x2022, 0x2022, Kind::dash},
    {0x2024, 0x2024, Kind::dot},
    {0x2027, 0x2027, Kind::dash},
    {0x2028, 0x2029, Kind::space},
    {0x202F, 0x202F, Kind::space},
    {0x2043, 0x2043, Kind::dash},
    {0x2044, 0x2044, Kind::slash},
    {0x2053, 0x2053, Kind::dash},
    {0x205F, 0x205F, Kind::space},
    {0x207A, 0x207A, Kind::plus},
    {0x2212, 0x2212, Kind::dash},
    {0x2215, 0x2215, Kind::slash},
    {0x2219, 0x2219, Kind::dash},
    {0x223C, 0x223C, Kind::dash},
    {0x22C5, 0x22C5, Kind::dash},
    {0x2500, 0x2501, Kind::dash},
    {0x25CF, 0x25CF, Kind::dash},
    {0x2795, 0x2795, Kind::plus},
    {0x2796, 0x2796, Kind::dash},
    {0x2E3A, 0x2E3B, Kind::dash},
    {0x3000, 0x3000, Kind::space},
    {0x301C, 0x301C, Kind::dash},
    {0x3030, 0x3030, Kind::dash},
    {0x30FB, 0x30FC, Kind::dash},
    {0xFE31, 0xFE32, Kind::dash},
    {0xFE52, 0xFE52, Kind::dot},
    {0xFE58, 0xFE58, Kind::dash},
    {0xFE59, 0xFE5A, Kind::parenthesis},
    {0xFE62, 0xFE62, Kind::plus},
    {0xFE63, 0xFE63, Kind::dash},
    {0xFF08, 0xFF09, Kind::parenthesis},
    {0xFF0B, 0xFF0B, Kind::plus},
    {0xFF0D, 0xFF0D, Kind::dash},
    {0xFF0E, 0xFF0E, Kind::dot},
    {0xFF0F, 0xFF0F, Kind::slash},
    {0xFF3B, 0xFF3B, Kind::parenthesis},
    {0xFF3D, 0xFF3D, Kind::parenthesis},
    {0xFF5E, 0xFF5E, Kind::dash},
    {0xFF65, 0xFF65, Kind::dash},
    {0xFF70, 0xFF70, Kind::dash},
};

Kind kind_of_other(char32_t c) noexcept {
    const auto* range = std::find_if(std::begin(ranges), std::end(ranges),
                                     [c](const Range& each) { return is_in(c, each.first, each.last); });
    return range != std::end(ranges) ? range->kind : Kind::other;
}

/// Marks that change the look of a character or the direction of the text, and what nobody sees.
bool is_invisible(char32_t c) noexcept {
    return c == 0xAD || is_in(c, 0x300, 0x36F) || c == 0x61C || is_in(c, 0x180B, 0x180F) ||
           is_in(c, 0x200B, 0x200F) || is_in(c, 0x202A, 0x202E) || is_in(c, 0x2060, 0x206F) ||
           is_in(c, 0x20D0, 0x20FF) || is_in(c, 0xFE00, 0xFE0F) || c == 0xFEFF || is_in(c, 0xE0000, 0xE0FFF);
}

/// The zeros of all decimal digits of Unicode 15 except ASCII. The other nine follow each.
constexpr char32_t decimal_zeros[] = {
    0x660,   0x6F0,   0x7C0,   0x966,   0x9E6,   0xA66,   0xAE6,   0xB66,   0xBE6,   0xC66,
    0xCE6,   0xD66,   0xDE6,   0xE50,   0xED0,   0xF20,   0x1040,  0x1090,  0x17E0,  0x1810,
    0x1946,  0x19D0,  0x1A80,  0x1A90,  0x1B50,  0x1BB0,  0x1C40,  0x1C50,  0xA620,  0xA8D0,
    0xA900,  0xA9D0,  0xA9F0,  0xAA50,  0xABF0,  0xFF10,  0x104A0, 0x10D30, 0x11066, 0x110F0,
    0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950,
    0x11C50, 0x11D50, 0x11DA0, 0x11F50, 0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2,
    0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4D0, 0x1E950, 0x1FBF0};

/// Value of a decimal digit, or -1.
int digit_value(char32_t c) noexcept {
    const auto* behind = std::upper_bound(std::begin(decimal_zeros), std::end(decimal_zeros), c);
    return behind != std::begin(decimal_zeros) && c - *(behind - 1) < 10 ? static_cast<int>(c - *(behind - 1))
                                                                         : -1;
}

DigitText::Character character(char32_t c) noexcept {
    DigitText::Character result;
    if (c < 0x80) {
        result.ascii = static_cast<char>(c);
        result.kind = kind_of_ascii(result.ascii);
        result.digit = result.kind == Kind::digit ? result.ascii - '0' : 0;
        return result;
    }
    if (const int digit = digit_value(c); digit >= 0) {
        result.kind = Kind::digit;
        result.digit = digit;
        return result;
    }
    result.kind = kind_of_other(c);
    if (is_in(c, 0xA2, 0xA5) || is_in(c, 0x20A0, 0x20CF)) {
        result.ascii = '$';  // stands for any currency
    } else if (c == 0xB5 || c == 0x3BC) {
        result.ascii = 'u';  // in µs
    }
    return result;
}

}  // namespace

DigitText::DigitText(const Reading& reading, std::size_t offset) : reading_(reading), offset_(offset) {
    const std::string_view text = reading.text();
    for (std::size_t i = 0; i < text.size();) {
        CodePoint next = first_code_point(text.substr(i));
        if (!next.is_utf8) {
            next.value = static_cast<unsigned char>(text[i]);  // perhaps Latin-1
        }
        if (!is_invisible(next.value)) {
            auto& added = characters_.emplace_back(character(next.value));
            added.begin = i;
            added.end = i + next.size;
        }
        i += next.size;
    }
}

bool DigitText::is_separator(std::size_t i) const noexcept {
    switch (kind(i)) {
        case Kind::space:
        case Kind::dash:
        case Kind::dot:
        case Kind::parenthesis:
        case Kind::slash:
            return true;
        default:
            return false;
    }
}

DigitGroup take_group(const DigitText& text, std::size_t& i) noexcept {
    DigitGroup group;
    group.begin = i;
    for (; text.kind(i) == DigitText::Kind::digit; ++i) {
        constexpr std::size_t digits_that_fit = 18;
        if (++group.digits <= digits_that_fit) {
            group.value = group.value * 10 + static_cast<std::uint64_t>(text.digit(i));
        }
        group.zeros += group.value == 0 ? 1U : 0U;
    }
    group.end = i;
    return group;
}

}  // namespace sent::detail
