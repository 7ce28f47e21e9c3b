#include "core/response_headers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>

#include "base/saturating.hpp"
#include "base/text/ascii.hpp"
#include "base/text/trim.hpp"
#include "json/text.hpp"

#include <sent/timestamp.hpp>

namespace sent::detail {
namespace {

std::optional<std::chrono::milliseconds> to_wait(double milliseconds) noexcept {
    constexpr double longest = 365.0 * 24 * 3600 * 1000;
    if (!(milliseconds > 0)) {
        return std::nullopt;
    }
    // Rounded up, so that no request is sent too early.
    return std::chrono::milliseconds{static_cast<std::int64_t>(std::ceil(std::min(milliseconds, longest)))};
}

std::optional<double> parse_decimal(std::string_view text) noexcept {
    double number = 0;
    return parse_number(trimmed(text), number) ? std::optional<double>{number} : std::nullopt;
}

std::optional<std::int64_t> parse_count(std::optional<std::string_view> text) noexcept {
    std::int64_t number = 0;
    return text && parse_integer(trimmed(*text), number) ? std::optional<std::int64_t>{number} : std::nullopt;
}

/// Reads a value that is true or false (1, 0), in any case.
std::optional<bool> parse_flag(std::optional<std::string_view> value) noexcept {
    if (!value) {
        return std::nullopt;
    }
    const auto text = trimmed(*value, white_space);
    if (text == "1" || same_header_name(text, "true")) {
        return true;
    }
    return text == "0" || same_header_name(text, "false") ? std::optional{false} : std::nullopt;
}

std::optional<RateLimit> parse_rate_limit(std::optional<std::string_view> most,
                                          std::optional<std::string_view> remaining,
                                          std::optional<std::string_view> reset) noexcept {
    RateLimit limit;
    limit.limit = parse_count(most);
    limit.remaining = parse_count(remaining);
    const auto seconds = parse_count(reset);
    // The largest Unix time in seconds that fits a Timestamp.
    constexpr std::int64_t furthest = std::numeric_limits<std::int64_t>::max() / 1'000'000'000;
    if (seconds && *seconds >= 0 && *seconds <= furthest) {
        limit.reset = Timestamp{std::chrono::seconds{*seconds}};
    }
    return limit.limit || limit.remaining || limit.reset ? std::optional{limit} : std::nullopt;
}

constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::string_view days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::string_view whole_days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                           "Friday", "Saturday", "Sunday"};

/// Returns the position of a name, counted from 1, or 0 if it is not in the list.
template <std::size_t Size>
int number_of(std::string_view name, const std::string_view (&names)[Size]) noexcept {
    const auto* found = std::find_if(std::begin(names), std::end(names), [name](std::string_view each) {
        return same_ignoring_case(each, name);
    });
    return found != std::end(names) ? static_cast<int>(found - names) + 1 : 0;
}

/// The parts of a date as they are written.
struct DateParts {
    std::string_view year{};
    std::string_view month{};
    std::string_view day{};
    std::string_view time{};
};

/// In `pattern`, a letter matches any character; every other character matches itself.
bool has_form(std::string_view text, std::string_view pattern) noexcept {
    return std::equal(text.begin(), text.end(), pattern.begin(), pattern.end(),
                      [](char c, char place) { return is_letter(place) || c == place; });
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or `Sun Nov  6 08:49:37 1994`.
std::optional<DateParts> split_date(std::string_view text) noexcept {
    const auto comma = text.find(',');
    if (comma == std::string_view::npos) {
        const bool is_asctime =
            has_form(text, "DDD MMM dd hh:mm:ss yyyy") && number_of(text.substr(0, 3), days) != 0;
        return is_asctime ? std::optional{DateParts{text.substr(20), text.substr(4, 3), text.substr(8, 2),
                                                    text.substr(11, 8)}}
                          : std::nullopt;
    }
    const auto name = text.substr(0, comma);
    const auto rest = text.substr(comma + 1);
    if (has_form(rest, " dd MMM yyyy hh:mm:ss ZZZ") && number_of(name, days) != 0 &&
        same_ignoring_case(rest.substr(22), "GMT")) {
        return DateParts{rest.substr(8, 4), rest.substr(4, 3), rest.substr(1, 2), rest.substr(13, 8)};
    }
    if (has_form(rest, " dd-MMM-yy hh:mm:ss ZZZ") && number_of(name, whole_days) != 0 &&
        same_ignoring_case(rest.substr(20), "GMT")) {
        return DateParts{rest.substr(8, 2), rest.substr(4, 3), rest.substr(1, 2), rest.substr(11, 8)};
    }
    return std::nullopt;
}

/// Uses the library's only date parser. `century` is empty if the year has four digits.
std::optional<Timestamp> moment_of(const DateParts& parts, std::string_view century) noexcept {
    const int month = number_of(parts.month, months);
    std::array<char, 20> iso{};
    std::size_t at = 0;
    const auto put = [&iso, &at](std::string_view part) {
        for (const char c : part) {
            iso[at++] = c == ' ' ? '0' : c;  // the day in the asctime format
        }
    };
    const char digits[] = {static_cast<char>('0' + month / 10), static_cast<char>('0' + month % 10)};
    put(century);
    put(parts.year);
    put("-");
    put({digits, 2});
    put("-");
    put(parts.day);
    put("T");
    put(parts.time);
    put("Z");
    return month != 0 ? parse_timestamp({iso.data(), at}) : std::nullopt;
}

}  // namespace

std::optional<std::chrono::system_clock::time_point> parse_http_date(
    std::string_view text, std::chrono::system_clock::time_point now) noexcept {
    const auto parts = split_date(text);
    if (!parts) {
        return std::nullopt;
    }
    const bool has_century = parts->year.size() == 4;
    auto moment = moment_of(*parts, has_century ? "" : "20");
    // RFC 9110: a date "more than 50 years in the future" means the most recent year in the past with these
    // digits.
    constexpr std::chrono::hours fifty_years{438'300};
    if (!has_century && moment && *moment - now > fifty_years) {
        moment = moment_of(*parts, "19");
    }
    if (!moment) {
        return std::nullopt;
    }
    return std::chrono::time_point_cast<std::chrono::system_clock::duration>(*moment);
}

std::chrono::system_clock::time_point server_time(const Headers& headers,
                                                  std::chrono::system_clock::time_point now) noexcept {
    const auto text = headers.get("date");
    return text ? parse_http_date(trimmed(*text), now).value_or(now) : now;
}

std::optional<std::chrono::milliseconds> parse_retry_after(
    const Headers& headers, std::chrono::system_clock::time_point now) noexcept {
    if (const auto text = headers.get("retry-after-ms")) {
        if (const auto number = parse_decimal(*text)) {
            return to_wait(*number);
        }
    }
    const auto text = headers.get("retry-after");
    if (!text) {
        return std::nullopt;
    }
    if (const auto number = parse_decimal(*text)) {
        return to_wait(*number * 1000);
    }
    const auto server_now = server_time(headers, now);
    if (const auto date = parse_http_date(trimmed(*text), server_now)) {
        return to_wait(
            std::chrono::duration<double, std::milli>(saturating_difference(*date, server_now)).count());
    }
    return std::nullopt;
}

std::optional<bool> parse_should_retry(const Headers& headers) noexcept {
    return parse_flag(headers.get("x-should-retry"));
}

// One pass for all of them, because each reply pays for it.
void note_headers(const Headers& headers, ResponseMeta& meta) {
    enum Index : std::size_t {
        request_id,
        original_request_id,
        profile_id,
        replayed,
        sandbox,
        limit,
        remaining,
        reset
    };
    constexpr std::string_view names[] = {
        "X-Request-Id", "X-Original-Request-Id", "X-Profile-Id",          "Idempotent-Replayed",
        "X-Sandbox",    "X-RateLimit-Limit",     "X-RateLimit-Remaining", "X-RateLimit-Reset"};
    static_assert(std::size(names) == reset + 1);
    std::array<std::optional<std::string_view>, std::size(names)> values;
    for (const Headers::Field field : headers) {
        for (std::size_t i = 0; i < std::size(names); ++i) {
            // The first of several fields counts, as in Headers::get().
            if (!values[i] && same_ignoring_case(field.name, names[i])) {
                values[i] = field.value;
            }
        }
    }
    const auto text = [&values](Index which) { return std::string{values[which].value_or("")}; };
    if (meta.request_id.empty()) {
        meta.request_id = text(request_id);
    }
    meta.original_request_id = text(original_request_id);
    meta.profile_id = text(profile_id);
    meta.replayed = parse_flag(values[replayed]).value_or(false);
    meta.sandbox = parse_flag(values[sandbox]).value_or(false);
    meta.rate_limit = parse_rate_limit(values[limit], values[remaining], values[reset]);
}

}  // namespace sent::detail
