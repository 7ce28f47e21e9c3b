#include "request_url.hpp"

#include <array>
#include <cstddef>

#include "branch_hints.hpp"

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
    return seldom(name.size() == lower_case.size()) && starts_with_scheme(name, lower_case);
}

/// What a byte may be part of. A table, because each byte of a request is looked at.
enum ByteClass : unsigned char { token = 1, url = 2, value = 4 };

constexpr std::array<unsigned char, 256> make_byte_classes() {
    std::array<unsigned char, 256> classes{};
    for (std::size_t byte = 0; byte < classes.size(); ++byte) {
        const bool blank_or_control = byte <= 0x20 || byte == 0x7f;
        const bool breaks_lines = byte == '\r' || byte == '\n' || byte == 0;
        classes[byte] = static_cast<unsigned char>((blank_or_control ? 0 : url) | (breaks_lines ? 0 : value));
    }
    // RFC 9110's tchar, of which methods and field names are made.
    for (const char c : std::string_view("!#$%&'*+-.^_`|~0123456789"
                                         "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
        classes[static_cast<unsigned char>(c)] |= token;
    }
    return classes;
}

constexpr std::array<unsigned char, 256> byte_classes = make_byte_classes();

bool consists_of(std::string_view text, ByteClass wanted) noexcept {
    // Not a sum over all bytes, which GCC vectorises: a table gains nothing by that, and the callers get
    // twice as long.
    for (const char c : text) {
        if (seldom((byte_classes[static_cast<unsigned char>(c)] & wanted) == 0)) {
            return false;
        }
    }
    return true;
}

bool is_token(std::string_view text) noexcept {
    return !text.empty() && consists_of(text, token);
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
    if (!consists_of(url, ByteClass::url)) {
        return "the URL contains a blank or a control character";
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

std::string check_method_and_headers(const HttpRequest& request) {
    if (seldom(!is_token(request.method))) {
        return "the method is not an HTTP token";
    }
    for (const Headers::Field field : request.headers) {
        if (seldom(!is_token(field.name))) {
            return "a header name is empty or has a character that is not allowed in one";
        }
        if (seldom(!consists_of(field.value, value))) {
            return "the value of header " + std::string(field.name) + " contains CR, LF or NUL";
        }
        if (seldom(is_framing(field.name))) {
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
