#include "core/digit_text.hpp"

#include <algorithm>
#include <string_view>

#include "json/utf8.hpp"

namespace sent::detail {
namespace {

using Kind = DigitText::Kind;

char32_t code_point(std::string_view sequence) noexcept {
    const auto byte = [&](std::size_t i) {
        return static_cast<char32_t>(static_cast<unsigned char>(sequence[i]));
    };
    switch (sequence.size()) {
        case 1:
            return byte(0);
        case 2:
            return (byte(0) & 0x1F) << 6 | (byte(1) & 0x3F);
        case 3:
            return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
        default:
            return 0x10000;  // nothing that occurs in numbers
    }
}

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
            return Kind::space;
        case '-':
            return Kind::dash;
        case '.':
            return Kind::dot;
        case '(':
        case ')':
            return Kind::parenthesis;
        case '/':
            return Kind::slash;
        default:
            return Kind::other;
    }
}

Kind kind_of_other(char32_t c) noexcept {
    if (c == 0xA0 || is_in(c, 0x2000, 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000) {
        return Kind::space;
    }
    if (is_in(c, 0x2010, 0x2015) || c == 0x2212 || c == 0xFE63 || c == 0xFF0D) {
        return Kind::dash;
    }
    if (c == 0xAD || is_in(c, 0x200B, 0x200F) || is_in(c, 0x202A, 0x202E) || is_in(c, 0x2060, 0x2069) ||
        c == 0xFEFF) {
        return Kind::invisible;
    }
    if (c == 0xFF0B) {
        return Kind::plus;
    }
    if (c == 0xB7 || c == 0xFF0E) {
        return Kind::dot;
    }
    if (c == 0xFF08 || c == 0xFF09) {
        return Kind::parenthesis;
    }
    return c == 0xFF0F ? Kind::slash : Kind::other;
}

DigitText::Character character(char32_t c) noexcept {
    DigitText::Character result;
    if (c < 0x80) {
        result.ascii = static_cast<char>(c);
        result.kind = kind_of_ascii(result.ascii);
        result.digit = result.kind == Kind::digit ? result.ascii - '0' : 0;
        return result;
    }
    // Full-width, Arabic (two sets) and Devanagari digits.
    for (const char32_t zero : {0xFF10U, 0x0660U, 0x06F0U, 0x0966U}) {
        if (is_in(c, zero, zero + 9)) {
            result.kind = Kind::digit;
            result.digit = static_cast<int>(c - zero);
            return result;
        }
    }
    result.kind = kind_of_other(c);
    if (is_in(c, 0xA2, 0xA5) || is_in(c, 0x20A0, 0x20CF)) {
        result.ascii = '$';  // as good as any other currency
    } else if (c == 0xB5 || c == 0x3BC) {
        result.kind = Kind::letter;
        result.ascii = 'u';  // in µs
    }
    return result;
}

}  // namespace

DigitText::DigitText(const Reading& reading, std::size_t offset) : reading_(reading), offset_(offset) {
    const std::string_view text = reading.text();
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = std::max<std::size_t>(utf8_sequence(text.substr(i)), 1);
        auto& added = characters_.emplace_back(character(code_point(text.substr(i, length))));
        added.begin = i;
        added.end = i + length;
        i += length;
    }
}

bool DigitText::is_separator(std::size_t i) const noexcept {
    switch (kind(i)) {
        case Kind::space:
        case Kind::dash:
        case Kind::dot:
        case Kind::parenthesis:
        case Kind::slash:
        case Kind::invisible:
            return true;
        default:
            return false;
    }
}

DigitGroup take_group(const DigitText& text, std::size_t& i) noexcept {
    DigitGroup group;
    group.begin = i;
    for (; text.kind(i) == DigitText::Kind::digit ||
           (text.kind(i) == DigitText::Kind::invisible && text.kind(i + 1) == DigitText::Kind::digit);
         ++i) {
        if (text.kind(i) == DigitText::Kind::digit) {
            constexpr std::size_t digits_that_fit = 18;
            if (++group.digits <= digits_that_fit) {
                group.value = group.value * 10 + static_cast<std::uint64_t>(text.digit(i));
            }
            group.zeros += group.value == 0 ? 1U : 0U;
        }
    }
    group.end = i;
    return group;
}

}  // namespace sent::detail
