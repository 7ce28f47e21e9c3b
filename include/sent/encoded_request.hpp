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

/// A request as it is sent, without credentials. It can be stored and sent later, by another process or by a
/// newer version of the library.
///
/// Client::call, submit and bulk accept it like any request struct and return a RawResponse. decode() in
/// <sent/operations.hpp> reads the RawResponse into the response struct of the operation. The answer is
/// judged as for the request struct: by the same retry table, with the same outcomes, and a 2xx that is not
/// the service's own success is an error. The bytes are sent unchanged. Therefore CallOptions::extra_body is
/// refused (`invalid_request`), and so is a write in sandbox mode (`configuration`). An operation, method or
/// path that this version does not know is refused (`invalid_request`).
struct EncodedRequest {
    /// Name of the operation, such as `v3.messages.send`. See operations().
    std::string operation{};
    /// HTTP method of the operation.
    std::string method{};
    /// Path with query, percent-encoded, relative to ClientOptions::base_url.
    std::string path{};
    /// JSON text. Empty means no body.
    std::string body{};
    /// Number of messages that the request sends. It counts against RateLimitOptions::messages_per_minute.
    std::size_t messages = 0;
};

namespace detail {
/// Validates the request as Client::call does, and encodes it.
[[nodiscard]] SENT_EXPORT Result<EncodedRequest> encode_request(const Route& route, const void* request);
}  // namespace detail

/// Validates a request struct as Client::call does, and encodes it. Sends nothing. If call() would refuse the
/// request, encode() returns the same error. A request with documents cannot be encoded.
template <class Request>
[[nodiscard]] Result<EncodedRequest> encode(const Request& request) {
    return detail::encode_request(operation<Request>::route(), &request);
}

}  // namespace sent

SENT_DETAIL_OPERATION(sent::EncodedRequest, sent::RawResponse);
