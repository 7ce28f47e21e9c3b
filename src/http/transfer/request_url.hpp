#pragma once

#include <string>
#include <string_view>

#include <sent/http/transport.hpp>

#include "base/url_authority.hpp"

namespace sent::detail::http {

/// Reads the URL; on failure returns why it cannot be used, to follow "the URL".
const char* parse_request_url(std::string_view url, UrlAuthority& parts) noexcept;

/// The port, which is the scheme's own when none is written.
std::string_view port_of(const UrlAuthority& parts) noexcept;

/// What is wrong with method or headers, so that they cannot be put on the wire as they are; empty when
/// nothing is. Header values are never repeated.
std::string check_method_and_headers(const HttpRequest& request);

/// "host:port" for messages, or "the server" when the URL is unreadable.
std::string server_name(const HttpRequest& request);

}  // namespace sent::detail::http
