#pragma once

#include <curl/curl.h>

#include <optional>
#include <string>

#include "http/transfer/request_url.hpp"
#include "http/transport_settings.hpp"

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

/// An option of one handle, which is set only when its value changes.
class NumberSetting {
  public:
    explicit NumberSetting(CURLoption option) noexcept : option_(option) {}
    CURLcode set(CURL* easy, long value) noexcept;
    [[nodiscard]] std::optional<long> value() const noexcept { return value_; }

  private:
    CURLoption option_;
    /// What the handle has; nothing: its default.
    std::optional<long> value_{};
};

/// Method and body as one handle has them. Most requests are of the kind that the one before was: then only
/// the body is set.
class MethodSetting {
  public:
    /// The body is not copied.
    CURLcode set(CURL* easy, const HttpRequest& request);

  private:
    /// What libcurl has for the method's framing.
    enum class Framing { unknown, get, head, post };

    Framing framing_ = Framing::unknown;
    /// Where the framing's own name is not the method's.
    std::string name_{};
};

/// The scheme as CURLAUTH_* bits.
long curl_scheme(ProxyOptions::Scheme scheme) noexcept;

/// Sets whether requests go through the proxy of the settings.
CURLcode set_proxy(CURL* easy, const ProxyOptions& proxy, bool https);

}  // namespace sent::detail::http
