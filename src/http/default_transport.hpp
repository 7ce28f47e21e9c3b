#pragma once

#include <memory>

#include <sent/http/curl_options.hpp>
#include <sent/http/transport.hpp>

namespace sent::detail::http {

/// The transport of a client that was given none. All that the floors above know of libcurl.
[[nodiscard]] std::shared_ptr<Transport> make_default_transport(CurlTransportOptions options);

}  // namespace sent::detail::http
