#pragma once

#include <curl/curl.h>

#include <chrono>

namespace sent::detail::http {

/// The value for CURLOPT_MAXAGE_CONN. libcurl counts whole seconds, and keeps a connection that has been idle
/// for exactly this time.
constexpr long longest_idle_seconds(std::chrono::seconds max_idle_time) noexcept {
    return max_idle_time.count() > 0 ? static_cast<long>(max_idle_time.count()) - 1 : 0;
}

/// Closes the connections of the multi handle (B17 in docs/reliability.md) that have been idle for longer, or
/// that their server has closed. Does nothing if called again within one second. Calls curl_multi_perform
/// once, which also drives the handle's other transfers.
void close_idle_connections(CURLM* multi, std::chrono::seconds max_idle_time) noexcept;

}  // namespace sent::detail::http
