#include "core/readings.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "json/utf8.hpp"

namespace sent::detail {
namespace {

/// Returns -1 if it is no digit of that base.
int digit_of(char c, int base) noexcept {
    int value = -1;
    if (c >= '0' && c <= '9') {
        value = c - '0';
    } else if (c >= 'a' && c <= 'f') {
        value = c - 'a' + 10;
    } else if (c >= 'A' && c <= 'F') {
        value = c - 'A' + 10;
    }
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

Escape backslash(std::string_view text) noexcept {
    constexpr std::string_view letters = "nrtbf/\"\\'";
    constexpr std::string_view meanings = "\n\r\t\b\f/\"\\'";
    const char kind = text.size() > 1 ? text[1] : '\0';
    if (kind == 'u') {
        return number(text, 2, 4, 16, false);
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
        static constexpr std::array<Name, 11> names{{{"amp", '&'},
                                                     {"lt", '<'},
                                                     {"gt", '>'},
                                                     {"quot", '"'},
                                                     {"apos", '\''},
                                                     {"nbsp", 0xA0},
                                                     {"plus", '+'},
                                                     {"sol", '/'},
                                                     {"equals", '='},
                                                     {"lowbar", '_'},
                                                     {"hyphen", '-'}}};
        const auto found = std::find_if(names.begin(), names.end(), [&](const Name& each) {
            return each.name == text.substr(1, end - 1);
        });
        if (found != names.end()) {
            escape = {found->code_point, end};
        }
    }
    escape.length += escape.length > 0 ? 1U : 0U;  // the semicolon
    return escape;
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

void Reading::append_byte(char byte, std::size_t begin, std::size_t end) {
    resolved_.push_back(byte);
    begins_.push_back(static_cast<std::uint32_t>(begin));
    ends_.push_back(static_cast<std::uint32_t>(end));
}

void Reading::append(char32_t code_point, std::size_t begin, std::size_t end) {
    const auto byte = [&](char32_t bits) { append_byte(static_cast<char>(bits), begin, end); };
    if (code_point < 0x80) {
        byte(code_point);
    } else if (code_point < 0x800) {
        byte(0xC0 | code_point >> 6);
        byte(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        byte(0xE0 | code_point >> 12);
        byte(0x80 | (code_point >> 6 & 0x3F));
        byte(0x80 | (code_point & 0x3F));
    } else {
        byte('?');  // nothing that anybody looks for
    }
}

bool Reading::resolve() {
    if (text().find_first_of("\\%&") == std::string_view::npos) {
        return false;
    }
    const Reading before = std::exchange(*this, Reading(text_));
    const std::string_view text = before.text();
    bool found = false;
    for (std::size_t i = 0; i < text.size();) {
        const Escape escape = escape_at(text.substr(i));
        if (escape.length == 0) {
            const Span source = before.source(i, i + 1);
            append_byte(text[i], source.begin, source.end);
            ++i;
            continue;
        }
        found = true;
        const Span source = before.source(i, i + escape.length);
        if (escape.is_byte) {
            append_byte(static_cast<char>(escape.code_point), source.begin, source.end);
        } else {
            append(escape.code_point, source.begin, source.end);
        }
        i += escape.length;
    }
    as_it_stands_ = false;
    return found;
}

}  // namespace sent::detail
