#pragma once

#include <string>

namespace bench {

/// Where a contender's requests go, and how.
struct Endpoint {
    std::string url{};
    /// PEM file of trusted certificates, for https.
    std::string trust{};
    /// HTTP/2, requests sharing a connection.
    bool http2 = false;
};

}  // namespace bench
