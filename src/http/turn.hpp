#pragma once

#include <cstdint>

namespace sent::detail::http {

/// Where the transfers of one multi handle stand.
struct Turn {
    /// Calls of curl_multi_perform.
    std::uint64_t round = 0;
    /// Pieces of replies, headers and bodies, that libcurl has handed over.
    std::uint64_t pieces = 0;
    /// Transfers that have been started and have no connection, nor a socket for one: they may be looking up
    /// the name of the host.
    int without_socket = 0;
};

}  // namespace sent::detail::http
