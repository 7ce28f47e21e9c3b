#pragma once

#include <optional>

#include <sent/export.hpp>

namespace sent {

/// Rate limits of the client itself, shared by all threads, `submit` and `bulk` of a client and its copies.
/// Off by default: an empty member sets no limit. Calls wait for their turn, up to their deadline.
///
/// A rate is the maximum in any 60 seconds, bursts included. Within it, a burst is sent at once, and then one
/// request after the other at the rate. A limit whose burst is used up early in a minute therefore pauses at
/// the end of that minute. A single send with more messages than the whole rate cannot be divided: it is sent
/// when nothing else was sent for a minute, and later sends wait until the rate has made up for it. If that
/// matters, make smaller sends (SendToManyOptions::recipients_per_request).
///
/// What the service reports about its own limits (`X-RateLimit-*`, `Retry-After` of a 429) lowers these
/// limits for as long as it applies, at most one minute. The limits do not take other processes into account
/// that use the same account.
struct RateLimitOptions {
    /// Maximum number of ordinary requests in any 60 seconds. Greater than 0. Empty means unlimited.
    std::optional<double> requests_per_minute{};
    /// Maximum number of requests that the service counts as sensitive, in any 60 seconds. Greater than 0.
    /// Empty means unlimited.
    std::optional<double> sensitive_per_minute{};
    /// Maximum number of messages (recipients times channels) in any 60 seconds. Greater than 0. Empty means
    /// unlimited.
    std::optional<double> messages_per_minute{};
    /// Ordinary requests that may be sent at once after a pause. Default 50, at least 1.
    double request_burst = 50;
    /// Sensitive requests that may be sent at once after a pause. Default 5, at least 1.
    double sensitive_burst = 5;
    /// Messages that may be sent at once after a pause. Default 60, at least 1.
    double message_burst = 60;
};

/// Returns the service's documented limits of the Starter tier, per minute: 200 requests, 10 sensitive
/// requests, 60 messages.
[[nodiscard]] SENT_EXPORT RateLimitOptions starter_rate_limits();
/// Returns the service's documented limits of the Growth tier, per minute: 200 requests, 10 sensitive
/// requests, 300 messages.
[[nodiscard]] SENT_EXPORT RateLimitOptions growth_rate_limits();

}  // namespace sent
