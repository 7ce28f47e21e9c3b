#pragma once

#include <cstdint>

namespace sent::detail::http {

/// Transfers of one multi handle that may look a name up at once.
constexpr int most_looking_up = 16;

/// Where the transfers of one multi handle stand.
struct Turn {
    /// Calls of curl_multi_perform.
    std::uint64_t round = 0;
    /// Pieces of replies, headers and bodies, that libcurl has handed over.
    std::uint64_t pieces = 0;
    /// Transfers whose host name is being looked up, each by a thread of libcurl.
    int looking_up = 0;
};

}  // namespace sent::detail::http
