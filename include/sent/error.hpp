#pragma once

#include <chrono>
#include <iosfwd>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <sent/export.hpp>

namespace sent {

/// What went wrong, in categories that programs act on. Error::code has the precise reason.
enum class ErrorKind {
    configuration,      ///< the client's options are unusable; nothing was sent
    invalid_request,    ///< the request would be corrupt or hit the wrong path; nothing was sent
    connection,         ///< no connection, or the connection broke; see Error::outcome
    tls,                ///< the handshake failed or a certificate was not accepted
    timeout,            ///< the attempt or the call exceeded its time limit; see Error::outcome
    cancelled,          ///< a CancellationToken was cancelled, or the client was destroyed
    bad_request,        ///< 400
    authentication,     ///< 401
    payment_required,   ///< 402: the balance is too low
    permission_denied,  ///< 403
    not_found,          ///< 404
    conflict,           ///< 409
    unprocessable,      ///< 422
    rate_limited,       ///< 429
    server,             ///< 5xx
    unexpected_status,  ///< any other status that is not 2xx, including redirects, which are never followed
    undecodable,  ///< a 2xx whose body is not what the API documents, such as the page of a captive portal;
                  ///< see Error::outcome
    response_too_large,  ///< the answer exceeds ClientOptions::max_response_bytes, as text or decoded
    queue_full,  ///< the limit on pending calls (AsyncOptions::max_pending) has been reached; nothing was
                 ///< sent
    resource_exhausted,  ///< this machine has no memory, file descriptors or threads left; see Error::outcome
    storage,  ///< a database or file could not be used; its contents are kept. The client does not return it
    webhook_rejected  ///< the delivery is not proven to come from the service; see webhooks::Verifier
};

/// Returns the name of the enumerator: `authentication`, `rate_limited`, ...
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string_view to_string(ErrorKind kind) noexcept;
SENT_WEBHOOKS_EXPORT std::ostream& operator<<(std::ostream& out, ErrorKind kind);

/// What happened to a request that did not succeed. It answers the question "may I send it again?"
enum class Outcome {
    not_sent,  ///< nothing reached the service: sending again is safe
    rejected,  ///< the service refused the request and did nothing
    accepted,  ///< the service reports success, but the rest of its answer cannot be read: do not send again
    unknown    ///< the request may have been carried out: check before you send it again, or send it with the
               ///< same idempotency key
};

/// Returns the name of the enumerator: `not_sent`, `rejected`, `accepted` or `unknown`.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string_view to_string(Outcome outcome) noexcept;
SENT_WEBHOOKS_EXPORT std::ostream& operator<<(std::ostream& out, Outcome outcome);

/// A failed call. One struct for every generation of the API and every format of its error bodies.
struct Error {
    ErrorKind kind = ErrorKind::configuration;
    /// Status of the answer. 0 if there was none.
    int http_status = 0;
    /// Error code, from the service (such as `AUTH_002`) or from this library (such as `NUMBER_EMPTY`). Empty
    /// if there is none. Branch on it, not on `message`.
    std::string code{};
    /// Description for people. Contains no API key; phone numbers are masked.
    std::string message{};
    /// Problems by member of the request. Text that the service attached to no member is under "". Limited to
    /// 1 MiB; the rest is dropped.
    std::map<std::string, std::vector<std::string>> details{};
    /// Link to the documentation of the error. Empty if the service sent none.
    std::string doc_url{};
    /// Id of the request. Quote it to the vendor's support.
    std::string request_id{};
    /// How long the service asked to wait, counted from the arrival of its answer.
    std::optional<std::chrono::milliseconds> retry_after{};
    /// Number of HTTP attempts, including attempts that did not connect.
    int attempts = 0;
    /// Whether the request may have taken effect.
    Outcome outcome = Outcome::not_sent;
    /// Idempotency key of the request, if it had one. With Outcome::unknown, call again with it within
    /// 24 hours.
    std::string idempotency_key{};
    /// First 64 KiB of the answer's body (less if max_response_bytes is less), with the API key removed. May
    /// contain personal data. Empty for a 2xx that may hold a secret of the service, such as a new key.
    std::string raw_body{};

    /// Returns what to do next, in one sentence. Never empty. The text is valid until the program ends.
    [[nodiscard]] SENT_WEBHOOKS_EXPORT std::string_view hint() const noexcept;
};

/// Writes one line: kind, status, code, message, details, outcome, hint. Never writes the raw body.
SENT_WEBHOOKS_EXPORT std::ostream& operator<<(std::ostream& out, const Error& error);
/// Returns the line that operator<< writes.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string to_string(const Error& error);

/// Exception that Result::value() throws. Its subclass depends on Error::kind.
class SENT_WEBHOOKS_EXPORT ApiError : public std::runtime_error {
  public:
    explicit ApiError(Error error);
    ~ApiError() override;
    ApiError(const ApiError&) noexcept = default;
    ApiError& operator=(const ApiError&) noexcept = default;
    [[nodiscard]] const Error& error() const noexcept { return *error_; }

