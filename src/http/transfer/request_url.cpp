#include "http/transfer/request_url.hpp"

#include <algorithm>

#include "base/text/ascii.hpp"

namespace sent::detail::http {

namespace {

bool is_fit_for_url(char c) noexcept {
    return static_cast<unsigned char>(c) > ' ' && c != 0x7f;
}

bool is_fit_for_header(std::string_view value) noexcept {
    constexpr auto none = std::string_view::npos;
    return value.find('\r') == none && value.find('\n') == none && value.find('\0') == none;
}

/// Only the transport decides how the message ends. A second statement about it would allow request
/// smuggling.
bool is_framing(std::string_view name) noexcept {
    return same_ignoring_case(name, "content-length") || same_ignoring_case(name, "transfer-encoding") ||
           same_ignoring_case(name, "expect");
}

}  // namespace

const char* parse_request_url(std::string_view url, UrlAuthority& parts) noexcept {
    return std::all_of(url.begin(), url.end(), is_fit_for_url)
               ? parse_url_authority(url, parts)
               : "must not contain a blank or a control character";
}

std::string_view port_of(const UrlAuthority& parts) noexcept {
    return !parts.port.empty() ? parts.port : parts.https ? "443" : "80";
}

std::string check_method_and_headers(const HttpRequest& request) {
    if (!is_token(request.method)) {
        return "the method is not an HTTP token";
    }
    for (const Headers::Field field : request.headers) {
        if (!is_token(field.name)) {
            return "a header name is empty or has a character that is not allowed in one";
        }
        if (!is_fit_for_header(field.value)) {
            return "the value of header " + std::string(field.name) + " contains CR, LF or NUL";
        }
        if (is_framing(field.name)) {
            return "header " + std::string(field.name) + " is set by the transport only";
        }
    }
    return {};
}

std::string server_name(const HttpRequest& request) {
    UrlAuthority parts;
    if (parse_request_url(request.url, parts) != nullptr) {
        return "the server";
    }
    std::string name = parts.is_ipv6 ? "[" + std::string(parts.host) + "]" : std::string(parts.host);
    name.append(":").append(port_of(parts));
    return name;
}

}  // namespace sent::detail::http
