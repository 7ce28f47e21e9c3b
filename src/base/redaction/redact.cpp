#include "base/redaction/redact.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "base/redaction/phone_numbers.hpp"
#include "base/text/utf8.hpp"

namespace sent::detail {
namespace {

constexpr std::size_t window_size = 8;
constexpr std::size_t quarter_size = 4;
/// Of any so many consecutive quarters, one lies within each window.
constexpr std::size_t quarter_step = window_size - quarter_size + 1;
/// Few enough of them are taken that other text seldom meets one.
constexpr std::size_t quarters_per_place = 16;
/// Length of the longest usual escape, `\\u002B`.
constexpr std::size_t longest_escape = 6;

std::uint64_t window_at(std::string_view text, std::size_t begin) noexcept {
    std::uint64_t window = 0;
    std::memcpy(&window, text.data() + begin, window_size);
    // A bijection, so that equal numbers mean equal text. It also keeps the secret out of memory dumps.
    return window * 0x9E3779B97F4A7C15U;
}

/// The same of the four characters at `begin`.
std::size_t quarter_at(std::string_view text, std::size_t begin, std::size_t places) noexcept {
    std::uint32_t quarter = 0;
    std::memcpy(&quarter, text.data() + begin, quarter_size);
    return (quarter * std::uint64_t{0x9E3779B97F4A7C15U} >> 40U) & (places - 1);
}

std::size_t place_of(std::uint64_t window, std::size_t places) noexcept {
    return static_cast<std::size_t>(window >> 32U) & (places - 1);
}

/// The secret in hexadecimal.
std::string in_hex(std::string_view secret, std::string_view digits) {
    std::string text;
    for (const char c : secret) {
        const auto byte = static_cast<unsigned char>(c);
        text.push_back(digits[byte >> 4U]);
        text.push_back(digits[byte & 0xFU]);
    }
    return text;
}

/// The secret in base64 after `before` other bytes. Leaves out characters that also depend on bytes around
/// it.
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

/// Returns a mark that cannot form a part of the secret together with the text around it.
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

/// Control characters of ASCII and Latin-1, and the line and paragraph separators of Unicode.
bool is_control(std::string_view sequence) noexcept {
    const auto first = static_cast<unsigned char>(sequence.front());
    return first < 0x20 || first == 0x7F ||
           (sequence.size() == 2 && first == 0xC2 && static_cast<unsigned char>(sequence[1]) < 0xA0) ||
           sequence == "\xE2\x80\xA8" || sequence == "\xE2\x80\xA9";
}

/// What is shown of a byte that is not UTF-8: of the blanks, dashes and dots of Windows-1252 such.
char readable(char c) noexcept {
    switch (static_cast<unsigned char>(c)) {
        case 0xA0:
            return ' ';
        case 0x95:  // not a dot, which could make a decimal fraction of a number
        case 0x96:
        case 0x97:
        case 0xAD:
            return '-';
        case 0xB7:
            return '.';
        default:
            return '?';
    }
}

/// Makes the text one line of valid UTF-8.
std::string one_line(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const auto length = utf8_sequence(text);
        const auto sequence = text.substr(0, std::max<std::size_t>(length, 1));
        if (is_control(sequence)) {
            result.push_back(' ');
        } else if (length == 0) {
            result.push_back(readable(sequence.front()));
        } else {
            result.append(sequence);
        }
        text.remove_prefix(sequence.size());
    }
    return result;
}

/// Returns the last position up to `limit` that does not split a character.
std::size_t place_to_cut(std::string_view text, std::size_t limit) noexcept {
    if (text.size() <= limit) {
        return text.size();
    }
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    while (limit > 0 && continues(text[limit])) {
        --limit;
    }
    return limit;
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
    // All spellings together have about ten times as many windows as the secret.
    std::size_t places = 256;
    while (places < secret.size() * 32) {
        places *= 2;
    }
    windows_.resize(places);
    quarters_.resize(places * quarters_per_place);
    add(secret);
    // Escapes in a text are resolved before it is searched. A secret that looks escaped is changed by this,
    // so it is also searched in its resolved form.
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
    for (std::size_t i = 0; i + quarter_size <= text.size(); ++i) {
        quarters_[quarter_at(text, i, quarters_.size())] = true;
    }
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

template <class Found>
void Redactor::for_each_part(std::string_view text, Found found) const {
    Span part;
    std::size_t next = 0;  // the first window that nobody has looked at
    for (std::size_t i = quarter_step - 1; i + quarter_size <= text.size(); i += quarter_step) {
        if (!quarters_[quarter_at(text, i, quarters_.size())]) {
            continue;
        }
        const std::size_t end = std::min(i + 1, text.size() - window_size + 1);
        for (next = std::max(next, i + 1 - quarter_step); next < end; ++next) {
            if (!has_window(window_at(text, next))) {
                continue;
            }
            if (next >= part.end && part.end > 0) {
                found(part.begin, part.end);
                part = {};
            }
            part = {part.end > 0 ? part.begin : next, next + window_size};
        }
    }
    if (part.end > 0) {
        found(part.begin, part.end);
    }
}

std::vector<Mark> Redactor::find(std::string_view text) const {
    std::vector<Mark> marks;
    if (windows_.empty()) {
        return marks;
    }
    for_each_reading(text, [&](const Reading& reading, std::size_t offset) {
        for_each_part(reading.text(), [&](std::size_t begin, std::size_t end) {
            const Span span = reading.source(begin, end);
            marks.push_back({{span.begin + offset, span.end + offset}, mark_});
        });
    });
    return marks;
}

std::string Redactor::without_secret(std::string&& text) const {
    auto marks = find(text);
    return marks.empty() ? std::move(text) : with_marks(text, std::move(marks));
}

std::string Redactor::body_without_secret(std::string_view body) const {
    // Looks at more than it keeps, so that a secret at the cut is seen.
    const auto examined = body.substr(0, longest_body + longest_spelling);
    std::string result = with_marks(examined, find(examined), place_to_cut(body, longest_body));
    result.resize(place_to_cut(result, longest_body));
    return result;
}

Headers Redactor::without_secret(Headers&& headers) const {
    // All at once: there can be a thousand, and nearly never one that has the secret. What is between them is
    // part of no escape and no spelling.
    std::string all;
    all.reserve(headers.bytes());
    for (const auto field : headers) {
        all.append(field.name).append(1, '\n').append(field.value).append(1, '\n');
    }
    if (find(all).empty()) {
        return std::move(headers);
    }
    Headers result;
    result.reserve(headers.bytes());
    for (const auto field : headers) {
        result.add(with_marks(field.name, find(field.name)), with_marks(field.value, find(field.value)));
    }
    return result;
}

std::string Redactor::shown(std::string_view text, std::size_t limit, bool masks_numbers) const {
    // Examines more than is shown, so that a secret or a number at the cut is recognised.
    constexpr std::size_t longest_number = 256;
    const std::string line =
        one_line(text.substr(0, limit + std::max(longest_ * longest_escape, longest_number)));
    auto marks = find(line);
    if (masks_numbers) {
        for (const Span& hidden : digits_to_hide(line)) {
            marks.push_back({hidden, "***"});
        }
    }
    std::string result = with_marks(line, std::move(marks), place_to_cut(line, limit));
    result.resize(place_to_cut(result, limit));
    return result;
}

std::string Redactor::presentable(std::string_view text, std::size_t limit) const {
    return shown(text, limit, true);
}

std::string Redactor::presentable_id(std::string_view text) const {
    constexpr std::size_t longest_id = 256;
    return shown(text, longest_id, !can_be_id(text));
}

std::string presentable(std::string_view text, std::string_view secret) {
    return Redactor(secret).presentable(text);
}

}  // namespace sent::detail
