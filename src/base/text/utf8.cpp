#include "base/text/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace sent::detail {

namespace {

unsigned byte_at(std::string_view text, std::size_t index) noexcept {
    return static_cast<unsigned char>(text[index]);
}

bool is_continuation(std::string_view text, std::size_t index) noexcept {
    return index < text.size() && (byte_at(text, index) & 0xC0U) == 0x80U;
}

/// The second byte excludes overlong forms, surrogates and values that are too large.
bool second_byte_fits(unsigned first, unsigned second) noexcept {
    switch (first) {
        case 0xE0:
            return second >= 0xA0;
        case 0xED:
            return second <= 0x9F;
        case 0xF0:
            return second >= 0x90;
        case 0xF4:
            return second <= 0x8F;
        default:
            return true;
    }
}

constexpr std::uint64_t repeated(unsigned char byte) noexcept {
    return 0x0101010101010101U * byte;
}

/// Sets the highest bit of each zero byte. Returns 0 if there is none.
constexpr std::uint64_t zeros(std::uint64_t word) noexcept {
    return (word - repeated(0x01)) & ~word;
}

constexpr bool all_plain(std::uint64_t word) noexcept {
    const std::uint64_t beyond_ascii = word;
    const std::uint64_t control = word - repeated(0x20);
    const std::uint64_t special = zeros(word ^ repeated('"')) | zeros(word ^ repeated('\\'));
    return ((beyond_ascii | control | special) & repeated(0x80)) == 0;
}

bool is_plain(unsigned byte) noexcept {
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

}  // namespace

std::size_t utf8_sequence(std::string_view text) noexcept {
    if (text.empty()) {
        return 0;
    }
    const unsigned first = byte_at(text, 0);
    if (first < 0x80) {
        return 1;
    }
    if (first < 0xC2 || first > 0xF4 || !is_continuation(text, 1) ||
        !second_byte_fits(first, byte_at(text, 1))) {
        return 0;
    }
    const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    for (std::size_t i = 2; i < length; ++i) {
        if (!is_continuation(text, i)) {
            return 0;
        }
    }
    return length;
}

std::size_t invalid_utf8_sequence(std::string_view text) noexcept {
    constexpr std::size_t surrogate = 3;
    const unsigned first = byte_at(text, 0);
    if (first == 0xED && is_continuation(text, 1) && is_continuation(text, 2)) {
        return surrogate;
    }
    if (first < 0xC2 || first > 0xF4 || !is_continuation(text, 1) ||
        !second_byte_fits(first, byte_at(text, 1))) {
        return 1;
    }
    std::size_t length = 2;
    while (is_continuation(text, length)) {
        ++length;
    }
    return length;
}

std::size_t find_invalid_utf8(std::string_view text) noexcept {
    std::size_t position = 0;
    while ((position += plain_prefix(text.substr(position))) < text.size()) {
        const std::size_t length = utf8_sequence(text.substr(position));
        if (length == 0) {
            return position;
        }
        position += length;
    }
    return std::string_view::npos;
}

std::size_t plain_prefix(std::string_view text) noexcept {
    std::size_t position = 0;
    std::uint64_t word = 0;
    while (position + sizeof word <= text.size()) {
        std::memcpy(&word, text.data() + position, sizeof word);
        if (!all_plain(word)) {
            break;
        }
        position += sizeof word;
    }
    // Read the last bytes together with some plain bytes before them: one comparison instead of one per byte.
    if (const std::size_t rest = text.size() - position; rest < sizeof word && position > 0) {
        std::memcpy(&word, text.data() + text.size() - sizeof word, sizeof word);
        if (all_plain(word)) {
            return text.size();
        }
    }
    while (position < text.size() && is_plain(byte_at(text, position))) {
        ++position;
    }
    return position;
}

}  // namespace sent::detail
