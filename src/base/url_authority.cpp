#include "base/url_authority.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>

#include "base/text/ascii.hpp"

namespace sent::detail {
namespace {

bool is_hex_digit(char c) noexcept {
    return hex_value(c) >= 0;
}

/// Calls `visit` with each label of the host until it returns false.
template <class Visit>
bool all_labels(std::string_view host, Visit visit) {
    while (true) {
        const auto end = std::min(host.find('.'), host.size());
        if (!visit(host.substr(0, end))) {
            return false;
        }
        if (end == host.size()) {
            return true;
        }
        host.remove_prefix(end + 1);
    }
}

/// Decimal, octal or hexadecimal, as inet_aton() reads the parts of an address.
bool is_number(std::string_view label) noexcept {
    const bool hexadecimal = label.size() >= 2 && label[0] == '0' && (label[1] == 'x' || label[1] == 'X');
    return hexadecimal ? std::all_of(label.begin() + 2, label.end(), is_hex_digit)
                       : !label.empty() && std::all_of(label.begin(), label.end(), is_digit);
}

/// Returns whether libcurl and the system read the host as an IPv4 address, in any form.
bool is_numeric(std::string_view host) noexcept {
    if (host.size() > 1 && host.back() == '.') {
        host.remove_suffix(1);
    }
    return all_labels(host, is_number);
}

/// Reads an IPv4 address in the only form that all readers understand in the same way.
std::optional<std::array<unsigned char, 4>> parse_ipv4(std::string_view host) noexcept {
    std::array<unsigned char, 4> octets{};
    std::size_t count = 0;
    const bool fine = all_labels(host, [&](std::string_view label) {
        unsigned value = 0;
        const auto [end, error] = std::from_chars(label.data(), label.data() + label.size(), value);
        const bool is_octet = error == std::errc{} && end == label.data() + label.size() && value <= 255 &&
                              (label.size() == 1 || label.front() != '0');
        if (!is_octet || count == octets.size()) {
            return false;
        }
        octets[count++] = static_cast<unsigned char>(value);  // NOLINT(*-constant-array-index): checked above
        return true;
    });
    return fine && count == octets.size() ? std::optional{octets} : std::nullopt;
}

bool parse_ipv6(std::string_view host, in6_addr& address) noexcept {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (host.size() >= text.size()) {
        return false;
    }
    std::memcpy(text.data(), host.data(), host.size());
    return ::inet_pton(AF_INET6, text.data(), &address) == 1;
}

constexpr auto* unreadable_ipv6 =
    "has an unreadable IPv6 address as its host: write it in brackets, as in https://[::1]";

const char* host_problem(const UrlAuthority& parts) noexcept {
    constexpr auto* no_host =
        "has no valid host: write https://host[:port] with an ASCII (punycode) host name";
    if (parts.is_ipv6) {
        in6_addr address{};
        return parse_ipv6(parts.host, address) ? nullptr : unreadable_ipv6;
    }
    const auto is_host_character = [](char c) {
        return is_alphanumeric(c) || c == '-' || c == '.' || c == '_';
    };
    if (parts.host.empty() || !std::all_of(parts.host.begin(), parts.host.end(), is_host_character)) {
        return no_host;
    }
    if (is_numeric(parts.host) && !parse_ipv4(parts.host)) {
        return "has an IP address as its host that programs read differently: write four decimal numbers "
               "from 0 to "
               "255 without leading zeros, as in 127.0.0.1";
    }
    return nullptr;
}

/// Removes leading zeros. Returns false if the text is not a port.
bool read_port(std::string_view text, std::string_view& port) noexcept {
    unsigned number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    port = text.substr(std::min(text.find_first_not_of('0'), text.size()));
    return error == std::errc{} && end == text.data() + text.size() && number >= 1 && number <= 65535;
}

/// Reads host and port, which start at index `begin` of the URL.
const char* parse_server(std::string_view url, std::size_t begin, UrlAuthority& parts) noexcept {
    parts.end = std::min(url.find_first_of("/?#", begin), url.size());
    parts.text = url.substr(begin, parts.end - begin);
    if (parts.text.find('@') != std::string_view::npos) {
        return "must not have a user name or password: remove what is before the @";
    }
    parts.is_ipv6 = !parts.text.empty() && parts.text.front() == '[';
    const auto host_end =
        std::min(parts.is_ipv6 ? parts.text.find(']') : parts.text.find(':'), parts.text.size());
    parts.host = parts.text.substr(0, host_end);
    auto rest = parts.text.substr(host_end);
    if (parts.is_ipv6) {
        parts.host.remove_prefix(1);
        if (rest.empty()) {
            return unreadable_ipv6;
        }
        rest.remove_prefix(1);
    }
    if (const char* problem = host_problem(parts)) {
        return problem;
    }
    parts.is_name = !parts.is_ipv6 && !is_numeric(parts.host) && !same_ignoring_case(parts.host, "localhost");
    parts.port = {};
    if (rest.empty() || rest == ":") {
        return nullptr;
    }
    return rest.front() == ':' && read_port(rest.substr(1), parts.port)
               ? nullptr
               : "has no valid port: it must be a number from 1 to 65535";
}

}  // namespace

const char* parse_url_authority(std::string_view url, UrlAuthority& parts) noexcept {
    const auto scheme = url.substr(0, std::min(url.find("://"), url.size()));
    parts.https = same_ignoring_case(scheme, "https");
    if (scheme.size() == url.size() || (!parts.https && !same_ignoring_case(scheme, "http"))) {
        return "must start with https:// (or http://), as in https://api.sent.dm";
    }
    return parse_server(url, scheme.size() + 3, parts);
}

const char* parse_proxy_url(std::string_view url, UrlAuthority& parts) noexcept {
    constexpr std::array<std::string_view, 6> schemes{"http",    "https",  "socks4",
                                                      "socks4a", "socks5", "socks5h"};
    const auto end = url.find("://");
    if (end == std::string_view::npos) {
        return parse_server(url, 0, parts);
    }
    const auto scheme = url.substr(0, end);
    if (std::none_of(schemes.begin(), schemes.end(),
                     [&](auto known) { return same_ignoring_case(scheme, known); })) {
        return "must start with http://, https:// or a SOCKS scheme, as in http://proxy.example:3128";
    }
    return parse_server(url, end + 3, parts);
}

bool is_loopback(const UrlAuthority& parts) noexcept {
    if (parts.is_ipv6) {
        in6_addr address{};
        return parse_ipv6(parts.host, address) && IN6_IS_ADDR_LOOPBACK(&address) != 0;
    }
    const auto ipv4 = parse_ipv4(parts.host);
    return ipv4 ? ipv4->front() == 127 : same_ignoring_case(parts.host, "localhost");
}

}  // namespace sent::detail
