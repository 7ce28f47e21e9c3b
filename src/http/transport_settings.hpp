#pragma once

#include <memory>

#include <sent/http/curl_transport.hpp>

#include "http/look_ups.hpp"
#include "http/trust_store.hpp"

namespace sent::detail::http {

/// The user's options and what follows from them once and for all.
struct TransportSettings {
    explicit TransportSettings(CurlTransportOptions user_options);

    CurlTransportOptions options;
    /// When the user names one, the system's do not count.
    TrustSource trust{};
    /// Whether libcurl's TLS is the very OpenSSL that this library is linked with.
    bool uses_our_openssl = TrustStore::is_supported();
    /// Null where libcurl reads the certificates itself.
    std::unique_ptr<TrustStore> trust_store{};
    /// Never null.
    std::unique_ptr<LookUps> look_ups = std::make_unique<LookUps>();
};

}  // namespace sent::detail::http
