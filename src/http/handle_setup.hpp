#pragma once

#include <curl/curl.h>

#include "request_url.hpp"
#include "transport_settings.hpp"

namespace sent::detail::http {

/// An option that libcurl does not take, and why not. No name: it takes them all.
struct RefusedOption {
    const char* name = nullptr;
    CURLcode code = CURLE_OK;
};

/// Sets what is the same for all requests of the transport.
RefusedOption set_constant_options(CURL* easy, const TransportSettings& settings);

/// Lets the request share a connection with others by HTTP/2, where the server speaks it over TLS.
void allow_http2(CURL* easy) noexcept;

/// Sets method and body; everything that an earlier request may have set is set again. The body is not
/// copied.
CURLcode set_method(CURL* easy, const HttpRequest& request);

/// Sets whether requests go through the proxy of the settings.
CURLcode set_proxy(CURL* easy, const ProxyOptions& proxy, bool https);

}  // namespace sent::detail::http
