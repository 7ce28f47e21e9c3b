#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <sent/export.hpp>

namespace sent {

/// A moment in UTC. The service writes up to 7 fractional digits; none of them is lost. Struct members are
/// `std::optional<Timestamp>`: what is absent, null or unreadable is empty, never an error.
using Timestamp = std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds>;

/// Reads ISO 8601 with an offset: `2026-01-27T13:33:14.2705281+00:00`, `2026-01-27T13:33:14Z`. Digits beyond
/// nanoseconds are dropped. Nothing for any other text, for a date that does not exist, or one outside 1678
/// to 2261.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::optional<Timestamp> parse_timestamp(std::string_view text) noexcept;

/// `2026-01-27T13:33:14.270528100Z`: UTC, always with 9 fractional digits (30 characters), so that texts sort
/// as their times do, in a database for example. Independent of the locale.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string format_timestamp(Timestamp time);

namespace detail {

/// As the service writes it, for JSON and keys: as format_timestamp(), with as many fractional digits as are
/// needed.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string encode_timestamp(Timestamp time);

}  // namespace detail

}  // namespace sent
