#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include <sent/http/headers.hpp>
#include <sent/result.hpp>

/// @file
/// Reads the headers of replies. The bytes come from the network: the functions ignore what makes no sense.

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

/// `x-should-retry`.
std::optional<bool> parse_should_retry(const Headers& headers) noexcept;

/// Copies what ResponseMeta reports of the headers, except `X-Request-Id`, if `meta` already has one from the
/// body. Headers that are missing or unreadable leave their members empty.
void note_headers(const Headers& headers, ResponseMeta& meta);

}  // namespace sent::detail
