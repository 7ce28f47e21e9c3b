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

/// What went wrong, in the classes that programs act on. For the finer reason see Error::code.
enum class ErrorKind {
    configuration,       ///< the client's options are unusable; nothing was sent
    invalid_request,     ///< the request would be corrupt or hit the wrong path; nothing was sent
    connection,          ///< no connection, or it broke; see Error::outcome
    tls,                 ///< the handshake failed or a certificate was not accepted
    timeout,             ///< the attempt's or the call's time ran out; see Error::outcome
    cancelled,           ///< by a CancellationToken, or because the client was destroyed
    bad_request,         ///< 400
    authentication,      ///< 401
    payment_required,    ///< 402: the balance does not suffice
    permission_denied,   ///< 403
    not_found,           ///< 404
    conflict,            ///< 409
    unprocessable,       ///< 422
    rate_limited,        ///< 429
    server,              ///< 5xx
    unexpected_status,   ///< any other status that is not 2xx, redirects included (they are never followed)
    undecodable,         ///< a 2xx whose body is not what the API documents, such as a captive portal's page;
                         ///< see Error::outcome
    response_too_large,  ///< a reply beyond ClientOptions::max_response_bytes, as text or decoded
    queue_full,          ///< as many asynchronous calls as may be are under way; nothing was sent
    resource_exhausted,  ///< this machine has no memory, descriptors or threads left; see Error::outcome
    storage,  ///< a database or file could not be used; what it holds is kept. Not returned by the client
    webhook_rejected  ///< a delivery that is not proven to come from the service; see webhooks::Verifier
};

/// `authentication`, `rate_limited`, ...: the enumerator's name.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string_view to_string(ErrorKind kind) noexcept;
SENT_WEBHOOKS_EXPORT std::ostream& operator<<(std::ostream& out, ErrorKind kind);

/// What became of a request that did not succeed. It answers "may I send it again?"
enum class Outcome {
    not_sent,  ///< nothing reached the service: sending again is safe
    rejected,  ///< the service refused it: nothing was done
    accepted,  ///< the service itself says that it succeeded, but the rest of its answer is unreadable: do
               ///< not send again
    unknown    ///< it may have been carried out: look before sending again, or send with the same idempotency
               ///< key
};

/// `not_sent`, `rejected`, `accepted` or `unknown`.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string_view to_string(Outcome outcome) noexcept;
SENT_WEBHOOKS_EXPORT std::ostream& operator<<(std::ostream& out, Outcome outcome);

/// A failed call, as data. One struct for every generation of the API and every shape of its error bodies.
struct Error {
    ErrorKind kind = ErrorKind::configuration;
    /// 0 when no answer came.
    int http_status = 0;
    /// Code of the service's catalogue, such as `AUTH_002`; empty when it sent none. Branch on it, not on
    /// `message`.
    std::string code{};
    /// For people. Holds no key, and phone numbers only masked.
    std::string message{};
    /// Member of the request to what is wrong with it. Text that the service attached to no member is under
    /// "". What does not fit into 1 MiB is left out.
    std::map<std::string, std::vector<std::string>> details{};
    std::string doc_url{};
    /// Quote it to the vendor's support.
    std::string request_id{};
    /// How long the service asked to wait, from when its answer came.
    std::optional<std::chrono::milliseconds> retry_after{};
    /// HTTP attempts made, those that never connected included.
    int attempts = 0;
    Outcome outcome = Outcome::not_sent;
    /// The key that the request carried, if any: with Outcome::unknown, call again with it within 24 hours.
    std::string idempotency_key{};
    /// The first 64 KiB of the answer's body (less if max_response_bytes is less), with the API key blotted
    /// out. May hold personal data.
    std::string raw_body{};

    /// What to do next, in a sentence; never empty. The text lives as long as the program.
    [[nodiscard]] SENT_WEBHOOKS_EXPORT std::string_view hint() const noexcept;
};

/// One line: kind, status, code, message, details, outcome, hint. Never the raw body.
SENT_WEBHOOKS_EXPORT std::ostream& operator<<(std::ostream& out, const Error& error);
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string to_string(const Error& error);

