#include "core/redact.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "json/utf8.hpp"

namespace sent::detail {
namespace {

constexpr std::size_t fewest_digits = 8;
constexpr std::size_t digits_kept = 4;

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// What may stand between the digits of a written phone number.
bool is_separator(char c) noexcept {
    return c == ' ' || c == '-' || c == '.' || c == '(' || c == ')';
}

/// End of the phone number that starts at `begin`, behind its last digit; `digits` counts them.
std::size_t end_of_number(std::string_view text, std::size_t begin, std::size_t& digits) noexcept {
    const bool international = text[begin] == '+';
    std::size_t end = begin + (international ? 1 : 0);
    digits = 0;
    for (std::size_t i = end; i < text.size(); ++i) {
        if (is_digit(text[i])) {
            ++digits;
            end = i + 1;
        } else if (!international || !is_separator(text[i]) || i > end + 1) {
            break;
        }
    }
    return end;
}

void append_masked(std::string_view number, std::string& out) {
    std::size_t head = number.front() == '+' ? 1 : 0;
    for (std::size_t digits = 0; digits < digits_kept; ++head) {
        digits += is_digit(number[head]) ? 1U : 0U;
    }
    std::size_t tail = number.size();
    for (std::size_t digits = 0; digits < digits_kept; --tail) {
        digits += is_digit(number[tail - 1]) ? 1U : 0U;
    }
    if (head > tail) {
        head = 1;
    }
    out.append(number.substr(0, head)).append("***").append(number.substr(tail));
}

}  // namespace

void blot_out(std::string& text, std::string_view secret) {
    constexpr std::string_view replacement = "[redacted]";
    if (secret.empty()) {
        return;
    }
    auto at = text.find(secret);
    if (at == std::string::npos) {
        return;
    }
    // Into another string, because a server may repeat the secret as often as a body has room for it.
    std::string result;
    std::size_t copied = 0;
    for (; at != std::string::npos; at = text.find(secret, copied)) {
        result.append(text, copied, at - copied).append(replacement);
        copied = at + secret.size();
    }
    text = std::move(result.append(text, copied, std::string::npos));
}

void mask_phone_numbers(std::string& text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const bool starts = text[i] == '+' || is_digit(text[i]);
        std::size_t digits = 0;
        const auto end = starts ? end_of_number(text, i, digits) : i;
        if (digits >= fewest_digits) {
            append_masked(std::string_view{text}.substr(i, end - i), result);
            i = end;
        } else {
            const auto next = std::max(end, i + 1);
            result.append(text, i, next - i);
            i = next;
        }
    }
    text = std::move(result);
}

namespace {

std::string printable(std::string_view text, std::string_view secret, std::size_t limit) {
    // The secret goes first, while it is still whole.
    std::string whole{text.substr(0, limit + secret.size())};
    blot_out(whole, secret);
    std::string_view rest{whole};
    rest = rest.substr(0, limit);
    std::string result;
    result.reserve(rest.size());
    while (!rest.empty()) {
        const auto length = utf8_sequence(rest);
        const bool control = static_cast<unsigned char>(rest.front()) < 0x20 || rest.front() == 0x7F;
        if (length == 0 || control) {
            result.push_back(control ? ' ' : '?');
            rest.remove_prefix(1);
        } else {
            result.append(rest.substr(0, length));
            rest.remove_prefix(length);
        }
    }
    return result;
}

}  // namespace

std::string presentable(std::string_view text, std::string_view secret, std::size_t limit) {
    auto result = printable(text, secret, limit);
    mask_phone_numbers(result);
    return result;
}

std::string presentable_id(std::string_view text, std::string_view secret) {
    constexpr std::size_t longest_id = 256;
    auto result = printable(text, secret, longest_id);
    if (result.find('+') != std::string::npos) {
        mask_phone_numbers(result);
    }
    return result;
}

}  // namespace sent::detail
