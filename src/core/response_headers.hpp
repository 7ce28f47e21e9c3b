#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include <sent/http/headers.hpp>
#include <sent/result.hpp>

/// @file
/// Reads the headers about retries and rate limits. The bytes come from the network: the functions do not
/// throw, and ignore what makes no sense.

namespace sent::detail {

/// Reads the three formats of RFC 9110, section 5.6.7, with names in any case and independent of the locale:
/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`. `now`
/// determines the century of a year of two digits.
std::optional<std::chrono::system_clock::time_point> parse_http_date(
    std::string_view text, std::chrono::system_clock::time_point now) noexcept;

/// Returns the current time of the server that sent these headers: their `Date`, otherwise `now`. Other times
/// in the headers are compared with it, because this machine's clock may be wrong.
std::chrono::system_clock::time_point server_time(const Headers& headers,
                                                  std::chrono::system_clock::time_point now) noexcept;

/// Returns how long to wait: `retry-after-ms`, otherwise `Retry-After` in seconds or as a date, relative to
/// server_time(). Returns nothing if it is unreadable, negative, zero or past. Limited to one year.
std::optional<std::chrono::milliseconds> parse_retry_after(
    const Headers& headers, std::chrono::system_clock::time_point now) noexcept;

/// A header that is true or false (1, 0), in any case; nothing for anything else.
std::optional<bool> parse_flag(const Headers& headers, std::string_view name) noexcept;

/// `x-should-retry`.
std::optional<bool> parse_should_retry(const Headers& headers) noexcept;

/// Returns `X-RateLimit-*`, if at least one exists.
std::optional<RateLimit> parse_rate_limit(const Headers& headers) noexcept;

}  // namespace sent::detail
