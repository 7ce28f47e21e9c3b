#pragma once

/// @file
/// Taking targets and URLs apart.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sent::testing::emulator {

/// Empty when a percent sign is not followed by two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);

/// "/v2/messages/a%2Fb" -> {"v2", "messages", "a/b"}. Empty when the path is malformed.
std::optional<std::vector<std::string>> split_path(std::string_view path);

/// "a=1&b" -> {{"a", "1"}, {"b", ""}}; a plus sign is a space. Empty when the query is malformed.
std::optional<std::vector<std::pair<std::string, std::string>>> split_query(std::string_view query);

/// What a URL or a Host header calls a server.
struct Authority {
    std::string host{};         ///< lower case; IPv6 addresses in their shortest form, without brackets
    std::optional<int> port{};  ///< empty when the text names none
};

/// Reads "localhost:8080" or "[::1]". Empty when the text is malformed or has user information.
std::optional<Authority> parse_authority(std::string_view text);

/// Reads what a person calls a host, which may also be an IPv6 address without brackets. Drops a port and a
/// final dot.
std::optional<std::string> parse_host(std::string_view text);

std::string without_final_dot(std::string host);

/// An absolute http or https URL.
struct Url {
    bool secure = false;
    std::string host{};  ///< as in Authority
    int port = 0;
    std::string target{};  ///< path and query, at least "/"
};

/// Empty when the text is no such URL, or one with user information.
std::optional<Url> parse_url(std::string_view text);

/// Whether a host is an IP address: IPv6, or four decimal numbers without leading zeros, which some programs
/// read as octal.
bool is_address(const std::string& host);

/// Whether a host is localhost or an address of the loopback network, by its text alone: nothing is resolved.
bool is_loopback(const std::string& host);

}  // namespace sent::testing::emulator
