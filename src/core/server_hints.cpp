#include "core/server_hints.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "json/text.hpp"
#include "saturating.hpp"
#include "text.hpp"

#include <sent/timestamp.hpp>

namespace sent::detail {
namespace {

std::optional<std::chrono::milliseconds> to_wait(double milliseconds) noexcept {
    constexpr double longest = 365.0 * 24 * 3600 * 1000;
    if (!(milliseconds > 0)) {
        return std::nullopt;
    }
    // Rounded up, so that nobody comes back too early.
    return std::chrono::milliseconds{static_cast<std::int64_t>(std::ceil(std::min(milliseconds, longest)))};
}

std::optional<double> parse_decimal(std::string_view text) noexcept {
    double number = 0;
    return parse_number(trimmed(text), number) ? std::optional<double>{number} : std::nullopt;
}

std::optional<std::int64_t> parse_count(const Headers& headers, std::string_view name) noexcept {
    const auto text = headers.get(name);
    std::int64_t number = 0;
    return text && parse_integer(trimmed(*text), number) ? std::optional<std::int64_t>{number} : std::nullopt;
}

}  // namespace

std::optional<std::chrono::system_clock::time_point> parse_http_date(std::string_view text) noexcept {
    // "Sun, 06 Nov 1994 08:49:37 GMT"
    constexpr std::size_t length = 29;
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (text.size() != length || text.substr(3, 2) != ", " || text[7] != ' ' || text[11] != ' ' ||
        text[16] != ' ' || text.substr(25) != " GMT") {
        return std::nullopt;
    }
    std::size_t month = 0;
    while (month < months.size() && months[month] != text.substr(8, 3)) {
        ++month;
    }
    const auto month_number = month + 1;
    // By way of the one date parser that there is.
    std::array<char, 20> iso{};
    const std::string_view day = text.substr(5, 2);
    const std::string_view year = text.substr(12, 4);
    const std::string_view time = text.substr(17, 8);
    std::size_t at = 0;
    const auto put = [&iso, &at](std::string_view part) {
        for (const char c : part) {
            iso[at++] = c;
        }
    };
    put(year);
    put("-");
    iso[at++] = static_cast<char>('0' + month_number / 10);
    iso[at++] = static_cast<char>('0' + month_number % 10);
    put("-");
    put(day);
    put("T");
    put(time);
    put("Z");
    const auto moment = month < months.size() ? parse_timestamp({iso.data(), at}) : std::nullopt;
    if (!moment) {
        return std::nullopt;
    }
    return std::chrono::time_point_cast<std::chrono::system_clock::duration>(*moment);
}

std::chrono::system_clock::time_point server_time(const Headers& headers,
                                                  std::chrono::system_clock::time_point now) noexcept {
    const auto text = headers.get("date");
    return text ? parse_http_date(trimmed(*text)).value_or(now) : now;
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
    if (const auto date = parse_http_date(trimmed(*text))) {
        return to_wait(
            std::chrono::duration<double, std::milli>(saturating_difference(*date, server_time(headers, now)))
                .count());
    }
    return std::nullopt;
}

std::optional<bool> parse_should_retry(const Headers& headers) noexcept {
    const auto text = headers.get("x-should-retry");
    if (text == "true") {
        return true;
    }
    if (text == "false") {
        return false;
    }
    return std::nullopt;
}

std::optional<RateLimit> parse_rate_limit(const Headers& headers) noexcept {
    RateLimit limit;
    limit.limit = parse_count(headers, "x-ratelimit-limit");
    limit.remaining = parse_count(headers, "x-ratelimit-remaining");
    const auto reset = parse_count(headers, "x-ratelimit-reset");
    // Unix seconds that a Timestamp can hold.
    constexpr std::int64_t furthest = std::numeric_limits<std::int64_t>::max() / 1'000'000'000;
    if (reset && *reset >= 0 && *reset <= furthest) {
        limit.reset = Timestamp{std::chrono::seconds{*reset}};
    }
    if (!limit.limit && !limit.remaining && !limit.reset) {
        return std::nullopt;
    }
    return limit;
}

}  // namespace sent::detail
