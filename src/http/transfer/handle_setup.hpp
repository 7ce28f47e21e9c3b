#pragma once

#include <curl/curl.h>

#include <optional>
#include <string>

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

/// An option of one handle that is only set when its value changes.
class NumberSetting {
  public:
    explicit NumberSetting(CURLoption option) noexcept : option_(option) {}
    CURLcode set(CURL* easy, long value) noexcept;
    [[nodiscard]] std::optional<long> value() const noexcept { return value_; }

  private:
    CURLoption option_;
    /// The current value of the handle. Empty means the default.
    std::optional<long> value_{};
};

/// Method and body of one handle. Most requests have the same kind as the one before; then only the body is
/// set.
class MethodSetting {
  public:
    /// Does not copy the body.
    CURLcode set(CURL* easy, const HttpRequest& request);

  private:
    /// How libcurl frames the request.
    enum class Framing { unknown, get, head, post };

    Framing framing_ = Framing::unknown;
    /// The method, if it differs from the name of the framing.
    std::string name_{};
};

/// Returns the scheme as CURLAUTH_* bits.
long curl_scheme(ProxyOptions::Scheme scheme) noexcept;

/// Sets whether requests use the proxy of the settings.
CURLcode set_proxy(CURL* easy, const ProxyOptions& proxy, bool https);

}  // namespace sent::detail::http
