#pragma once

/// @file
/// Parses request targets and URLs.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sent::testing::emulator {

/// "/v2/messages/a%2Fb" -> {"v2", "messages", "a/b"}. Returns nothing if the path is malformed.
std::optional<std::vector<std::string>> split_path(std::string_view path);

/// "a=1&b" -> {{"a", "1"}, {"b", ""}}. A plus sign is a space. Returns nothing if the query is malformed.
std::optional<std::vector<std::pair<std::string, std::string>>> split_query(std::string_view query);

/// The server that a URL or a Host header names.
struct Authority {
    std::string host{};         ///< in lower case; IPv6 addresses in their shortest form, without brackets
    std::optional<int> port{};  ///< empty if the text does not contain one
};

/// Reads "localhost:8080" or "[::1]". Returns nothing if the text is malformed or contains user information.
std::optional<Authority> parse_authority(std::string_view text);

/// Reads a host as a person writes it, also an IPv6 address without brackets. Drops a port and a final dot.
std::optional<std::string> parse_host(std::string_view text);

std::string without_final_dot(std::string host);

/// An absolute http or https URL.
struct Url {
    bool secure = false;
    std::string host{};  ///< see Authority
    int port = 0;
    std::string target{};  ///< path and query, at least "/"
};

/// Returns nothing if the text is not such a URL or contains user information.
std::optional<Url> parse_url(std::string_view text);

/// Whether a host is an IP address: IPv6, or four decimal numbers without leading zeros, which some programs
/// read as octal.
bool is_address(const std::string& host);

/// Whether a host is localhost or an address of the loopback network. Decided by the text; names are not
/// resolved.
bool is_loopback(const std::string& host);

}  // namespace sent::testing::emulator
