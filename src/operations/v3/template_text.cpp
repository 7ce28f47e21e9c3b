#include "operations/v3/template_text.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <system_error>

#include "base/text/ascii.hpp"
#include "base/text/code_points.hpp"
#include "base/text/trim.hpp"

namespace sent::detail {
namespace {

/// Calls `wanted` for each character until it returns true. Returns whether it did.
template <class Wanted>
bool any_character(std::string_view text, Wanted wanted) noexcept {
    while (!text.empty()) {
        const auto character = first_code_point(text);
        if (wanted(character.value)) {
            return true;
        }
        text.remove_prefix(character.size);
    }
    return false;
}

struct Block {
    char32_t first;
    char32_t last;
};

template <std::size_t Count>
bool is_in(const Block (&blocks)[Count], char32_t c) noexcept {
    return std::any_of(blocks, blocks + Count,
                       [c](Block block) { return c >= block.first && c <= block.last; });
}

/// Spaces and punctuation beyond ASCII, and pictures.
constexpr Block no_letters[] = {{0xA0, 0xBF},     {0xD7, 0xD7},     {0xF7, 0xF7},      {0x2000, 0x206F},
                                {0x20A0, 0x20CF}, {0x2190, 0x2BFF}, {0x3000, 0x303F},  {0xFE00, 0xFE0F},
                                {0xFF01, 0xFF0F}, {0xFFFD, 0xFFFD}, {0x1F000, 0x1FAFF}};
constexpr Block emoji[] = {{0x231A, 0x231B}, {0x23E9, 0x23FA}, {0x2600, 0x27BF},  {0x2B1B, 0x2B1C},
                           {0x2B50, 0x2B55}, {0xFE0F, 0xFE0F}, {0x1F000, 0x1FAFF}};

bool is_letter_of_any_script(char32_t c) noexcept {
    return c < 0x80 ? is_letter(static_cast<char>(c)) : !is_in(no_letters, c);
}

/// Reads `1:variable`.
std::optional<std::int32_t> id_of(std::string_view content) noexcept {
    const auto colon = content.find(':');
    std::int32_t id = 0;
    const auto* const end = content.data() + std::min(colon, content.size());
    const auto read = std::from_chars(content.data(), end, id);
    const bool is_id = colon != std::string_view::npos && colon + 1 < content.size() && read.ptr == end &&
                       read.ec == std::errc{} && id >= 0;
    return is_id ? std::optional{id} : std::nullopt;
}

}  // namespace

std::vector<Placeholder> find_placeholders(std::string_view text) {
    std::vector<Placeholder> found;
    for (auto begin = text.find("{{"); begin != std::string_view::npos; begin = text.find("{{", begin)) {
        const auto close = text.find("}}", begin);
        if (close == std::string_view::npos) {
            break;
        }
        found.push_back({begin, close + 2, id_of(text.substr(begin + 2, close - begin - 2))});
        begin = close + 2;
    }
    return found;
}

std::size_t utf16_length(std::string_view text) noexcept {
    std::size_t length = 0;
    any_character(text, [&length](char32_t c) {
        length += c > 0xFFFF ? 2U : 1U;
        return false;
    });
    return length;
}

bool has_letter(std::string_view text) noexcept {
    return any_character(text, is_letter_of_any_script);
}

bool has_emoji(std::string_view text) noexcept {
    return any_character(text, [](char32_t c) { return is_in(emoji, c); });
}

std::size_t count_words(std::string_view text, const std::vector<Placeholder>& placeholders) {
    std::string rest;
    std::size_t at = 0;
    for (const auto& placeholder : placeholders) {
        rest += text.substr(at, placeholder.begin - at);
        at = placeholder.end;
    }
    rest += text.substr(at);
    std::size_t words = 0;
    for (std::string_view left = rest; !left.empty();) {
        const auto word = left.substr(0, left.find_first_of(white_space));
        words += has_letter(word) || std::any_of(word.begin(), word.end(), is_digit) ? 1U : 0U;
        left.remove_prefix(std::min(word.size() + 1, left.size()));
    }
    return words;
}

}  // namespace sent::detail
