#pragma once

#include <memory>
#include <string>

#include <sent/http/curl_transport.hpp>

#include "http/look_ups.hpp"
#include "http/trust_store.hpp"

namespace sent::detail::http {

/// The user's options and the settings that follow from them. Does not change afterwards.
struct TransportSettings {
    explicit TransportSettings(CurlTransportOptions user_options);

    /// Whether an https request may need a look-up for its proxy.
    [[nodiscard]] bool may_look_up_proxy() const noexcept;

    CurlTransportOptions options;
    /// What is wrong with the proxy's URL, or empty.
    std::string proxy_problem{};
    bool proxy_is_name = false;
    /// If the user sets a source, the system's certificates are not used.
    TrustSource trust{};
    /// Whether libcurl uses the same OpenSSL that this library is linked with.
    bool uses_our_openssl = TrustStore::is_supported();
    /// Null if libcurl reads the certificates itself.
    std::unique_ptr<TrustStore> trust_store{};
    /// Never null.
    std::unique_ptr<LookUps> look_ups = std::make_unique<LookUps>();
};

}  // namespace sent::detail::http
