#pragma once

#include <optional>
#include <string>

#include <sent/http/headers.hpp>
#include <sent/operation.hpp>

/// @file
/// Requests to paths that have no struct. See Client::request.

namespace sent {

/// A request to a path that has no struct of its own. See Client::request.
struct RawRequest {
    std::string method{"GET"};
    /// From the base URL on (`/v3/new-thing?x=1`), already percent-encoded; or an absolute URL of the same
    /// origin.
    std::string path{};
    /// Further query parameters, not yet percent-encoded.
    Headers query{};
    Headers headers{};
    /// Sent with `Content-Type: application/json` unless `headers` says otherwise. Empty: no body.
    std::string body{};
    /// Empty: `read` for GET and HEAD; `keyed_write` for the other methods when CallOptions::idempotency_key
    /// is set, else `unkeyed_write`.
    std::optional<Safety> safety{};
};

/// The answer to a RawRequest. Any 2xx; everything else is an Error.
struct RawResponse {
    int status = 0;
    std::string body{};
};

}  // namespace sent
