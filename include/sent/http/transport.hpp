#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <sent/cancellation.hpp>
#include <sent/detail/wrong_use.hpp>
#include <sent/export.hpp>
#include <sent/http/headers.hpp>

/// @file
/// The seam between the library and HTTP. Implement Transport (or AsyncTransport) to run on another HTTP
/// stack, or to test without one; `sent::testing::MockTransport` does the latter.

namespace sent {

/// One attempt, ready to be put on the wire.
struct HttpRequest {
    std::string method{"GET"};
    /// Absolute, already percent-encoded.
    std::string url{};
    Headers headers{};
    /// Empty means no body. A request with a body carries its Content-Type in `headers`.
    std::string body{};
    /// Time for name resolution, TCP and TLS together.
    std::chrono::milliseconds connect_timeout{10'000};
    /// Time for the whole attempt, connecting included. Zero means no limit.
    std::chrono::milliseconds timeout{60'000};
    /// Longest body, counted after decompression; a longer one is a TransportErrorKind::too_large.
    std::size_t max_response_bytes = 8U * 1024U * 1024U;
    /// The transport must return within 100 ms of cancellation.
    CancellationToken cancel{};
};

/// Any answer with a status line, whatever the status: for a transport a 404 is a success.
struct HttpResponse {
    int status = 0;
    Headers headers{};
    std::string body{};
};

/// Why there is no complete answer.
enum class TransportErrorKind {
    resolve,          ///< the host name has no address
    connect,          ///< refused, unreachable
    proxy,            ///< the proxy could not be reached, refused, or wants credentials
    tls,              ///< the TLS handshake failed for another reason than the certificate
    certificate,      ///< the server's certificate, or ours, was not accepted; never retried
    timeout,          ///< connect_timeout or timeout ran out, or the reply stalled
    closed,           ///< the connection was closed or reset before the reply was complete
    incomplete,       ///< the reply's body ended early
    protocol,         ///< what came back is not HTTP, or breaks its rules
    too_large,        ///< headers or body beyond the limit; `partial` holds the status and the first bytes
    cancelled,        ///< HttpRequest::cancel fired
    invalid_request,  ///< the transport cannot send such a request; nothing was sent
    internal,         ///< anything else
    not_tls,          ///< a TLS handshake was answered by something else, as by a port for plain http; never
                      ///< retried
    resource_exhausted  ///< this machine has no memory, file descriptors or threads left
};

/// An attempt that ended without a complete answer.
struct TransportError {
    TransportErrorKind kind = TransportErrorKind::internal;
    /// For people: names host and port, never a header value.
    std::string message{};
    /// False only when it is certain that no byte of the request reached the server. A transport that cannot
    /// tell says true: the library then never repeats a write that lacks an idempotency key.
    bool request_may_have_left = true;
    /// What had arrived: status 0 when not even a status line had.
    HttpResponse partial{};
};

/// An HttpResponse or a TransportError.
class TransportResult {
  public:
    // NOLINTBEGIN(google-explicit-constructor): a transport returns one or the other
    /// A template, so that `{}` means an error rather than either.
    template <class Response = HttpResponse, class = std::enable_if_t<std::is_same_v<Response, HttpResponse>>>
    TransportResult(Response response) : value_(std::move(response)) {}
    TransportResult(TransportError error) : value_(std::move(error)) {}
    // NOLINTEND(google-explicit-constructor)

    [[nodiscard]] explicit operator bool() const noexcept { return value_.index() == 0; }
    /// The answer. On an error, prints it to standard error and ends the program.
    [[nodiscard]] HttpResponse& response() noexcept {
        require_response();
        return *std::get_if<HttpResponse>(&value_);
    }
    [[nodiscard]] const HttpResponse& response() const noexcept {
        require_response();
        return *std::get_if<HttpResponse>(&value_);
    }
    /// What went wrong. On an answer, says so on standard error and ends the program.
    [[nodiscard]] TransportError& error() noexcept {
        require_error();
        return *std::get_if<TransportError>(&value_);
    }
    [[nodiscard]] const TransportError& error() const noexcept {
        require_error();
        return *std::get_if<TransportError>(&value_);
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

/// Sends one attempt and waits for its answer. Called from any number of threads at once; must neither follow
/// redirects nor repeat a request by itself. An exception that escapes from it is caught by the library and
/// counts as an internal error after which the request may have left.
class SENT_EXPORT Transport {
  public:
    Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;
    virtual ~Transport();

    virtual TransportResult send(const HttpRequest& request) = 0;
    /// Itself as an AsyncTransport, if it is one; else null. Not to be overridden: a question that also a
    /// program without run-time type information (`-fno-rtti`) can answer.
    [[nodiscard]] virtual AsyncTransport* as_async() noexcept;
};

/// A transport that can have many requests under way without a thread for each. `Client::submit` and
/// `Client::bulk` use it; over a plain Transport they use a few threads of their own.
class SENT_EXPORT AsyncTransport : public Transport {
  public:
    using Completion = std::function<void(TransportResult)>;

    /// Starts the attempt and returns. `done` is called exactly once, from any thread, possibly before this
    /// returns. Drop it then: the destructor of a client waits for that, for a second.
    virtual void send_async(HttpRequest request, Completion done) = 0;

    /// The same for a request that its owner keeps, unchanged, until `done` has been called. The library
    /// calls this one; the default gives send_async a copy.
    virtual void send_kept(const HttpRequest& request, Completion done);

    /// Calls `task` at `when` on the transport's own thread, for the waits between attempts. A transport
    /// without timers returns false and drops `task`; the library then uses a thread of its own. If the
    /// transport is destroyed first the task is called early.
    virtual bool run_at(std::chrono::steady_clock::time_point when, std::function<void()> task);

    [[nodiscard]] AsyncTransport* as_async() noexcept final { return this; }
};

}  // namespace sent
