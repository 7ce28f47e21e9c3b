#include "http/transfer/request_url.hpp"

#include <array>
#include <cstddef>

#include "base/text/ascii.hpp"

namespace sent::detail::http {

namespace {

/// The parts of a request that a byte is allowed in. A table, because every byte of a request is checked.
enum ByteClass : unsigned char { token = 1, url = 2, value = 4 };

constexpr std::array<unsigned char, 256> make_byte_classes() {
    std::array<unsigned char, 256> classes{};
    for (std::size_t byte = 0; byte < classes.size(); ++byte) {
        const bool blank_or_control = byte <= 0x20 || byte == 0x7f;
        const bool breaks_lines = byte == '\r' || byte == '\n' || byte == 0;
        classes[byte] = static_cast<unsigned char>((blank_or_control ? 0 : url) | (breaks_lines ? 0 : value));
    }
    // RFC 9110 tchar: the characters of methods and field names.
    for (const char c : std::string_view("!#$%&'*+-.^_`|~0123456789"
                                         "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
        classes[static_cast<unsigned char>(c)] |= token;
    }
    return classes;
}

constexpr std::array<unsigned char, 256> byte_classes = make_byte_classes();

bool consists_of(std::string_view text, ByteClass wanted) noexcept {
    // Not a sum over all bytes: GCC would vectorise it, which does not help with a table but doubles the size
    // of the callers.
    for (const char c : text) {
        if ((byte_classes[static_cast<unsigned char>(c)] & wanted) == 0) {
            return false;
        }
    }
    return true;
}

bool is_token(std::string_view text) noexcept {
    return !text.empty() && consists_of(text, token);
}

/// Only the transport decides how the message ends. A second statement about it would allow request
/// smuggling.
bool is_framing(std::string_view name) noexcept {
    return same_ignoring_case(name, "content-length") || same_ignoring_case(name, "transfer-encoding") ||
           same_ignoring_case(name, "expect");
}

}  // namespace

const char* parse_request_url(std::string_view url, UrlAuthority& parts) noexcept {
    return consists_of(url, ByteClass::url) ? parse_url_authority(url, parts)
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
        if (!consists_of(field.value, value)) {
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
