#pragma once

#include <cstddef>
#include <string>

#include <sent/export.hpp>
#include <sent/operation.hpp>
#include <sent/raw_request.hpp>
#include <sent/result.hpp>

/// @file
/// Requests as text, for programs that store them and send them later.

namespace sent {

/// A request as it goes on the wire, without credentials. It can be stored and sent later, by another process
/// or by a newer version of the library.
///
/// Client::call, submit and bulk take it like any request struct, and answer with a RawResponse; decode() in
/// <sent/operations.hpp> reads that into the operation's response struct. The answer is judged like that to
/// the struct: by the same retry table, with the same outcomes, and a 2xx that is not the service's own
/// success is an error. The bytes leave as they are. CallOptions::extra_body is therefore refused
/// (`invalid_request`), and so is a write of a client in sandbox mode (`configuration`). An operation, method
/// or path that this version does not know is refused (`invalid_request`).
struct EncodedRequest {
    /// Name of the operation, such as `v3.messages.send`. See operations().
    std::string operation{};
    /// HTTP method of the operation.
    std::string method{};
    /// Path with its query, percent-encoded, below ClientOptions::base_url.
    std::string path{};
    /// JSON, or empty.
    std::string body{};
    /// Number of messages that it makes, for RateLimitOptions::messages_per_minute.
    std::size_t messages = 0;
};

namespace detail {
/// Validates the request as Client::call does, and encodes it.
[[nodiscard]] SENT_EXPORT Result<EncodedRequest> encode_request(const Route& route, const void* request);
}  // namespace detail

/// Validates a request struct as Client::call does, and encodes it. Sends nothing. A request that call()
/// would refuse is refused with the same error.
template <class Request>
[[nodiscard]] Result<EncodedRequest> encode(const Request& request) {
    return detail::encode_request(operation<Request>::route(), &request);
}

}  // namespace sent

SENT_DETAIL_OPERATION(sent::EncodedRequest, sent::RawResponse);
