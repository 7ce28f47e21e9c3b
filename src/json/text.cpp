#include "json/text.hpp"

#include <charconv>
#include <cmath>
#include <system_error>

#include "base/text/utf8.hpp"

#if !defined(__cpp_lib_to_chars)
#include <locale>
#include <sstream>
#endif

namespace sent::detail {

namespace {

void append_escape(unsigned char byte, std::string& out) {
    switch (byte) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\b':
            out += "\\b";
            return;
        case '\f':
            out += "\\f";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            break;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u00";
    out += digits[byte >> 4U];
    out += digits[byte & 0x0FU];
}

/// Enough for every double and every 64-bit integer.
constexpr std::size_t number_size = 32;

/// Above this, a double cannot represent every integer.
constexpr double largest_exact_integer = 9007199254740992.0;

/// Whether a number that does not fit a double is too large, not too small.
[[maybe_unused]] bool is_huge(std::string_view text) noexcept {
    const std::size_t exponent_at = text.find_first_of("eE");
    const std::string_view digits = text.substr(0, exponent_at);
    std::int64_t exponent = 0;
    if (exponent_at != std::string_view::npos) {
        const std::string_view tail =
            text.substr(exponent_at + (text.substr(exponent_at + 1, 1) == "+" ? 2 : 1));
        if (std::from_chars(tail.data(), tail.data() + tail.size(), exponent).ec != std::errc{}) {
            return tail.substr(0, 1) != "-";
        }
    }
    const auto point =
        static_cast<std::int64_t>(digits.size() < digits.find('.') ? digits.size() : digits.find('.'));
    const auto first = static_cast<std::int64_t>(digits.find_first_of("123456789"));
    return exponent > first - point;
}

#if defined(__cpp_lib_to_chars)

std::string_view print_double(double number, char (&buffer)[number_size]) noexcept {
    const auto written = std::to_chars(buffer, buffer + number_size, number);
    return {buffer, static_cast<std::size_t>(written.ptr - buffer)};
}

bool read_double(std::string_view text, double& number) noexcept {
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec == std::errc::result_out_of_range && read.ptr == end) {
        number = is_huge(text) ? HUGE_VAL : 0.0;
        return true;
    }
    return read.ec == std::errc{} && read.ptr == end;
}

#else

// For standard libraries without floating-point <charconv>: slower, but also independent of the locale.

std::string print_double(double number, char (&)[number_size]) {
    std::ostringstream stream;
    stream.imbue(std::locale::classic());
    stream.precision(17);
    stream << number;
    return stream.str();
}

bool read_double(std::string_view text, double& number) {
    if (text.empty() || text.find_first_not_of("0123456789+-.eE") != std::string_view::npos) {
        return false;
    }
    std::istringstream stream{std::string{text}};
    stream.imbue(std::locale::classic());
    stream >> number;
    return stream.eof() && !stream.bad();
}

#endif

}  // namespace

std::size_t append_json_string(std::string_view text, std::string& out) {
    const std::size_t before = out.size();
    out += '"';
    std::size_t start = 0;  // of the part that has not been appended yet and needs no escapes
    std::size_t position = 0;
    while ((position += plain_prefix(text.substr(position))) < text.size()) {
        const std::size_t length = utf8_sequence(text.substr(position));
        if (length == 0) {
            out.resize(before);
            return position;
        }
        if (length == 1) {
            out.append(text, start, position - start);
            append_escape(static_cast<unsigned char>(text[position]), out);
            start = position + 1;
        }
        position += length;
    }
    out.append(text, start, text.size() - start);
    out += '"';
    return std::string_view::npos;
}

void append_integer(std::int64_t number, std::string& out) {
    char buffer[number_size];
    const auto written = std::to_chars(buffer, buffer + number_size, number);
    out.append(buffer, written.ptr);
}

bool append_number(double number, std::string& out) {
    if (!std::isfinite(number)) {
        return false;
    }
    char buffer[number_size];
    out += print_double(number, buffer);
    return true;
}

bool parse_integer(std::string_view text, std::int64_t& number) noexcept {
    const char* const end = text.data() + text.size();
    std::int64_t whole = 0;
    const auto read = std::from_chars(text.data(), end, whole);
    if (read.ptr == end && read.ec == std::errc{}) {
        number = whole;
        return true;
    }
    double value = 0;
    if (read.ptr == end || !parse_number(text, value) || std::trunc(value) != value ||
        std::fabs(value) > largest_exact_integer) {
        return false;
    }
    number = static_cast<std::int64_t>(value);
    return true;
}

bool parse_number(std::string_view text, double& number) noexcept {
    double value = 0;
    if (!read_double(text, value) || !std::isfinite(value)) {
        return false;
    }
    number = value;
    return true;
}

}  // namespace sent::detail
