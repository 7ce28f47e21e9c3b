#include "request_url.hpp"

namespace sent::detail::http {

namespace {

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool starts_with_scheme(std::string_view url, std::string_view scheme) noexcept {
    if (url.size() < scheme.size()) {
        return false;
    }
    for (std::size_t i = 0; i < scheme.size(); ++i) {
        if (lower(url[i]) != scheme[i]) {
            return false;
        }
    }
    return true;
}

bool same_name(std::string_view name, std::string_view lower_case) noexcept {
    return name.size() == lower_case.size() && starts_with_scheme(name, lower_case);
}

/// RFC 9110's tchar, of which methods and field names are made.
bool is_token(std::string_view text) noexcept {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    for (const char c : text) {
        const bool letter_or_digit =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter_or_digit && marks.find(c) == std::string_view::npos) {
            return false;
        }
    }
    return !text.empty();
}

/// How the message ends is the transport's business: a second opinion about it would let requests be
/// smuggled.
bool is_framing(std::string_view name) noexcept {
    return same_name(name, "content-length") || same_name(name, "transfer-encoding") ||
           same_name(name, "expect");
}

bool is_port(std::string_view text) noexcept {
    return text.size() <= 5 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

const char* parse_request_url(std::string_view url, RequestUrl& parts) noexcept {
    for (const char c : url) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte == 0x7f) {
            return "the URL contains a blank or a control character";
        }
    }
    parts.https = starts_with_scheme(url, "https://");
    if (!parts.https && !starts_with_scheme(url, "http://")) {
        return "the URL begins with neither https:// nor http://";
    }
    url.remove_prefix(parts.https ? 8 : 7);
    // A backslash ends the authority for some readers and not for others.
    parts.authority = url.substr(0, url.find_first_of("/?#\\"));
    if (parts.authority.size() < url.size() && url[parts.authority.size()] == '\\') {
        return "the URL contains a backslash in its host";
    }
    if (parts.authority.find('@') != std::string_view::npos) {
        return "the URL contains a user name or password";
    }
    std::string_view port;
    if (!parts.authority.empty() && parts.authority.front() == '[') {
        const std::size_t end = parts.authority.find(']');
        if (end == std::string_view::npos) {
            return "the URL has an unreadable IPv6 address";
        }
        parts.host = parts.authority.substr(1, end - 1);
        port = parts.authority.substr(end + 1);
    } else {
        parts.host = parts.authority.substr(0, parts.authority.find(':'));
        port = parts.authority.substr(parts.host.size());
    }
    if (parts.host.empty()) {
        return "the URL names no host";
    }
    if (!port.empty() && (port.front() != ':' || !is_port(port.substr(1)))) {
        return "the URL has an unreadable port";
    }
    parts.port = port.size() > 1 ? port.substr(1) : std::string_view(parts.https ? "443" : "80");
    return nullptr;
}

std::string check_request(const HttpRequest& request, RequestUrl& parts) {
    if (!is_token(request.method)) {
        return "the method is not an HTTP token";
    }
    if (const char* wrong = parse_request_url(request.url, parts)) {
        return wrong;
    }
    constexpr std::string_view forbidden("\r\n\0", 3);
    for (const Headers::Field field : request.headers) {
        if (!is_token(field.name)) {
            return "a header name is empty or has a character that is not allowed in one";
        }
        if (field.value.find_first_of(forbidden) != std::string_view::npos) {
            return "the value of header " + std::string(field.name) + " contains CR, LF or NUL";
        }
        if (is_framing(field.name)) {
            return "header " + std::string(field.name) + " is set by the transport only";
        }
    }
    return {};
}

std::string server_name(const HttpRequest& request) {
    RequestUrl parts;
    if (parse_request_url(request.url, parts) != nullptr) {
        return "the server";
    }
    const bool ipv6 = parts.host.find(':') != std::string_view::npos;
    std::string name = ipv6 ? "[" + std::string(parts.host) + "]" : std::string(parts.host);
    name.append(":").append(parts.port);
    return name;
}

}  // namespace sent::detail::http
