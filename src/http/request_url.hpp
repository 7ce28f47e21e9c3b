#pragma once

#include <string>
#include <string_view>

#include <sent/http/transport.hpp>

namespace sent::detail::http {

/// The parts of a request's URL that the transport decides on. The views point into the URL.
struct RequestUrl {
    bool https = false;
    std::string_view host{};       ///< without brackets
    std::string_view port{};       ///< the scheme's own when none is written
    std::string_view authority{};  ///< host and port as written
};

/// Reads the URL; on failure returns why it cannot be used, in words that do not repeat it.
const char* parse_request_url(std::string_view url, RequestUrl& parts) noexcept;

/// What is wrong with method or headers, so that they cannot be put on the wire as they are; empty when
/// nothing is. Header values are never repeated.
std::string check_method_and_headers(const HttpRequest& request);

/// "host:port" for messages, or "the server" when the URL is unreadable.
std::string server_name(const HttpRequest& request);

}  // namespace sent::detail::http
