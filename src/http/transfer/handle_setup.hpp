#pragma once

#include <curl/curl.h>

#include "http/transfer/request_url.hpp"
#include "http/transport_settings.hpp"

namespace sent::detail::http {

/// An option that libcurl refuses, and why. `name` is null if libcurl accepts all options.
struct RefusedOption {
    const char* name = nullptr;
    CURLcode code = CURLE_OK;
};

/// Sets the options that are the same for all requests of the transport.
RefusedOption set_constant_options(CURL* easy, const TransportSettings& settings);

/// What most requests have in common with the one before. It is set only when it changes, because that takes
/// more instructions (bench/instructions) than all else that the transport does for a request.
struct RequestOptions {
    std::string method{};
    bool posts = false;
    long connect_timeout_ms = 0;
    long timeout_ms = 0;

    [[nodiscard]] bool operator==(const RequestOptions& other) const noexcept {
        return method == other.method && posts == other.posts &&
               connect_timeout_ms == other.connect_timeout_ms && timeout_ms == other.timeout_ms;
    }
};
CURLcode set_request_options(CURL* easy, const RequestOptions& options);

/// Returns the scheme as CURLAUTH_* bits.
long curl_scheme(ProxyOptions::Scheme scheme) noexcept;

/// Sets whether requests use the proxy of the settings.
CURLcode set_proxy(CURL* easy, const ProxyOptions& proxy, bool https);

}  // namespace sent::detail::http
