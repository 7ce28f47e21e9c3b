#include "core/redact.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "core/phone_numbers.hpp"
#include "core/readings.hpp"
#include "json/utf8.hpp"

namespace sent::detail {
namespace {

constexpr std::size_t window_size = 8;
/// What the longest usual escape makes of a character: `\\u002B`.
constexpr std::size_t longest_escape = 6;

std::uint64_t window_at(std::string_view text, std::size_t begin) noexcept {
    std::uint64_t window = 0;
    std::memcpy(&window, text.data() + begin, window_size);
    // Scrambled, and none twice the same: the table holds nothing of the secret that could be read.
    return window * 0x9E3779B97F4A7C15U;
}

std::size_t place_of(std::uint64_t window, std::size_t places) noexcept {
    return static_cast<std::size_t>(window >> 32U) & (places - 1);
}

/// How the secret reads in hexadecimal.
std::string in_hex(std::string_view secret, std::string_view digits) {
    std::string text;
    for (const char c : secret) {
        const auto byte = static_cast<unsigned char>(c);
        text.push_back(digits[byte >> 4U]);
        text.push_back(digits[byte & 0xFU]);
    }
    return text;
}

/// What base64 makes of the secret behind `before` other bytes: only the characters that depend on nothing
/// else.
std::string in_base64(std::string_view secret, std::size_t before, std::string_view last_two) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    constexpr std::size_t byte_bits = 8;
    constexpr std::size_t digit_bits = 6;
    const std::size_t end = (before + secret.size()) * byte_bits;
    std::string text;
    for (std::size_t bit = (before * byte_bits + digit_bits - 1) / digit_bits * digit_bits;
         bit + digit_bits <= end; bit += digit_bits) {
        std::size_t value = 0;
        for (std::size_t i = bit; i < bit + digit_bits; ++i) {
            const auto byte = static_cast<unsigned char>(secret[i / byte_bits - before]);
            value = value << 1U | (byte >> (byte_bits - 1 - i % byte_bits) & 1U);
        }
        text.push_back(value < digits.size() ? digits[value] : last_two[value - digits.size()]);
    }
    return text;
}

/// One that makes no part of the secret together with what stands around it.
std::string_view mark_for(std::string_view secret) noexcept {
    constexpr std::array<std::string_view, 4> others{"***", "###", "~~~", "..."};
    if (secret.find_first_of("[]") == std::string_view::npos &&
        secret.find("redacted") == std::string_view::npos) {
        return "[redacted]";
    }
    const auto* found = std::find_if(others.begin(), others.end(), [&](std::string_view mark) {
        return secret.find(mark.front()) == std::string_view::npos;
    });
    return found != others.end() ? *found : "\xEF\xBF\xBD";
}

/// One line of UTF-8.
std::string one_line(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const auto length = utf8_sequence(text);
        const bool control = static_cast<unsigned char>(text.front()) < 0x20 || text.front() == 0x7F;
        if (length == 0 || control) {
            result.push_back(control ? ' ' : '?');
            text.remove_prefix(1);
        } else {
            result.append(text.substr(0, length));
            text.remove_prefix(length);
        }
    }
    return result;
}

/// Cuts between characters.
void cut(std::string& text, std::size_t limit) {
    if (text.size() <= limit) {
        return;
    }
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    while (limit > 0 && continues(text[limit])) {
        --limit;
    }
    text.resize(limit);
}

bool can_be_id(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view{"_-.:/=~@"}.find(c) != std::string_view::npos;
    });
}

}  // namespace

Redactor::Redactor(std::string_view secret) : longest_(secret.size()), mark_(mark_for(secret)) {
    if (secret.size() < window_size) {
        return;
    }
    // Its spellings have about ten times as many windows.
    std::size_t places = 256;
    while (places < secret.size() * 32) {
        places *= 2;
    }
    windows_.resize(places);
    add(secret);
    // Escapes are resolved in a text before it is looked at, and with them what looks like one in the secret.
    if (Reading reading(secret); reading.resolve()) {
        add(reading.text());
    }
}

void Redactor::add(std::string_view secret) {
    add_windows(secret);
    for (const std::size_t before : {0U, 1U, 2U}) {
        for (const std::string_view last_two : {"+/", "-_"}) {
            add_windows(in_base64(secret, before, last_two));
        }
    }
    for (const std::string_view digits : {"0123456789abcdef", "0123456789ABCDEF"}) {
        add_windows(in_hex(secret, digits));
    }
}

void Redactor::add_windows(std::string_view text) {
    for (std::size_t i = 0; i + window_size <= text.size(); ++i) {
        const std::uint64_t window = window_at(text, i);
        std::size_t place = place_of(window, windows_.size());
        while (windows_[place] != 0 && windows_[place] != window) {
            place = (place + 1) & (windows_.size() - 1);
        }
        windows_[place] = window;
    }
}

bool Redactor::has_window(std::uint64_t window) const noexcept {
    std::size_t place = place_of(window, windows_.size());
    while (windows_[place] != 0) {
        if (windows_[place] == window) {
            return true;
        }
        place = (place + 1) & (windows_.size() - 1);
    }
    return false;
}

std::string Redactor::redacted(std::string_view text) const {
    std::vector<Span> found;
    for_each_reading(text, [&](const Reading& reading, std::size_t offset) {
        const std::string_view read = reading.text();
        for (std::size_t i = 0; i + window_size <= read.size(); ++i) {
            if (!has_window(window_at(read, i))) {
                continue;
            }
            Span span = reading.source(i, i + window_size);
            span.begin += offset;
            span.end += offset;
            if (!found.empty() && span.begin >= found.back().begin && span.begin < found.back().end) {
                found.back().end = std::max(found.back().end, span.end);
            } else {
                found.push_back(span);
            }
        }
    });
    return with_marks(text, std::move(found), mark_);
}

std::string Redactor::without_secret(std::string&& text) const {
    return windows_.empty() ? std::move(text) : redacted(text);
}

Headers Redactor::without_secret(Headers&& headers) const {
    if (windows_.empty()) {
        return std::move(headers);
    }
    Headers result;
    result.reserve(headers.bytes());
    for (const auto field : headers) {
        result.add(redacted(field.name), redacted(field.value));
    }
    return result;
}

std::string Redactor::printable(std::string_view text, std::size_t limit) const {
    // More than what is shown, so that a secret or a number that is cut is seen whole first.
    constexpr std::size_t longest_number = 256;
    const std::size_t looked_at = limit + std::max(longest_ * longest_escape, longest_number);
    return without_secret(one_line(text.substr(0, looked_at)));
}

std::string Redactor::presentable(std::string_view text, std::size_t limit) const {
    const std::string shown = printable(text, limit);
    std::string result = with_marks(shown, digits_to_hide(shown), "***");
    cut(result, limit);
    return result;
}

std::string Redactor::presentable_id(std::string_view text) const {
    constexpr std::size_t longest_id = 256;
    if (!can_be_id(text)) {
        return presentable(text, longest_id);
    }
    std::string result = printable(text, longest_id);
    cut(result, longest_id);
    return result;
}

std::string presentable(std::string_view text, std::string_view secret) {
    return Redactor(secret).presentable(text);
}

}  // namespace sent::detail
