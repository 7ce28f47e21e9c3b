#pragma once

#include <string>
#include <utility>

#include <sent/http/transport.hpp>

namespace sent::detail::http {

/// Returns an error for a request of which certainly no byte has left.
[[gnu::cold]] inline TransportError not_sent(TransportErrorKind kind, std::string message) {
    TransportError error;
    error.kind = kind;
    error.message = std::move(message);
    error.request_may_have_left = false;
    return error;
}

}  // namespace sent::detail::http
