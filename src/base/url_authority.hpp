#pragma once

#include <cstddef>
#include <string_view>

/// @file
/// Where an http or https URL leads. The only parser of it: what one part of the library checks, another one
/// sends the API key to. Any folder may include it.

namespace sent::detail {

/// The parts of a URL before its path. The views point into the URL.
struct UrlAuthority {
    bool https = false;
    std::string_view host{};  ///< without brackets, in the URL's own case
    bool is_ipv6 = false;
    std::string_view port{};  ///< without leading zeros; empty when none is written
    std::string_view text{};  ///< host and port as written
    std::size_t end = 0;      ///< where the path, query or fragment begins
};

/// Takes the URL's beginning apart. On failure it returns what is wrong, to follow a name such as "base_url",
/// in words that do not repeat the URL. Hosts that libcurl reads as another address than they show are
/// refused: percent-encoded ones, and IP addresses in any form but four decimal numbers without leading zeros
/// (`0127.0.0.1` is 87.0.0.1).
const char* parse_url_authority(std::string_view url, UrlAuthority& parts) noexcept;

/// The same for the URL of a proxy, which may have another scheme that libcurl knows for proxies (`socks5h`),
/// or none. Returns null if nothing is wrong.
const char* proxy_url_problem(std::string_view url);

/// Whether the host is this machine: `localhost`, 127.0.0.0/8 or ::1.
bool is_loopback(const UrlAuthority& parts) noexcept;

}  // namespace sent::detail
