#pragma once

#include <cstdint>

namespace sent::detail::http {

/// How many transfers of one multi handle may look up a name at the same time (A13 in docs/reliability.md).
constexpr int most_looking_up = 16;

/// The progress of the transfers of one multi handle.
struct Turn {
    /// Number of calls of curl_multi_perform.
    std::uint64_t round = 0;
    /// Number of pieces of replies (headers and bodies) that libcurl has passed on.
    std::uint64_t pieces = 0;
    /// Number of transfers whose host name is being looked up, each by a thread of libcurl.
    int looking_up = 0;
    /// How often a connection has become too old for new requests, modulo 4 (see Http2).
    int http2_generation = 0;
};

}  // namespace sent::detail::http
