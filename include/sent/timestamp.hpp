#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <sent/export.hpp>

namespace sent {

/// A point in time in UTC. The service writes up to 7 fractional digits, and none is lost. Struct members are
/// `std::optional<Timestamp>`: a value that is absent, null or unreadable is empty and never an error.
using Timestamp = std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds>;

/// Reads ISO 8601 with an offset: `2026-01-27T13:33:14.2705281+00:00`, `2026-01-27T13:33:14Z`. Digits beyond
/// nanoseconds are dropped. Returns nothing for any other text, for a date that does not exist, and for a
/// date outside 1678 to 2261. Thread-safe.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::optional<Timestamp> parse_timestamp(std::string_view text) noexcept;

/// Formats a time as `2026-01-27T13:33:14.270528100Z`: UTC, always with 9 fractional digits (30 characters),
/// so that texts sort like their times, for example in a database. Does not depend on the locale.
/// Thread-safe.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string format_timestamp(Timestamp time);

namespace detail {

/// Formats a time as the service does, for JSON and keys: like format_timestamp(), but with only as many
/// fractional digits as needed.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string encode_timestamp(Timestamp time);

}  // namespace detail

}  // namespace sent