  private:
    std::shared_ptr<const Error> error_;
};

// Out of line, so that each class has its type information in the library; the rest of the special members is
// the usual. NOLINTBEGIN(cppcoreguidelines-special-member-functions)
// clang-format off
/// Thrown for ErrorKind::configuration.
class SENT_WEBHOOKS_EXPORT ConfigurationError : public ApiError { public: using ApiError::ApiError; ~ConfigurationError() override; };
/// Thrown for ErrorKind::invalid_request.
class SENT_WEBHOOKS_EXPORT InvalidRequestError : public ApiError { public: using ApiError::ApiError; ~InvalidRequestError() override; };
/// Thrown for ErrorKind::connection.
class SENT_WEBHOOKS_EXPORT ConnectionError : public ApiError { public: using ApiError::ApiError; ~ConnectionError() override; };
/// Thrown for ErrorKind::tls.
class SENT_WEBHOOKS_EXPORT TlsError : public ConnectionError { public: using ConnectionError::ConnectionError; ~TlsError() override; };
/// Thrown for ErrorKind::timeout.
class SENT_WEBHOOKS_EXPORT TimeoutError : public ApiError { public: using ApiError::ApiError; ~TimeoutError() override; };
/// Thrown for ErrorKind::cancelled.
class SENT_WEBHOOKS_EXPORT CancelledError : public ApiError { public: using ApiError::ApiError; ~CancelledError() override; };
/// Base of the exceptions for answers that are not a 2xx. Thrown itself for ErrorKind::unexpected_status.
class SENT_WEBHOOKS_EXPORT StatusError : public ApiError { public: using ApiError::ApiError; ~StatusError() override; };
/// Thrown for status 400.
class SENT_WEBHOOKS_EXPORT BadRequestError : public StatusError { public: using StatusError::StatusError; ~BadRequestError() override; };
/// Thrown for status 401.
class SENT_WEBHOOKS_EXPORT AuthenticationError : public StatusError { public: using StatusError::StatusError; ~AuthenticationError() override; };
/// Thrown for status 402.
class SENT_WEBHOOKS_EXPORT PaymentRequiredError : public StatusError { public: using StatusError::StatusError; ~PaymentRequiredError() override; };
/// Thrown for status 403.
class SENT_WEBHOOKS_EXPORT PermissionDeniedError : public StatusError { public: using StatusError::StatusError; ~PermissionDeniedError() override; };
/// Thrown for status 404.
class SENT_WEBHOOKS_EXPORT NotFoundError : public StatusError { public: using StatusError::StatusError; ~NotFoundError() override; };
/// Thrown for status 409.
class SENT_WEBHOOKS_EXPORT ConflictError : public StatusError { public: using StatusError::StatusError; ~ConflictError() override; };
/// Thrown for status 422.
class SENT_WEBHOOKS_EXPORT UnprocessableError : public StatusError { public: using StatusError::StatusError; ~UnprocessableError() override; };
/// Thrown for status 429.
class SENT_WEBHOOKS_EXPORT RateLimitError : public StatusError { public: using StatusError::StatusError; ~RateLimitError() override; };
/// Thrown for status 5xx.
class SENT_WEBHOOKS_EXPORT ServerError : public StatusError { public: using StatusError::StatusError; ~ServerError() override; };
/// Thrown for ErrorKind::undecodable.
class SENT_WEBHOOKS_EXPORT UndecodableError : public ApiError { public: using ApiError::ApiError; ~UndecodableError() override; };
/// Thrown for ErrorKind::webhook_rejected.
class SENT_WEBHOOKS_EXPORT WebhookRejectedError : public ApiError { public: using ApiError::ApiError; ~WebhookRejectedError() override; };
/// Thrown for ErrorKind::response_too_large.
class SENT_WEBHOOKS_EXPORT ResponseTooLargeError : public ApiError { public: using ApiError::ApiError; ~ResponseTooLargeError() override; };
/// Thrown for ErrorKind::queue_full.
class SENT_WEBHOOKS_EXPORT QueueFullError : public ApiError { public: using ApiError::ApiError; ~QueueFullError() override; };
/// Thrown for ErrorKind::resource_exhausted.
class SENT_WEBHOOKS_EXPORT ResourceExhaustedError : public ApiError { public: using ApiError::ApiError; ~ResourceExhaustedError() override; };
/// Thrown for ErrorKind::storage.
class SENT_WEBHOOKS_EXPORT StorageError : public ApiError { public: using ApiError::ApiError; ~StorageError() override; };
// clang-format on
// NOLINTEND(cppcoreguidelines-special-member-functions)

namespace detail {
/// Throws the subclass of ApiError for the error's kind. Ends the program in a build without exceptions.
[[noreturn]] SENT_WEBHOOKS_EXPORT void throw_error(const Error& error);
}  // namespace detail

}  // namespace sent
