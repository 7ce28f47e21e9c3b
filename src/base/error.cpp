#include <sent/error.hpp>

#include <ostream>
#include <utility>

#include <sent/result.hpp>

namespace sent {

std::string_view to_string(ErrorKind kind) noexcept {
    switch (kind) {
        case ErrorKind::configuration:
            return "configuration";
        case ErrorKind::invalid_request:
            return "invalid_request";
        case ErrorKind::connection:
            return "connection";
        case ErrorKind::tls:
            return "tls";
        case ErrorKind::timeout:
            return "timeout";
        case ErrorKind::cancelled:
            return "cancelled";
        case ErrorKind::bad_request:
            return "bad_request";
        case ErrorKind::authentication:
            return "authentication";
        case ErrorKind::payment_required:
            return "payment_required";
        case ErrorKind::permission_denied:
            return "permission_denied";
        case ErrorKind::not_found:
            return "not_found";
        case ErrorKind::conflict:
            return "conflict";
        case ErrorKind::unprocessable:
            return "unprocessable";
        case ErrorKind::rate_limited:
            return "rate_limited";
        case ErrorKind::server:
            return "server";
        case ErrorKind::unexpected_status:
            return "unexpected_status";
        case ErrorKind::undecodable:
            return "undecodable";
        case ErrorKind::response_too_large:
            return "response_too_large";
        case ErrorKind::queue_full:
            return "queue_full";
        case ErrorKind::resource_exhausted:
            return "resource_exhausted";
        case ErrorKind::not_approved:
            return "not_approved";
        case ErrorKind::webhook_rejected:
            return "webhook_rejected";
    }
    return "unknown";
}

std::string_view to_string(Outcome outcome) noexcept {
    switch (outcome) {
        case Outcome::not_sent:
            return "not_sent";
        case Outcome::rejected:
            return "rejected";
        case Outcome::accepted:
            return "accepted";
        case Outcome::unknown:
            return "unknown";
    }
    return "unknown";
}

std::ostream& operator<<(std::ostream& out, ErrorKind kind) {
    return out << to_string(kind);
}
std::ostream& operator<<(std::ostream& out, Outcome outcome) {
    return out << to_string(outcome);
}

std::string to_string(const Error& error) {
    std::string text{to_string(error.kind)};
    if (error.http_status != 0) {
        text += " (HTTP " + std::to_string(error.http_status);
        text += error.code.empty() ? ")" : ", " + error.code + ")";
    }
    text += ": " + error.message;
    for (const auto& [member, problems] : error.details) {
        for (const auto& problem : problems) {
            text += "; ";
            if (!member.empty()) {
                text += member;
                text += ": ";
            }
            text += problem;
        }
    }
    text += " [outcome: ";
    text += to_string(error.outcome);
    text += ", attempts: " + std::to_string(error.attempts);
    if (!error.request_id.empty()) {
        text += ", request id: " + error.request_id;
    }
    if (error.retry_after) {
        text += ", retry after: " + std::to_string(error.retry_after->count()) + " ms";
    }
    text += "] ";
    text += error.hint();
    return text;
}

std::ostream& operator<<(std::ostream& out, const Error& error) {
    return out << to_string(error);
}

ApiError::ApiError(Error error)
    : std::runtime_error(to_string(error)), error_(std::make_shared<const Error>(std::move(error))) {}

// Out of line, so that each class has its type information in the library, and a shared one's users can catch
// it.
ApiError::~ApiError() = default;
ConfigurationError::~ConfigurationError() = default;
InvalidRequestError::~InvalidRequestError() = default;
ConnectionError::~ConnectionError() = default;
TlsError::~TlsError() = default;
TimeoutError::~TimeoutError() = default;
CancelledError::~CancelledError() = default;
StatusError::~StatusError() = default;
BadRequestError::~BadRequestError() = default;
AuthenticationError::~AuthenticationError() = default;
PaymentRequiredError::~PaymentRequiredError() = default;
PermissionDeniedError::~PermissionDeniedError() = default;
NotFoundError::~NotFoundError() = default;
ConflictError::~ConflictError() = default;
UnprocessableError::~UnprocessableError() = default;
RateLimitError::~RateLimitError() = default;
ServerError::~ServerError() = default;
UndecodableError::~UndecodableError() = default;
WebhookRejectedError::~WebhookRejectedError() = default;
ResponseTooLargeError::~ResponseTooLargeError() = default;
QueueFullError::~QueueFullError() = default;
ResourceExhaustedError::~ResourceExhaustedError() = default;

namespace detail {

void throw_error(const Error& error) {
#if defined(__cpp_exceptions)
    switch (error.kind) {
        case ErrorKind::configuration:
            throw ConfigurationError{error};
        case ErrorKind::invalid_request:
            throw InvalidRequestError{error};
        case ErrorKind::connection:
            throw ConnectionError{error};
        case ErrorKind::tls:
            throw TlsError{error};
        case ErrorKind::timeout:
            throw TimeoutError{error};
        case ErrorKind::cancelled:
            throw CancelledError{error};
        case ErrorKind::bad_request:
            throw BadRequestError{error};
        case ErrorKind::authentication:
            throw AuthenticationError{error};
        case ErrorKind::payment_required:
            throw PaymentRequiredError{error};
        case ErrorKind::permission_denied:
            throw PermissionDeniedError{error};
        case ErrorKind::not_found:
            throw NotFoundError{error};
        case ErrorKind::conflict:
            throw ConflictError{error};
        case ErrorKind::unprocessable:
            throw UnprocessableError{error};
        case ErrorKind::rate_limited:
            throw RateLimitError{error};
        case ErrorKind::server:
            throw ServerError{error};
        case ErrorKind::unexpected_status:
            throw StatusError{error};
        case ErrorKind::undecodable:
            throw UndecodableError{error};
        case ErrorKind::response_too_large:
            throw ResponseTooLargeError{error};
        case ErrorKind::queue_full:
            throw QueueFullError{error};
        case ErrorKind::resource_exhausted:
            throw ResourceExhaustedError{error};
        case ErrorKind::webhook_rejected:
            throw WebhookRejectedError{error};
        case ErrorKind::not_approved:
            break;
    }
    throw ApiError{error};
#else
    result_has_no_value(error);
#endif
}

}  // namespace detail
}  // namespace sent
