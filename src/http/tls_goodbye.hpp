#pragma once

#include <curl/curl.h>

#include <atomic>
#include <memory>

namespace sent::detail::http {

/// Whether the peer of a TLS connection has said that it will send no more (close_notify). A reply whose end
/// is the connection's end is complete only then; libcurl does not tell the two ends apart.
using TlsGoodbye = std::shared_ptr<const std::atomic<bool>>;

/// Makes connections of this context (an SSL_CTX) note the goodbye. False when there is no memory for that.
bool watch_tls_goodbye(void* ssl_context) noexcept;

/// That of the connection that the handle is using; null when it is not watched.
TlsGoodbye tls_goodbye_of(CURL* easy) noexcept;

}  // namespace sent::detail::http
