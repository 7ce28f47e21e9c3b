#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include <sent/http/headers.hpp>
#include <sent/result.hpp>

/// @file
/// What the service's headers say about repeating and about its limits. Bytes from the network: never throws,
/// and what makes no sense is no hint.

namespace sent::detail {

/// The three formats of RFC 9110, section 5.6.7, with names in any letter case, independent of the locale:
/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`. `now` says
/// which century a year of two digits belongs to.
std::optional<std::chrono::system_clock::time_point> parse_http_date(
    std::string_view text, std::chrono::system_clock::time_point now) noexcept;

/// What time it is for whoever wrote these headers: their `Date`, else `now`. Times that the headers name are
/// compared with it, since the clock of this machine may be wrong.
std::chrono::system_clock::time_point server_time(const Headers& headers,
                                                  std::chrono::system_clock::time_point now) noexcept;

/// How long to wait by `retry-after-ms`, else by `Retry-After` in seconds or as a date, which is measured
/// against server_time(). Nothing for what is unreadable, negative, zero or past; what is longer than a year
/// counts as a year.
std::optional<std::chrono::milliseconds> parse_retry_after(
    const Headers& headers, std::chrono::system_clock::time_point now) noexcept;

/// A header that is true or false (1, 0), in any case; nothing for anything else.
std::optional<bool> parse_flag(const Headers& headers, std::string_view name) noexcept;

/// `x-should-retry`.
std::optional<bool> parse_should_retry(const Headers& headers) noexcept;

/// `X-RateLimit-*`; nothing when none is there.
std::optional<RateLimit> parse_rate_limit(const Headers& headers) noexcept;

}  // namespace sent::detail
