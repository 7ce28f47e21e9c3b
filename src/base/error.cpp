#include <sent/error.hpp>

#include <ostream>
#include <utility>

#include <sent/result.hpp>

#include "base/error_kinds.hpp"
#include "base/text/milliseconds.hpp"

namespace sent {

std::string_view to_string(ErrorKind kind) noexcept {
    const auto* const row = detail::find_row(kind);
    return row != nullptr ? row->name : "unknown";
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
        text += ", retry after: " + detail::milliseconds_text(*error.retry_after);
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

// Defined here, so that the type information of each class is in the library and users of the shared library
// can catch it.
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
StorageError::~StorageError() = default;

namespace detail {

void throw_error(const Error& error) {
    if (const auto* const row = find_row(error.kind)) {
        row->throw_error(error);
    }
#if defined(__cpp_exceptions)
    throw ApiError{error};
#else
    result_has_no_value(error);
#endif
}

}  // namespace detail
}  // namespace sent
