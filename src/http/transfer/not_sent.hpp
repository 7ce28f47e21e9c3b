#pragma once

#include <string>
#include <utility>

#include <sent/http/transport.hpp>

namespace sent::detail::http {

/// Returns an error after which the request may have left.
[[gnu::cold]] inline TransportError error_of(TransportErrorKind kind, std::string message) {
    TransportError error;
    error.kind = kind;
    error.message = std::move(message);
    return error;
}

/// Returns an error for a request of which certainly no byte has left.
[[gnu::cold]] inline TransportError not_sent(TransportErrorKind kind, std::string message) {
    TransportError error = error_of(kind, std::move(message));
    error.request_may_have_left = false;
    return error;
}

/// Needs no memory: the text is short enough for a string without an allocation.
[[gnu::cold]] inline TransportError out_of_memory(bool request_may_have_left) noexcept {
    TransportError error = error_of(TransportErrorKind::resource_exhausted, "out of memory");
    error.request_may_have_left = request_may_have_left;
    return error;
}

}  // namespace sent::detail::http
