#include "base/redaction/readings.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text/ascii.hpp"
#include "base/text/utf8.hpp"

namespace sent::detail {
namespace {

/// Returns -1 if the character is not a digit of that base.
int digit_of(char c, int base) noexcept {
    const int value = hex_value(c);
    return value < base ? value : -1;
}

/// What an escape stands for, and its length. A length of 0 means that there is no escape.
struct Escape {
    char32_t code_point = 0;
    std::size_t length = 0;
    bool is_byte = false;
};

/// Reads exactly `count` digits after the first `skipped` characters.
Escape number(std::string_view text, std::size_t skipped, std::size_t count, int base,
              bool is_byte) noexcept {
    if (text.size() < skipped + count) {
        return {};
    }
    Escape escape{0, skipped + count, is_byte};
    for (const char c : text.substr(skipped, count)) {
        const int digit = digit_of(c, base);
        if (digit < 0) {
            return {};
        }
        escape.code_point = escape.code_point * static_cast<char32_t>(base) + static_cast<char32_t>(digit);
    }
    return escape;
}

/// `\\u002B`, or a pair of surrogates.
Escape utf16(std::string_view text) noexcept {
    Escape escape = number(text, 2, 4, 16, false);
    if (escape.length > 0 && escape.code_point >= 0xD800 && escape.code_point < 0xDC00 &&
        text.substr(escape.length, 2) == "\\u") {
        const Escape low = number(text.substr(escape.length), 2, 4, 16, false);
        if (low.length > 0 && low.code_point >= 0xDC00 && low.code_point < 0xE000) {
            escape.code_point = 0x10000 + ((escape.code_point & 0x3FFU) << 10U) + (low.code_point & 0x3FFU);
            escape.length += low.length;
        }
    }
    return escape;
}

Escape backslash(std::string_view text) noexcept {
    constexpr std::string_view letters = "nrtbf/\"\\'";
    constexpr std::string_view meanings = "\n\r\t\b\f/\"\\'";
    const char kind = text.size() > 1 ? text[1] : '\0';
    if (kind == 'u') {
        return utf16(text);
    }
    if (kind == 'U') {
        return number(text, 2, 8, 16, false);
    }
    if (kind == 'x') {
        return number(text, 2, 2, 16, true);
    }
    if (kind >= '0' && kind <= '3') {
        return number(text, 1, 3, 8, true);
    }
    const auto place = letters.find(kind);
    return place == std::string_view::npos ? Escape{} : Escape{static_cast<char32_t>(meanings[place]), 2};
}

Escape percent(std::string_view text) noexcept {
    return text.size() > 1 && text[1] == 'u' ? number(text, 2, 4, 16, false) : number(text, 1, 2, 16, true);
}

Escape entity(std::string_view text) noexcept {
    constexpr std::size_t longest = 12;
    const auto end = text.substr(0, longest).find(';');
    if (end == std::string_view::npos || end < 3) {
        return {};
    }
    Escape escape;
    if (text[1] == '#') {
        const bool is_hex = text[2] == 'x' || text[2] == 'X';
        const std::size_t skipped = is_hex ? 3 : 2;
        escape = number(text, skipped, end - skipped, is_hex ? 16 : 10, false);
    } else {
        struct Name {
            std::string_view name;
            char32_t code_point;
        };
        static constexpr Name names[] = {
            {"amp", '&'},       {"lt", '<'},         {"gt", '>'},        {"quot", '"'},
            {"apos", '\''},     {"nbsp", 0xA0},      {"plus", '+'},      {"sol", '/'},
            {"equals", '='},    {"lowbar", '_'},     {"hyphen", '-'},    {"dash", 0x2010},
            {"ndash", 0x2013},  {"mdash", 0x2014},   {"horbar", 0x2015}, {"minus", 0x2212},
            {"shy", 0xAD},      {"ensp", 0x2002},    {"emsp", 0x2003},   {"emsp13", 0x2004},
            {"emsp14", 0x2005}, {"numsp", 0x2007},   {"puncsp", 0x2008}, {"thinsp", 0x2009},
            {"hairsp", 0x200A}, {"zwnj", 0x200C},    {"zwj", 0x200D},    {"lrm", 0x200E},
            {"rlm", 0x200F},    {"NoBreak", 0x2060}, {"Tab", '\t'},      {"NewLine", '\n'},
            {"lpar", '('},      {"rpar", ')'},       {"lsqb", '['},      {"rsqb", ']'},
            {"period", '.'},    {"middot", 0xB7},    {"bull", 0x2022},   {"colon", ':'},
            {"comma", ','},     {"num", '#'},        {"percnt", '%'},    {"bsol", '\\'}};
        const auto* found = std::find_if(std::begin(names), std::end(names), [&](const Name& each) {
            return each.name == text.substr(1, end - 1);
        });
        if (found != std::end(names)) {
            escape = {found->code_point, end};
        }
    }
    escape.length += escape.length > 0 ? 1U : 0U;  // the semicolon
    return escape;
}

/// What escapes begin with.
constexpr std::string_view escapes = "\\%&";

/// Appends it in UTF-8.
void append(char32_t code_point, std::string& text) {
    const auto byte = [&text](char32_t bits) { text.push_back(static_cast<char>(bits)); };
    if (code_point < 0x80) {
        byte(code_point);
    } else if (code_point < 0x800) {
        byte(0xC0 | code_point >> 6);
        byte(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        byte(0xE0 | code_point >> 12);
        byte(0x80 | (code_point >> 6 & 0x3F));
        byte(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x110000) {
        byte(0xF0 | code_point >> 18);
        byte(0x80 | (code_point >> 12 & 0x3F));
        byte(0x80 | (code_point >> 6 & 0x3F));
        byte(0x80 | (code_point & 0x3F));
    } else {
        byte('?');  // nothing that anybody looks for
    }
}

Escape escape_at(std::string_view text) noexcept {
    switch (text.front()) {
        case '\\':
            return backslash(text);
        case '%':
            return percent(text);
        case '&':
            return entity(text);
        default:
            return {};
    }
}

}  // namespace

std::string with_marks(std::string_view text, std::vector<Mark> marks, std::size_t end) {
    std::sort(marks.begin(), marks.end(),
              [](const Mark& a, const Mark& b) { return a.span.begin < b.span.begin; });
    end = std::min(end, text.size());
    std::string result;
    std::size_t copied = 0;
    for (const auto& [span, shown] : marks) {
        if (span.begin >= end) {
            break;
        }
        if (span.begin >= copied) {
            result.append(text.substr(copied, span.begin - copied)).append(shown);
        }
        copied = std::max(copied, span.end);
    }
    return copied < end ? result.append(text.substr(copied, end - copied)) : result;
}

bool Reading::resolve() {
    const std::string_view before = text();
    Level level;
    std::string after;
    std::size_t copied = 0;
    for (std::size_t i = before.find_first_of(escapes); i != std::string_view::npos;) {
        const Escape escape = escape_at(before.substr(i));
        if (escape.length == 0) {
            i = before.find_first_of(escapes, i + 1);
            continue;
        }
        after.append(before.substr(copied, i - copied));
        const std::size_t begin = after.size();
        if (escape.is_byte) {
            after.push_back(static_cast<char>(escape.code_point));
        } else {
            append(escape.code_point, after);
        }
        level.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(i),
                         static_cast<std::uint8_t>(after.size() - begin),
                         static_cast<std::uint8_t>(escape.length)});
        copied = i + escape.length;
        i = before.find_first_of(escapes, copied);
    }
    if (level.empty()) {
        return false;
    }
    after.append(before.substr(copied));
    resolved_ = std::move(after);
    levels_.push_back(std::move(level));
    return true;
}

Span Reading::source(std::size_t begin, std::size_t end) const noexcept {
    Span span{begin, end};
    for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
        span = source(*level, span);
    }
    return span;
}

Span Reading::source(const Level& level, Span span) noexcept {
    const auto last_before = [&level](std::size_t place) {
        const auto behind =
            std::upper_bound(level.begin(), level.end(), place,
                             [](std::size_t at, const Resolved& escape) { return at < escape.begin; });
        return behind == level.begin() ? Resolved{} : *(behind - 1);
    };
    const Resolved first = last_before(span.begin);
    const Resolved last = last_before(span.end - 1);
    const auto is_in = [](std::size_t place, const Resolved& escape) {
        return place < std::size_t{escape.begin} + escape.size;
    };
    const auto shifted = [](std::size_t place, const Resolved& escape) {
        return place - escape.begin - escape.size + escape.from + escape.length;
    };
    return {is_in(span.begin, first) ? first.from : shifted(span.begin, first),
            is_in(span.end - 1, last) ? std::size_t{last.from} + last.length : shifted(span.end, last)};
}

}  // namespace sent::detail
