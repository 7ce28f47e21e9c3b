#pragma once

#include <string>
#include <string_view>

#include <sent/http/transport.hpp>

#include "base/url_authority.hpp"

namespace sent::detail::http {

/// Reads the URL. On failure, returns why it cannot be used, written to follow "the URL".
const char* parse_request_url(std::string_view url, UrlAuthority& parts) noexcept;

/// Returns the port, or the default port of the scheme if there is none.
std::string_view port_of(const UrlAuthority& parts) noexcept;

/// Returns why method or headers cannot be sent, or an empty string. Never repeats header values.
std::string check_method_and_headers(const HttpRequest& request);

/// Returns "host:port" for messages, or "the server" if the URL cannot be read.
std::string server_name(const HttpRequest& request);

}  // namespace sent::detail::http
