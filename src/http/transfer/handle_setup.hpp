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

/// Sets method and body. Does not copy the body.
CURLcode set_method(CURL* easy, const HttpRequest& request);

/// Returns the scheme as CURLAUTH_* bits.
long curl_scheme(ProxyOptions::Scheme scheme) noexcept;

/// Sets whether requests use the proxy of the settings.
CURLcode set_proxy(CURL* easy, const ProxyOptions& proxy, bool https);

}  // namespace sent::detail::http
