#pragma once

#include <string>

#include <sent/http/curl_transport.hpp>

namespace sent::detail::http {

/// The user's options and what follows from them once and for all.
struct TransportSettings {
    explicit TransportSettings(CurlTransportOptions user_options);

    CurlTransportOptions options;
    /// The user said whom to trust; the system's certificates do not count then.
    bool own_trust = false;
    /// The certificates come from one file: without a directory beside it libcurl keeps the parsed
    /// certificates, and a further connection costs a fraction.
    bool drop_ca_path = false;
    /// For messages: where trusted certificates are looked for.
    std::string trust_source{};
};

}  // namespace sent::detail::http
