#pragma once

#include <optional>
#include <string>

#include <sent/http/headers.hpp>
#include <sent/operation.hpp>

/// @file
/// Requests to paths that have no request struct. See Client::request.

namespace sent {

/// A request to a path that has no request struct. See Client::request.
struct RawRequest {
    std::string method{"GET"};
    /// Path relative to the base URL (`/v3/new-thing?x=1`), already percent-encoded, or an absolute URL of
    /// the same origin.
    std::string path{};
    /// Additional query parameters, not yet percent-encoded.
    Headers query{};
    Headers headers{};
    /// Body. Empty means no body. It is sent with `Content-Type: application/json` unless `headers` has
    /// another Content-Type.
    std::string body{};
    /// Whether it may be retried. Defaults to `read` for GET and HEAD. For other methods it defaults to
    /// `keyed_write` if CallOptions::idempotency_key is set, and to `unkeyed_write` if not.
    std::optional<Safety> safety{};
};

/// Answer to a RawRequest, with any 2xx status. Every other status is an Error.
struct RawResponse {
    int status = 0;
    std::string body{};
};

}  // namespace sent
