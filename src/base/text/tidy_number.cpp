#include <sent/tidy_number.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <iterator>
#include <optional>
#include <utility>

#include "base/text/code_points.hpp"

namespace sent {
namespace {

using detail::CodePoint;
using detail::first_code_point;

/// A range of characters, including both ends.
struct Range {
    char32_t first;
    char32_t last;
};

template <std::size_t Count>
bool is_in(const Range (&ranges)[Count], char32_t c) noexcept {
    return std::any_of(std::begin(ranges), std::end(ranges),
                       [c](const Range& range) { return range.first <= c && c <= range.last; });
}

/// Characters that show nothing and may come with a copied number: byte order mark, zero-width and
/// bidirectional marks, soft hyphen, variation selectors.
constexpr Range invisible[] = {
    {0x00AD, 0x00AD}, {0x061C, 0x061C}, {0x180E, 0x180E}, {0x200B, 0x200F}, {0x202A, 0x202E},
    {0x2060, 0x2064}, {0x2066, 0x206F}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},
};
constexpr Range spaces[] = {
    {' ', ' '},       {0x00A0, 0x00A0}, {0x1680, 0x1680}, {0x2000, 0x200A},
    {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000},
};
/// Dashes, dots and parentheses.
constexpr Range separators[] = {
    {'-', '.'},       {'(', ')'},       {0x00B7, 0x00B7}, {0x058A, 0x058A}, {0x2010, 0x2015},
    {0x2022, 0x2022}, {0x2024, 0x2024}, {0x2027, 0x2027}, {0x2043, 0x2043}, {0x207B, 0x207B},
    {0x208B, 0x208B}, {0x207D, 0x207E}, {0x2212, 0x2212}, {0x2219, 0x2219}, {0x22C5, 0x22C5},
    {0x2E3A, 0x2E3B}, {0x30FB, 0x30FC}, {0xFE31, 0xFE32}, {0xFE58, 0xFE5A}, {0xFE63, 0xFE63},
    {0xFF08, 0xFF09}, {0xFF0D, 0xFF0E}, {0xFF65, 0xFF65}, {0xFF70, 0xFF70},
};
/// Characters that spreadsheets put around a field.
constexpr Range around[] = {{'\t', '\r'},     {'"', '"'},       {'\'', '\''},
                            {0x0085, 0x0085}, {0x2018, 0x201F}, {0x2028, 0x2029}};
constexpr Range pluses[] = {{'+', '+'}, {0x207A, 0x207A}, {0xFE62, 0xFE62}, {0xFF0B, 0xFF0B}};
/// The zeros of the digit sets in which people write numbers: ASCII, Arabic, Persian, Devanagari, Bengali,
/// full-width.
constexpr char32_t zeros[] = {'0', 0x0660, 0x06F0, 0x0966, 0x09E6, 0xFF10};

std::optional<char> digit(char32_t c) noexcept {
    for (const char32_t zero : zeros) {
        if (c >= zero && c - zero < 10) {
            return static_cast<char>('0' + static_cast<int>(c - zero));
        }
    }
    return std::nullopt;
}

bool is_opening(char32_t c) noexcept {
    return c == '(' || c == 0x207D || c == 0xFE59 || c == 0xFF08;
}

Error problem(const char* code, std::string message) {
    Error error;
    error.kind = ErrorKind::invalid_request;
    error.code = code;
    error.message = std::move(message);
    return error;
}

Error unexpected(const CodePoint& character, std::size_t offset) {
    const auto place = " at byte " + std::to_string(offset);
    if (!character.is_utf8) {
        return problem("NUMBER_UNEXPECTED_CHARACTER", "the text is not UTF-8" + place);
    }
    char name[sizeof "U+FFFFFFFF"];
    std::snprintf(name, sizeof name, "U+%04lX", static_cast<unsigned long>(character.value));
    return problem("NUMBER_UNEXPECTED_CHARACTER",
                   std::string{"the character "} + name + place + " is in no phone number");
}

/// Returns where the number begins: after `tel:` (in any case) and the characters before it, or 0 without
/// `tel:`.
std::size_t begin_of_number(std::string_view text) {
    constexpr std::string_view scheme = "tel:";
    std::size_t begin = 0;
    while (begin < text.size()) {
        const CodePoint character = first_code_point(text.substr(begin));
        if (!is_in(invisible, character.value) && !is_in(spaces, character.value) &&
            !is_in(around, character.value)) {
            break;
        }
        begin += character.size;
    }
    const auto start = text.substr(begin, scheme.size());
    const bool has_scheme = std::equal(
        start.begin(), start.end(), scheme.begin(), scheme.end(),
        [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b; });
    return has_scheme ? begin + scheme.size() : 0;
}

/// Reads a number from left to right.
class Reader {
  public:
    /// Returns the problem with the text if single characters show one.
    std::optional<Error> read(std::string_view text) {
        for (std::size_t offset = begin_of_number(text); offset < text.size();) {
            const CodePoint character = first_code_point(text.substr(offset));
            if (auto error = take(character, offset)) {
                return error;
            }
            offset += character.size;
        }
        return std::nullopt;
    }

