#pragma once

#include <curl/curl.h>

#include <chrono>

namespace sent::detail::http {

/// For CURLOPT_MAXAGE_CONN: libcurl counts whole seconds, and keeps what has been idle for just so many.
constexpr long longest_idle_seconds(std::chrono::seconds max_idle_time) noexcept {
    return max_idle_time.count() > 0 ? static_cast<long>(max_idle_time.count()) - 1 : 0;
}

/// Closes the connections of the multi handle that have been idle for so long, or whose server has closed
/// them. Does nothing within a second of the last time. Calls curl_multi_perform once, which also drives what
/// else the handle has.
void close_idle_connections(CURLM* multi, std::chrono::seconds max_idle_time) noexcept;

}  // namespace sent::detail::http
