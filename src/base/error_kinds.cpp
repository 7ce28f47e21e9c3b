#include "base/error_kinds.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include <sent/result.hpp>

namespace sent::detail {
namespace {

template <class Exception>
void throw_as(const Error& error) {
#if defined(__cpp_exceptions)
    throw Exception{error};
#else
    result_has_no_value(error);
#endif
}

// In the order of the enumerators.
constexpr ErrorKindRow rows[] = {
    {ErrorKind::configuration, 0, "configuration", &throw_as<ConfigurationError>,
     "Correct the client's options or the environment; nothing was sent."},
    {ErrorKind::invalid_request, 0, "invalid_request", &throw_as<InvalidRequestError>,
     "Correct the request; nothing was sent."},
    {ErrorKind::connection, 0, "connection", &throw_as<ConnectionError>,
     "Check the network, the base URL and the proxy, and try again."},
    {ErrorKind::tls, 0, "tls", &throw_as<TlsError>,
     "Check the system's CA certificates and clock, TlsOptions and the base URL, and whether a proxy "
     "intercepts the connection."},
    {ErrorKind::timeout, 0, "timeout", &throw_as<TimeoutError>,
     "Try again; if the service needs more time, raise attempt_timeout or deadline."},
    {ErrorKind::cancelled, 0, "cancelled", &throw_as<CancelledError>,
     "The program cancelled the call or destroyed the client: call again if the result is still needed."},
    {ErrorKind::bad_request, 400, "bad_request", &throw_as<BadRequestError>,
     "Correct the request: Error::message and Error::details say what the service refused."},
    {ErrorKind::authentication, 401, "authentication", &throw_as<AuthenticationError>,
     "Check the API key and, for v1 and v2, that the sender id is the one that belongs to it."},
    {ErrorKind::payment_required, 402, "payment_required", &throw_as<PaymentRequiredError>,
     "Check the balance and the plan of the account in the dashboard, top up, and send again."},
    {ErrorKind::permission_denied, 403, "permission_denied", &throw_as<PermissionDeniedError>,
     "Check the key's permissions and the state of the account in the dashboard: the key is valid, but lacks "
     "permission."},
    {ErrorKind::not_found, 404, "not_found", &throw_as<NotFoundError>,
     "Check the id, that it belongs to this account, and that base_url has no version such as /v3 in its "
     "path."},
    {ErrorKind::conflict, 409, "conflict", &throw_as<ConflictError>,
     "Read the current state, then decide: the request conflicts with what exists."},
    {ErrorKind::unprocessable, 422, "unprocessable", &throw_as<UnprocessableError>,
     "Correct the request: Error::message and Error::details say what the service refused."},
    {ErrorKind::rate_limited, 429, "rate_limited", &throw_as<RateLimitError>,
     "Wait as long as Error::retry_after says, and lower the rate (ClientOptions::rate_limit)."},
    {ErrorKind::server, 0, "server", &throw_as<ServerError>,
     "The service failed: try again later; if it persists, give Error::request_id to the vendor's support."},
    {ErrorKind::unexpected_status, 0, "unexpected_status", &throw_as<StatusError>,
     "Check the base URL; Error::raw_body shows what answered."},
    {ErrorKind::undecodable, 0, "undecodable", &throw_as<UndecodableError>,
     "Look at Error::raw_body: a proxy or a login page may have answered instead of the service."},
    {ErrorKind::response_too_large, 0, "response_too_large", &throw_as<ResponseTooLargeError>,
     "Request smaller pages, or raise ClientOptions::max_response_bytes."},
    {ErrorKind::queue_full, 0, "queue_full", &throw_as<QueueFullError>,
     "Submit the call again when others have ended, or raise AsyncOptions::max_pending."},
    {ErrorKind::resource_exhausted, 0, "resource_exhausted", &throw_as<ResourceExhaustedError>,
     "Free memory, file descriptors or threads of this process (`ulimit -a` shows the limits), or make fewer "
     "calls at once, and try again."},
    {ErrorKind::storage, 0, "storage", &throw_as<StorageError>,
     "Check the storage that the message names (space, permissions, connection), and try again."},
    {ErrorKind::webhook_rejected, 0, "webhook_rejected", &throw_as<WebhookRejectedError>,
     "Do not act on it, and answer with webhooks::response_status(); if the service sent it, check the "
     "secret, the clock, and that the body is unchanged."},
};

constexpr bool are_in_order() noexcept {
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        if (static_cast<std::size_t>(rows[i].kind) != i) {
            return false;
        }
    }
    return true;
}
static_assert(are_in_order(), "find_row() takes the enumerator for the index");

}  // namespace

const ErrorKindRow* find_row(ErrorKind kind) noexcept {
    const auto index = static_cast<std::size_t>(kind);
    return index < std::size(rows) ? &rows[index] : nullptr;
}

ErrorKind kind_of_status(int status) noexcept {
    constexpr int first_server_error = 500;
    constexpr int last_server_error = 599;
    if (status >= first_server_error && status <= last_server_error) {
        return ErrorKind::server;
    }
    const auto* const found =
        std::find_if(std::begin(rows), std::end(rows),
                     [status](const ErrorKindRow& row) { return row.status != 0 && row.status == status; });
    return found != std::end(rows) ? found->kind : ErrorKind::unexpected_status;
}

}  // namespace sent::detail
