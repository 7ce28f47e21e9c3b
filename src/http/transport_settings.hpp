#pragma once

#include <memory>

#include <sent/http/curl_transport.hpp>

#include "http/look_ups.hpp"
#include "http/trust_store.hpp"

namespace sent::detail::http {

/// The user's options and the settings that follow from them. Does not change afterwards.
struct TransportSettings {
    explicit TransportSettings(CurlTransportOptions user_options);

    CurlTransportOptions options;
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
