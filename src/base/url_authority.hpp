#pragma once

#include <cstddef>
#include <string_view>

/// @file
/// The only parser of scheme, host and port of a URL. One parser, so that the host that is checked is the
/// host that receives the API key (A14 in docs/reliability.md). Any folder may include it.

namespace sent::detail {

/// The parts of a URL before its path. The views point into the URL.
struct UrlAuthority {
    bool https = false;
    std::string_view host{};  ///< without brackets, in the case of the URL
    bool is_ipv6 = false;
    bool is_name = false;     ///< must be looked up: neither an address nor `localhost`
    std::string_view port{};  ///< without leading zeros; empty if the URL has none
    std::string_view text{};  ///< host and port as written
    std::size_t end = 0;      ///< where the path, query or fragment begins
};

/// Splits the beginning of a URL. On failure, returns what is wrong, written to follow a name such as
/// "base_url", without repeating the URL. Refuses hosts that libcurl reads as a different address than they
/// show: percent-encoded hosts, and IP addresses in any form except four decimal numbers without leading
/// zeros (`0127.0.0.1` is 87.0.0.1).
const char* parse_url_authority(std::string_view url, UrlAuthority& parts) noexcept;

/// The same for the URL of a proxy, which may have another scheme that libcurl knows for proxies (`socks5h`),
/// or none.
const char* parse_proxy_url(std::string_view url, UrlAuthority& parts) noexcept;

/// Whether the host is this machine: `localhost`, 127.0.0.0/8 or ::1.
bool is_loopback(const UrlAuthority& parts) noexcept;

}  // namespace sent::detail
