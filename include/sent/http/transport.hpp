#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <sent/cancellation.hpp>
#include <sent/detail/wrong_use.hpp>
#include <sent/export.hpp>
#include <sent/http/body_part.hpp>
#include <sent/http/headers.hpp>

/// @file
/// Interface between the library and HTTP. Implement Transport (or AsyncTransport) to use another HTTP stack.
/// To test without HTTP, use `sent::testing::MockTransport`.

namespace sent {

/// One attempt, ready to send.
struct HttpRequest {
    std::string method{"GET"};
    /// Absolute URL, already percent-encoded.
    std::string url{};
    Headers headers{};
    /// Empty means no body. If there is a body, its Content-Type is in `headers`.
    std::string body{};
    /// If it is set, the body is multipart/form-data with these parts, in this order. Then `body` is empty,
    /// and the transport adds the Content-Type with a boundary that it chooses. If a part cannot be read,
    /// the transport must end the attempt without completing the body, with
    /// TransportErrorKind::invalid_request and without request_may_have_left.
    std::shared_ptr<const std::vector<BodyPart>> parts{};
    /// Time limit for name resolution, TCP and TLS together. Default 10 s.
    std::chrono::milliseconds connect_timeout{10'000};
    /// Time limit for the whole attempt, including connecting. Default 60 s. 0 means unlimited.
    std::chrono::milliseconds timeout{60'000};
    /// Maximum size of the body in bytes, after decompression. Default 8 MiB. If it is exceeded, the attempt
    /// ends with TransportErrorKind::too_large.
    std::size_t max_response_bytes = 8U * 1024U * 1024U;
    /// Cancels the attempt. The transport must return within 100 ms of cancellation.
    CancellationToken cancel{};
};

/// An answer with a status line. For a transport every status is a success, even 404.
struct HttpResponse {
    int status = 0;
    Headers headers{};
    std::string body{};
};

/// Why there is no complete answer.
enum class TransportErrorKind {
    resolve,          ///< the host name has no address
    connect,          ///< the connection was refused, or the host is unreachable
    proxy,            ///< the proxy could not be reached, refused the connection, or requires credentials
    tls,              ///< the TLS handshake failed, but not because of a certificate
    certificate,      ///< the certificate of the server, or of the client, was not accepted; never retried
    timeout,          ///< connect_timeout or timeout passed, or the answer stalled
    closed,           ///< the connection was closed or reset before the answer was complete
    incomplete,       ///< the body of the answer ended early
    protocol,         ///< the answer is not HTTP, or violates it
    too_large,        ///< headers or body exceed the limit; `partial` holds the status and the first bytes
    cancelled,        ///< HttpRequest::cancel was cancelled
    invalid_request,  ///< the transport cannot send the request; nothing was sent, or not the whole body
    internal,         ///< anything else
    not_tls,  ///< the answer to a TLS handshake was not TLS, as from a port for plain http; never retried
    resource_exhausted  ///< this machine has no memory, file descriptors or threads left
};

/// An attempt that ended without a complete answer.
struct TransportError {
    TransportErrorKind kind = TransportErrorKind::internal;
    /// Description for people. Names host and port, never a header value.
    std::string message{};
    /// False only if it is certain that the server cannot carry out the request: no byte of it has left, or
    /// the transport cut it off before the announced end of its body. A transport that does not know must set
    /// true: the library then never retries a write without an idempotency key.
    bool request_may_have_left = true;
    /// What had arrived. The status is 0 if not even a status line had.
    HttpResponse partial{};
};

/// An HttpResponse or a TransportError.
class TransportResult {
  public:
    // NOLINTBEGIN(google-explicit-constructor): a transport returns one or the other
    /// A template, so that `{}` means an error and is not ambiguous.
    template <class Response = HttpResponse, class = std::enable_if_t<std::is_same_v<Response, HttpResponse>>>
    TransportResult(Response response) : value_(std::move(response)) {}
    TransportResult(TransportError error) : value_(std::move(error)) {}
    // NOLINTEND(google-explicit-constructor)

    [[nodiscard]] explicit operator bool() const noexcept { return value_.index() == 0; }
    /// Returns the answer. On an error, prints it to standard error and ends the program.
    [[nodiscard]] HttpResponse& response() noexcept {
        require_response();
        return std::get<HttpResponse>(value_);
    }
    [[nodiscard]] const HttpResponse& response() const noexcept {
        require_response();
        return std::get<HttpResponse>(value_);
    }
    /// Returns the error. On an answer, prints that to standard error and ends the program.
    [[nodiscard]] TransportError& error() noexcept {
        require_error();
        return std::get<TransportError>(value_);
    }
    [[nodiscard]] const TransportError& error() const noexcept {
        require_error();
        return std::get<TransportError>(value_);
    }

  private:
    void require_response() const noexcept {
        if (const auto* error = std::get_if<TransportError>(&value_)) {
            detail::end_after_wrong_use("response() was called on a TransportResult that is an error: ",
                                        error->message.c_str());
        }
    }
    void require_error() const noexcept {
        if (value_.index() == 0) {
            detail::end_after_wrong_use("error() was called on a TransportResult that is an answer. ",
                                        "Check `if (!result)` first.");
        }
    }

    std::variant<HttpResponse, TransportError> value_;
};

class AsyncTransport;

/// Sends one attempt and waits for its answer. Implementations must be thread-safe, and must neither follow
/// redirects nor retry. If an exception escapes, the library treats it as an internal error after which the
/// request may have left.
class SENT_EXPORT Transport {
  public:
    Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;
    virtual ~Transport();

    /// Sends the request and blocks until there is an answer or an error.
    virtual TransportResult send(const HttpRequest& request) = 0;
    /// Returns this object as an AsyncTransport, or null if it is not one. Do not override it. It works in
    /// programs without run-time type information (`-fno-rtti`), too.
    [[nodiscard]] virtual AsyncTransport* as_async() noexcept;
};

/// A transport that handles many pending requests without a thread for each. `Client::submit` and
/// `Client::bulk` use it. Over a plain Transport they use a few extra threads.
class SENT_EXPORT AsyncTransport : public Transport {
  public:
    /// Receives the result of an attempt.
    using Completion = std::function<void(TransportResult)>;

    /// Starts the attempt and returns. Must call `done` exactly once, from any thread, possibly before
    /// send_async() returns. Destroy `done` after the call: the destructor of a client waits up to a second
    /// for that.
    virtual void send_async(HttpRequest request, Completion done) = 0;

    [[nodiscard]] AsyncTransport* as_async() noexcept final;
};

}  // namespace sent
