#include "base/redaction/lookalikes.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace sent::detail {
namespace {

using Kind = DigitText::Kind;

bool is_date(std::uint64_t year, std::uint64_t month, std::uint64_t day) noexcept {
    return year >= 1900 && year < 2200 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

bool is_time(std::uint64_t hhmmss) noexcept {
    return hhmmss / 10000 < 24 && hhmmss / 100 % 100 < 60 && hhmmss % 100 <= 60;
}

/// 20261130, 20261130141407, and seconds or milliseconds since 1970.
bool is_compact_time(const DigitGroup& group) noexcept {
    constexpr std::uint64_t from = 1'500'000'000;
    constexpr std::uint64_t to = 2'000'000'000;
    switch (group.digits) {
        case 8:
            return is_date(group.value / 10000, group.value / 100 % 100, group.value % 100);
        case 10:
            return group.value >= from && group.value < to;
        case 13:
            return group.value >= from * 1000 && group.value < to * 1000;
        case 14:
            return is_date(group.value / 10'000'000'000, group.value / 100'000'000 % 100,
                           group.value / 1'000'000 % 100) &&
                   is_time(group.value % 1'000'000);
        default:
            return false;
    }
}

bool is_in_list(std::string_view word, std::string_view list) {
    return !word.empty() && list.find(" " + std::string{word} + " ") != std::string_view::npos;
}

bool is_in_list(char c, std::string_view list) noexcept {
    return c != '\0' && list.find(c) != std::string_view::npos;
}

bool is_currency(std::string_view word) {
    return is_in_list(word, " $ USD EUR GBP CHF JPY CAD AUD INR BRL MXN CNY SEK NOK DKK ");
}

bool is_unit(std::string_view word) {
    return is_currency(word) ||
           is_in_list(word,
                      " ns nanosecond nanoseconds us microsecond microseconds ms millisecond milliseconds "
                      "s sec secs second seconds min mins minute minutes h hour hours day days "
                      "B byte bytes kB KB KiB MB MiB GB GiB bit bits Hz kHz MHz GHz % cent cents credits "
                      "times requests messages calls characters ");
}

}  // namespace

bool Lookalikes::has_digits(std::size_t first, std::initializer_list<std::size_t> counts) const noexcept {
    if (groups_.size() - first < counts.size()) {
        return false;
    }
    return std::equal(counts.begin(), counts.end(), groups_.begin() + static_cast<std::ptrdiff_t>(first),
                      [](std::size_t count, const DigitGroup& group) { return group.digits == count; });
}

std::size_t Lookalikes::north_american(std::size_t first) const noexcept {
    const bool has_country = groups_[first].digits == 1 && groups_[first].value == 1;
    const std::size_t area = first + (has_country ? 1U : 0U);
    if (has_digits(area, {3, 3, 4})) {
        return area + 3 - first;
    }
    // 415.5551234; no area begins with 0 or 1.
    return has_digits(area, {3, 7}) && groups_[area].value >= 200 ? area + 2 - first : 0;
}

std::size_t Lookalikes::end_of_date(std::size_t first) const noexcept {
    const DigitGroup& group = groups_[first];
    if (groups_.size() - first >= 3) {
        const DigitGroup& second = groups_[first + 1];
        const DigitGroup& third = groups_[first + 2];
        const bool same = second.before.dash == third.before.dash && second.before.dot == third.before.dot &&
                          second.before.slash == third.before.slash && !second.before.space &&
                          !third.before.space;
        const bool european = is_date(third.value, second.value, group.value);
        const bool american = is_date(third.value, group.value, second.value);
        if (same && ((has_digits(first, {4, 2, 2}) && is_date(group.value, second.value, third.value)) ||
                     (has_digits(first, {2, 2, 4}) && (european || american)))) {
            return first + 3;
        }
    }
    // 12:34:56.789012345
    if (first == 0 && group.digits <= 2 && text_.ascii_before(group.begin) == ':' && group.begin >= 2 &&
        text_.kind(group.begin - 2) == Kind::digit) {
        const bool has_fraction = groups_.size() > 1 && groups_[1].before.dot && !groups_[1].before.space;
        return first + (has_fraction ? 2 : 1);
    }
    // 20261130-141407
    if (has_digits(first, {8, 6}) && is_compact_time(group) && is_time(groups_[first + 1].value)) {
        return first + 2;
    }
    return is_alone(first) && is_compact_time(group) ? first + 1 : first;
}

bool Lookalikes::is_alone(std::size_t g) const noexcept {
    const auto joined = [](const DigitGroup& group) {
        return group.before.dash || group.before.dot || group.before.slash;
    };
    return (g == 0 || !joined(groups_[g])) && (g + 1 == groups_.size() || !joined(groups_[g + 1]));
}

bool Lookalikes::only_dots_before(std::size_t g) const noexcept {
    return groups_[g].before.dot && !groups_[g].before.space && !groups_[g].before.dash &&
           !groups_[g].before.slash;
}

std::size_t Lookalikes::end_of_address_or_decimal(std::size_t first) const noexcept {
    std::size_t end = first + 1;
    bool fits_byte = groups_[first].value <= 255;
    bool has_single = false;
    constexpr std::size_t most_groups = 16;
    for (; end < groups_.size() && end - first < most_groups && only_dots_before(end); ++end) {
        fits_byte = fits_byte && groups_[end].value <= 255;
        has_single = has_single || groups_[end].digits == 1;
    }
    const std::size_t count = end - first;
    const bool has_trunk_zero = groups_[first].zeros > 0 && groups_[first].digits > groups_[first].zeros;
    const bool has_prefix = groups_[first].zeros == 2 && groups_[first].digits == 2;  // 00.41.79...
    if (count < 2 || has_trunk_zero || has_prefix || north_american(first) != 0) {
        return first;
    }
    const bool is_address = count == 4 && fits_byte;
    const bool is_decimal = count == 2;
    const bool is_price = is_in_thousands(first, end) && is_amount(first, end);
    return is_address || is_decimal || has_single || is_price ? end : first;
}

bool Lookalikes::is_in_thousands(std::size_t first, std::size_t end) const noexcept {
    return groups_[first].digits <= 3 &&
           std::all_of(groups_.begin() + static_cast<std::ptrdiff_t>(first) + 1,
                       groups_.begin() + static_cast<std::ptrdiff_t>(end),
                       [](const DigitGroup& group) { return group.digits == 3; });
}

bool Lookalikes::is_amount(std::size_t first, std::size_t end) const {
    const std::size_t before = groups_[first].begin;
    const std::size_t behind = groups_[end - 1].end;
    const bool has_cents = text_.ascii(behind) == ',' && text_.kind(behind + 1) == Kind::digit &&
                           text_.kind(behind + 2) == Kind::digit && text_.kind(behind + 3) != Kind::digit;
    return has_cents || is_unit(word_behind(behind)) || is_currency(word_before(before));
}

std::string Lookalikes::word_behind(std::size_t i) const {
    i += text_.kind(i) == Kind::space ? 1U : 0U;
    std::string word;
    constexpr std::size_t longest = 16;
    for (; text_.kind(i) == Kind::letter && word.size() < longest; ++i) {
        word.push_back(text_.ascii(i));
    }
    return word.empty() && (text_.ascii(i) == '%' || text_.ascii(i) == '$') ? std::string(1, text_.ascii(i))
                                                                            : word;
}

std::string Lookalikes::word_before(std::size_t i) const {
    i -= text_.kind_before(i) == Kind::space ? 1U : 0U;
    if (text_.ascii_before(i) == '$') {
        return "$";
    }
    std::string word;
    constexpr std::size_t longest = 4;
    for (; text_.kind_before(i) == Kind::letter && word.size() < longest; --i) {
        word.insert(word.begin(), text_.ascii_before(i));
    }
    return word;
}

bool Lookalikes::is_something_else(std::size_t first, std::size_t end, bool has_prefix) const {
    if (groups_[first].zeros > 2 || is_in_identifier(first, end)) {
        return true;
    }
    if (end - first == 1) {
        return !has_prefix && (is_amount(first, end) || is_labelled(groups_[first]) ||
                               is_first_label_of_host(groups_[first].end));
    }
    const bool has_cents =
        only_dots_before(end - 1) && groups_[end - 1].digits == 2 && groups_[first + 1].before.space;
    return is_in_thousands(first, has_cents ? end - 1 : end) && (has_cents || is_amount(first, end));
}

std::string Lookalikes::label_before(std::size_t& i) const {
    constexpr std::size_t most_between = 3;
    for (std::size_t skipped = 0; skipped < most_between; ++skipped) {
        if (text_.kind_before(i) != Kind::space && !is_in_list(text_.ascii_before(i), "=:\"'#")) {
            break;
        }
        --i;
    }
    std::string word;
    constexpr std::size_t longest = 24;
    for (; text_.kind_before(i) == Kind::letter && word.size() < longest; --i) {
        const char c = text_.ascii_before(i);
        word.insert(word.begin(), c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
    return word;
}

bool Lookalikes::is_labelled(const DigitGroup& group) const {
    constexpr std::size_t openssl_digits = 8;
    std::size_t i = group.begin;
    const std::string word = label_before(i);
    if (word == "error") {
        return group.digits == openssl_digits;
    }
    if (word == "code" || word == "number") {
        const std::string before = label_before(i);
        return word == "code" ? is_in_list(before, " error exit status reason result ") : before == "serial";
    }
    // Of timeout_ms and max_bytes any part.
    for (std::size_t begin = 0; begin < word.size();) {
        const std::size_t end = std::min(word.find('_', begin), word.size());
        if (is_in_list(word.substr(begin, end - begin),
                       " timeout deadline delay duration interval elapsed ttl offset position length size "
                       "limit byte bytes serial errno pid ")) {
            return true;
        }
        begin = end + 1;
    }
    return false;
}

/// As in 123456789012.registry.example.com. With one label behind it, it may be the end of a sentence.
bool Lookalikes::is_first_label_of_host(std::size_t i) const noexcept {
    constexpr std::size_t longest_label = 63;
    std::size_t labels = 0;
    for (; labels < 2 && text_.ascii(i) == '.' && text_.kind(i + 1) == Kind::letter; ++labels) {
        const std::size_t begin = ++i;
        while (i - begin < longest_label &&
               (text_.kind(i) == Kind::letter || text_.kind(i) == Kind::digit || text_.ascii(i) == '-')) {
            ++i;
        }
    }
    return labels == 2;
}

bool Lookalikes::is_extension(std::size_t i) const noexcept {
    std::size_t letters = 0;
    constexpr std::size_t longest = 9;
    while (letters <= longest && text_.kind(i + letters) == Kind::letter) {
        ++letters;
    }
    const auto is_word = [&](std::string_view word) {
        for (std::size_t k = 0; k < word.size(); ++k) {
            const char c = text_.ascii(i + k);
            if (c != word[k] && c != static_cast<char>(word[k] - 'a' + 'A')) {
                return false;
            }
        }
        return letters == word.size();
    };
    if (!is_word("x") && !is_word("ext") && !is_word("extn") && !is_word("extension")) {
        return false;
    }
    i += letters;
    i += text_.ascii(i) == '.' ? 1U : 0U;
    i += text_.kind(i) == Kind::space ? 1U : 0U;
    std::size_t digits = 0;
    constexpr std::size_t most = 6;
    while (digits <= most && text_.kind(i + digits) == Kind::digit) {
        ++digits;
    }
    return digits > 0 && digits <= most && text_.kind(i + digits) != Kind::letter;
}

bool Lookalikes::is_in_identifier(std::size_t first, std::size_t end) const noexcept {
    const std::size_t before = groups_[first].begin;
    const std::size_t behind = groups_[end - 1].end;
    const bool joined_before = text_.kind_before(before) == Kind::letter;
    const bool joined_behind = text_.kind(behind) == Kind::letter && !is_extension(behind);
    if (joined_before || joined_behind) {
        return true;
    }
    for (std::size_t g = first + 1; g < end; ++g) {
        if (groups_[g].before.space || groups_[g].before.dot || groups_[g].before.slash) {
            return false;
        }
    }
    return north_american(first) == 0 && is_in_dashed_token(before, behind);
}

bool Lookalikes::is_in_dashed_token(std::size_t begin, std::size_t end) const noexcept {
    constexpr std::size_t far = 40;  // longer than a UUID
    std::size_t digits = 0;
    const auto is_joined = [this](std::size_t i) {
        return text_.kind(i) == Kind::digit || text_.kind(i) == Kind::letter || text_.ascii(i) == '-';
    };
    std::size_t i = begin;
    while (i > 0 && begin - i < far && is_joined(i - 1)) {
        --i;
    }
    std::size_t j = end;
    while (j - end < far && is_joined(j) && !is_extension(j)) {
        ++j;
    }
    for (; i < j; ++i) {
        if (text_.kind(i) == Kind::letter) {
            return true;
        }
        digits += text_.kind(i) == Kind::digit ? 1U : 0U;
    }
    return digits > most_phone_digits;
}

}  // namespace sent::detail
