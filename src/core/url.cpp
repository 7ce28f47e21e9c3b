#include "core/url.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>

namespace sent::detail {
namespace {

constexpr std::string_view unreserved_punctuation = "-._~";
constexpr std::string_view segment_punctuation = "-._~!$&'()*,;=:@";

bool is_alphanumeric(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

char to_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text) {
    std::string result{text};
    std::transform(result.begin(), result.end(), result.begin(), to_lower);
    return result;
}

void append_encoded(std::string_view text, std::string_view kept, std::string& out) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : text) {
        if (is_alphanumeric(c) || kept.find(c) != std::string_view::npos) {
            out.push_back(c);
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out.push_back('%');
            out.push_back(digits[byte >> 4U]);
            out.push_back(digits[byte & 15U]);
        }
    }
}

bool is_loopback_ipv4(std::string_view host) noexcept {
    int octets = 0;
    bool first_is_127 = false;
    while (true) {
        unsigned value = 256;
        const auto [end, error] = std::from_chars(host.data(), host.data() + host.size(), value);
        if (error != std::errc{} || value > 255) {
            return false;
        }
        first_is_127 = octets == 0 ? value == 127 : first_is_127;
        ++octets;
        host.remove_prefix(static_cast<std::size_t>(end - host.data()));
        if (host.empty()) {
            return octets == 4 && first_is_127;
        }
        if (host.front() != '.' || octets == 4) {
            return false;
        }
        host.remove_prefix(1);
    }
}

bool is_loopback(std::string_view host) noexcept {
    return host == "localhost" || host == "[::1]" || is_loopback_ipv4(host);
}

bool is_host(std::string_view host) noexcept {
    if (host.empty()) {
        return false;
    }
    if (host.front() == '[') {
        return host.size() > 2 && host.back() == ']' &&
               host.substr(1, host.size() - 2).find_first_not_of("0123456789abcdef:.") ==
                   std::string_view::npos;
    }
    return std::all_of(host.begin(), host.end(),
                       [](char c) { return is_alphanumeric(c) || c == '-' || c == '.' || c == '_'; });
}

bool is_port(std::string_view text) noexcept {
    unsigned port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc{} && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

struct Authority {
    std::string host{};
    std::string port{};
};

std::optional<Authority> parse_authority(std::string_view text, std::string& problem) {
    if (text.find('@') != std::string_view::npos) {
        problem = "base_url must not hold a user name or password: remove what stands before the @";
        return std::nullopt;
    }
    Authority result;
    const auto bracket = text.rfind(']');
    const auto colon = text.rfind(':');
    const bool has_port =
        colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
    result.host = lower(text.substr(0, has_port ? colon : text.size()));
    if (!is_host(result.host)) {
        problem = "base_url has no valid host: write https://host[:port] with an ASCII (punycode) host name";
        return std::nullopt;
    }
    if (has_port) {
        const auto port = text.substr(colon + 1);
        if (!is_port(port)) {
            problem = "base_url has no valid port: it must be a number from 1 to 65535";
            return std::nullopt;
        }
        result.port = port.substr(std::min(port.find_first_not_of('0'), port.size() - 1));
    }
    return result;
}

}  // namespace

std::optional<BaseUrl> parse_base_url(std::string_view text, bool allow_insecure_http, std::string& problem) {
    const auto scheme_end = text.find("://");
    const auto scheme = lower(text.substr(0, scheme_end == std::string_view::npos ? 0 : scheme_end));
    if (scheme != "https" && scheme != "http") {
        problem = "base_url must start with https://, as in https://api.sent.dm";
        return std::nullopt;
    }
    const auto rest = text.substr(scheme_end + 3);
    if (rest.find_first_of("?#") != std::string_view::npos) {
        problem = "base_url must not have a query or fragment: remove what follows the ? or #";
        return std::nullopt;
    }
    const auto slash = std::min(rest.find('/'), rest.size());
    const auto authority = parse_authority(rest.substr(0, slash), problem);
    if (!authority) {
        return std::nullopt;
    }
    BaseUrl result;
    result.secure = scheme == "https";
    if (!result.secure && !is_loopback(authority->host) && !allow_insecure_http) {
        problem = "base_url is plain http to " + authority->host +
                  ", where others can read the API key: use https, or set allow_insecure_http";
        return std::nullopt;
    }
    result.origin = scheme + "://" + authority->host;
    if (!authority->port.empty() && authority->port != (result.secure ? "443" : "80")) {
        result.origin += ":" + authority->port;
    }
    auto path = rest.substr(slash);
    while (!path.empty() && path.back() == '/') {
        path.remove_suffix(1);
    }
    if (!path.empty() && !is_plain_path(path)) {
        problem = "base_url has a path that is not plain: percent-encode it, and leave out . and .. segments";
        return std::nullopt;
    }
    result.path = path;
    return result;
}

std::optional<std::string_view> path_on_origin(std::string_view url, const BaseUrl& base) {
    const auto scheme_end = url.find("://");
    if (scheme_end == std::string_view::npos) {
        return std::nullopt;
    }
    const auto path_begin = std::min(url.find_first_of("/?#", scheme_end + 3), url.size());
    std::string ignored;
    const auto other = parse_base_url(url.substr(0, path_begin), true, ignored);
    if (!other || other->origin != base.origin) {
        return std::nullopt;
    }
    return url.substr(path_begin);
}

void append_path_segment(std::string_view text, std::string& out) {
    append_encoded(text, segment_punctuation, out);
}

void append_query_text(std::string_view text, std::string& out) {
    append_encoded(text, unreserved_punctuation, out);
}

bool is_dot_segment(std::string_view segment) noexcept {
    int dots = 0;
    while (!segment.empty()) {
        if (segment.front() == '.') {
            segment.remove_prefix(1);
        } else if (segment.size() >= 3 && segment[0] == '%' && segment[1] == '2' &&
                   to_lower(segment[2]) == 'e') {
            segment.remove_prefix(3);
        } else {
            return false;
        }
        ++dots;
    }
    return dots == 1 || dots == 2;
}

bool is_plain_path(std::string_view path) noexcept {
    if (path.empty() || path.front() != '/') {
        return false;
    }
    const auto is_allowed = [](char c) {
        return c > ' ' && c < 127 && std::string_view{"\"<>\\^`{|}#"}.find(c) == std::string_view::npos;
    };
    if (!std::all_of(path.begin(), path.end(), is_allowed)) {
        return false;
    }
    auto segments =
        path.substr(1, path.find('?') == std::string_view::npos ? path.size() : path.find('?') - 1);
    while (true) {
        const auto end = std::min(segments.find('/'), segments.size());
        if (is_dot_segment(segments.substr(0, end))) {
            return false;
        }
        if (end == segments.size()) {
            return true;
        }
        segments.remove_prefix(end + 1);
    }
}

}  // namespace sent::detail