/// What Result::value() throws; the subclass fits Error::kind.
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
/// ErrorKind::configuration
class SENT_WEBHOOKS_EXPORT ConfigurationError : public ApiError { public: using ApiError::ApiError; ~ConfigurationError() override; };
/// ErrorKind::invalid_request
class SENT_WEBHOOKS_EXPORT InvalidRequestError : public ApiError { public: using ApiError::ApiError; ~InvalidRequestError() override; };
/// ErrorKind::connection
class SENT_WEBHOOKS_EXPORT ConnectionError : public ApiError { public: using ApiError::ApiError; ~ConnectionError() override; };
/// ErrorKind::tls
class SENT_WEBHOOKS_EXPORT TlsError : public ConnectionError { public: using ConnectionError::ConnectionError; ~TlsError() override; };
/// ErrorKind::timeout
class SENT_WEBHOOKS_EXPORT TimeoutError : public ApiError { public: using ApiError::ApiError; ~TimeoutError() override; };
/// ErrorKind::cancelled
class SENT_WEBHOOKS_EXPORT CancelledError : public ApiError { public: using ApiError::ApiError; ~CancelledError() override; };
/// Any answer that is not a 2xx; also thrown itself, for ErrorKind::unexpected_status
class SENT_WEBHOOKS_EXPORT StatusError : public ApiError { public: using ApiError::ApiError; ~StatusError() override; };
/// 400
class SENT_WEBHOOKS_EXPORT BadRequestError : public StatusError { public: using StatusError::StatusError; ~BadRequestError() override; };
/// 401
class SENT_WEBHOOKS_EXPORT AuthenticationError : public StatusError { public: using StatusError::StatusError; ~AuthenticationError() override; };
/// 402
class SENT_WEBHOOKS_EXPORT PaymentRequiredError : public StatusError { public: using StatusError::StatusError; ~PaymentRequiredError() override; };
/// 403
class SENT_WEBHOOKS_EXPORT PermissionDeniedError : public StatusError { public: using StatusError::StatusError; ~PermissionDeniedError() override; };
/// 404
class SENT_WEBHOOKS_EXPORT NotFoundError : public StatusError { public: using StatusError::StatusError; ~NotFoundError() override; };
/// 409
class SENT_WEBHOOKS_EXPORT ConflictError : public StatusError { public: using StatusError::StatusError; ~ConflictError() override; };
/// 422
class SENT_WEBHOOKS_EXPORT UnprocessableError : public StatusError { public: using StatusError::StatusError; ~UnprocessableError() override; };
/// 429
class SENT_WEBHOOKS_EXPORT RateLimitError : public StatusError { public: using StatusError::StatusError; ~RateLimitError() override; };
/// 5xx
class SENT_WEBHOOKS_EXPORT ServerError : public StatusError { public: using StatusError::StatusError; ~ServerError() override; };
/// ErrorKind::undecodable
class SENT_WEBHOOKS_EXPORT UndecodableError : public ApiError { public: using ApiError::ApiError; ~UndecodableError() override; };
/// ErrorKind::webhook_rejected
class SENT_WEBHOOKS_EXPORT WebhookRejectedError : public ApiError { public: using ApiError::ApiError; ~WebhookRejectedError() override; };
/// ErrorKind::response_too_large
class SENT_WEBHOOKS_EXPORT ResponseTooLargeError : public ApiError { public: using ApiError::ApiError; ~ResponseTooLargeError() override; };
/// ErrorKind::queue_full
class SENT_WEBHOOKS_EXPORT QueueFullError : public ApiError { public: using ApiError::ApiError; ~QueueFullError() override; };
/// ErrorKind::resource_exhausted
class SENT_WEBHOOKS_EXPORT ResourceExhaustedError : public ApiError { public: using ApiError::ApiError; ~ResourceExhaustedError() override; };
/// ErrorKind::storage
class SENT_WEBHOOKS_EXPORT StorageError : public ApiError { public: using ApiError::ApiError; ~StorageError() override; };
// clang-format on
// NOLINTEND(cppcoreguidelines-special-member-functions)

namespace detail {
/// Throws the subclass of ApiError that fits; ends the program in a build without exceptions.
[[noreturn]] SENT_WEBHOOKS_EXPORT void throw_error(const Error& error);
}  // namespace detail

}  // namespace sent
