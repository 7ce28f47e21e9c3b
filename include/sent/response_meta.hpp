#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <sent/http/headers.hpp>
#include <sent/timestamp.hpp>

namespace sent {

/// The service's `X-RateLimit-*` headers. The service may omit them.
struct RateLimit {
    std::optional<std::int64_t> limit{};
    std::optional<std::int64_t> remaining{};
    /// When the window ends.
    std::optional<Timestamp> reset{};
};

/// What is known of the exchange besides its content, for successes and failures.
struct ResponseMeta {
    /// Status of the answer. 0 if there was none.
    int http_status = 0;
    /// Id of the request, from the envelope, otherwise from `X-Request-Id`.
    std::string request_id{};
    /// Number of HTTP attempts.
    int attempts = 0;
    /// True if the answer comes from the service's idempotency cache: an earlier attempt had succeeded.
    bool replayed = false;
    /// Id of the request that was carried out, if this answer is a replay.
    std::string original_request_id{};
    /// True if the answer is simulated.
    bool sandbox = false;
    /// Profile that the service acted for.
    std::string profile_id{};
    /// Rate limit that the service reported. Empty if it reported none.
    std::optional<RateLimit> rate_limit{};
    /// Idempotency key of the request, if it had one.
    std::string idempotency_key{};
    /// Headers of the last answer, without the API key if the call failed. Items of `all()` do not repeat
    /// them.
    Headers headers{};
    /// Body of the last answer. If the call failed, only its first 64 KiB, without the API key. Items of
    /// `all()` do not repeat it.
    std::string raw_body{};
};

}  // namespace sent
