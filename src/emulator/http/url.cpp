#include "emulator/http/url.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "base/text/percent.hpp"
#include "emulator/http/http_types.hpp"

namespace sent::testing::emulator {
namespace {

// Reads a decimal number without a sign. Returns nothing for any other text.
std::optional<int> parse_decimal(std::string_view text, int largest) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || text.front() == '-' || error != std::errc{} || end != text.data() + text.size() ||
        value > largest) {
        return std::nullopt;
    }
    return value;
}

std::optional<in_addr> parse_ipv4(const std::string& text) {
    in_addr address{};
    return ::inet_pton(AF_INET, text.c_str(), &address) == 1 ? std::optional(address) : std::nullopt;
}

// Converts an address to its only canonical spelling.
std::optional<std::string> shorten_ipv6(const std::string& text) {
    in6_addr address{};
    std::array<char, INET6_ADDRSTRLEN> shortest{};
    if (::inet_pton(AF_INET6, text.c_str(), &address) != 1 ||
        ::inet_ntop(AF_INET6, &address, shortest.data(), shortest.size()) == nullptr) {
        return std::nullopt;
    }
    return shortest.data();
}

// Returns nothing if a percent sign is not followed by two hexadecimal digits.
std::optional<std::string> decode(std::string_view text, std::string (*decoded)(std::string_view)) {
    for (auto at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
        if (detail::percent_escape(text.substr(at)) < 0) {
            return std::nullopt;
        }
    }
    return decoded(text);
}

}  // namespace

std::optional<std::vector<std::string>> split_path(std::string_view path) {
    if (path.empty() || path.front() != '/') {
        return std::nullopt;
    }
    std::vector<std::string> segments;
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto length = std::min(path.find('/'), path.size());
        auto segment = decode(path.substr(0, length), &detail::percent_decoded);
        if (!segment) {
            return std::nullopt;
        }
        segments.push_back(std::move(*segment));
        path.remove_prefix(length);
    }
    return segments;
}

std::optional<std::vector<std::pair<std::string, std::string>>> split_query(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> result;
    while (!query.empty()) {
        const auto part = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(part.size() + 1, query.size()));
        if (part.empty()) {
            continue;
        }
        const auto name_size = std::min(part.find('='), part.size());
        auto name = decode(part.substr(0, name_size), &detail::query_decoded);
        auto value = decode(part.substr(std::min(name_size + 1, part.size())), &detail::query_decoded);
        if (!name || !value) {
            return std::nullopt;
        }
        result.emplace_back(std::move(*name), std::move(*value));
    }
    return result;
}

std::optional<Url> parse_url(std::string_view text) {
    Url url;
    const auto scheme = text.substr(0, text.find("://"));
    if (scheme.size() == text.size()) {
        return std::nullopt;
    }
    url.secure = same_ignoring_case(scheme, "https");
    if (!url.secure && !same_ignoring_case(scheme, "http")) {
        return std::nullopt;
    }
    text.remove_prefix(scheme.size() + 3);
    // A control character would be copied to a request line. Some parsers treat a backslash as a slash,
    // others do not.
    const auto unfit = [](char c) { return c <= ' ' || c >= '\x7f' || c == '\\'; };
    if (std::any_of(text.begin(), text.end(), unfit)) {
        return std::nullopt;
    }
    const auto authority = text.substr(0, text.find_first_of("/?#"));
    text.remove_prefix(authority.size());
    text = text.substr(0, text.find('#'));
    url.target = (text.empty() || text.front() != '/' ? "/" : "") + std::string(text);

    auto server = parse_authority(authority);
    if (!server || server->port == 0) {
        return std::nullopt;
    }
    url.host = std::move(server->host);
    url.port = server->port.value_or(url.secure ? 443 : 80);
    return url;
}

std::optional<Authority> parse_authority(std::string_view text) {
    const bool bracketed = !text.empty() && text.front() == '[';
    const auto host_end = bracketed ? text.find(']') : std::min(text.find(':'), text.size());
    if (host_end == std::string_view::npos || text.find('@') != std::string_view::npos) {
        return std::nullopt;
    }
    Authority authority;
    if (bracketed) {
        auto address = shorten_ipv6(std::string(text.substr(1, host_end - 1)));
        if (!address) {
            return std::nullopt;
        }
        authority.host = std::move(*address);
    } else {
        authority.host = to_lower(text.substr(0, host_end));
    }
    const auto rest = text.substr(host_end + (bracketed ? 1 : 0));
    if (!rest.empty()) {
        authority.port = rest.front() == ':' ? parse_decimal(rest.substr(1), 65535) : std::nullopt;
        if (!authority.port) {
            return std::nullopt;
        }
    }
    return authority.host.empty() ? std::nullopt : std::optional(std::move(authority));
}

std::optional<std::string> parse_host(std::string_view text) {
    if (auto address = shorten_ipv6(std::string(text))) {
        return address;
    }
    auto authority = parse_authority(text);
    return authority ? std::optional(without_final_dot(std::move(authority->host))) : std::nullopt;
}

std::string without_final_dot(std::string host) {
    if (host.size() > 1 && host.back() == '.') {
        host.pop_back();
    }
    return host;
}

bool is_address(const std::string& host) {
    return parse_ipv4(host) || shorten_ipv6(host);
}

bool is_loopback(const std::string& host) {
    if (host == "localhost" || host == "::1") {
        return true;
    }
    const auto address = parse_ipv4(host);
    return address && ntohl(address->s_addr) >> 24U == 127;
}

}  // namespace sent::testing::emulator
