#pragma once

#include <memory>

#include <sent/http/curl_options.hpp>
#include <sent/http/transport.hpp>

namespace sent::detail::http {

/// Returns the transport for a client without its own. This is the only function over libcurl that the floors
/// above use.
[[nodiscard]] std::shared_ptr<Transport> make_default_transport(CurlTransportOptions options);

}  // namespace sent::detail::http