    [[nodiscard]] bool has_plus() const noexcept { return has_plus_; }
    [[nodiscard]] const std::string& digits() const noexcept { return digits_; }

  private:
    std::optional<Error> take(const CodePoint& character, std::size_t offset) {
        const char32_t c = character.value;
        if (!character.is_utf8) {
            return unexpected(character, offset);
        }
        if (is_in(invisible, c)) {
            return std::nullopt;
        }
        if (is_in(around, c)) {
            break_ = break_ || !digits_.empty() || has_plus_;
            return std::nullopt;
        }
        if (const auto found = digit(c)) {
            return take_digit(*found);
        }
        if (is_in(pluses, c)) {
            if (has_plus_ || !digits_.empty()) {
                return problem("NUMBER_SEVERAL", "there is a `+` in the middle: are these two numbers?");
            }
            has_plus_ = true;
            return std::nullopt;
        }
        if (c == ';' && !digits_.empty()) {
            return problem("NUMBER_EXTENSION",
                           "there are parameters or an extension after `;`, which a message cannot reach");
        }
        if (!is_in(spaces, c) && !is_in(separators, c)) {
            return unexpected(character, offset);
        }
        if (is_opening(c)) {
            after_opening_ = !digits_.empty();
        }
        return std::nullopt;
    }

    std::optional<Error> take_digit(char found) {
        if (break_) {
            return problem(
                "NUMBER_SEVERAL",
                "there is a line break, tab or quotation mark in the middle: are these two numbers?");
        }
        if (found == '0' && after_opening_) {
            return problem(
                "NUMBER_TRUNK_ZERO",
                "there is a 0 in parentheses after the country code, which some countries drop and "
                "others keep: write the number without parentheses");
        }
        after_opening_ = false;
        digits_ += found;
        return std::nullopt;
    }

    bool has_plus_ = false;
    /// A character that ends a number was read.
    bool break_ = false;
    /// A parenthesis was opened after the first digit, and no digit has followed yet.
    bool after_opening_ = false;
    std::string digits_{};
};

}  // namespace

Result<std::string> tidy_number(std::string_view text) {
    constexpr std::size_t fewest_digits = 7;
    constexpr std::size_t most_digits = 15;
    Reader reader;
    if (auto error = reader.read(text)) {
        return std::move(*error);
    }
    std::string digits = reader.digits();
    if (digits.empty()) {
        return problem("NUMBER_EMPTY", "there is no digit");
    }
    if (!reader.has_plus()) {
        if (digits.compare(0, 2, "00") != 0) {
            return problem("NUMBER_WITHOUT_COUNTRY",
                           "the number begins with neither `+` nor `00`, so its country is not known");
        }
        digits.erase(0, 2);
    }
    if (digits.compare(0, 1, "0") == 0) {
        return problem(
            "NUMBER_STARTS_WITH_ZERO",
            "the number begins with 0 where its country code belongs, and no country code begins with 0");
    }
    const auto found = "the number has " + std::to_string(digits.size()) + " digits with its country code";
    if (digits.size() < fewest_digits) {
        return problem("NUMBER_TOO_SHORT", found + "; the shortest have 7");
    }
    if (digits.size() > most_digits) {
        return problem("NUMBER_TOO_LONG", found + "; the longest have 15");
    }
    return "+" + digits;
}

}  // namespace sent
