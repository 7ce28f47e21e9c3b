#pragma once

#include <curl/curl.h>

#include <chrono>

namespace sent::detail::http {

/// Closes the connections of the multi handle that have been idle for so long, or whose server has closed
/// them. Calls curl_multi_perform once, which also drives what else the handle has.
void close_idle_connections(CURLM* multi, std::chrono::seconds max_idle_time) noexcept;

}  // namespace sent::detail::http
