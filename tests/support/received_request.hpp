#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sent::test {

/// Header lines in the order and the letter case of the wire.
using Headers = std::vector<std::pair<std::string, std::string>>;

/// One request as the server read it.
struct ReceivedRequest {
    std::string method{};
    std::string target{};
    std::string version{};
    Headers headers{};
    /// The body without its chunked framing.
    std::string body{};
    /// Everything as it stood on the wire (after decryption).
    std::string raw{};
    /// Which accepted connection it came over, from 0.
    std::size_t connection = 0;
    /// When its last byte that was read had arrived.
    std::chrono::steady_clock::time_point at{};
    /// False while only the head has been read, and when the peer left in the middle of the body.
    bool complete = false;
    bool chunked = false;
    /// Why it is no HTTP request; empty when it is one.
    std::string malformed{};

    /// The first header of that name in any letter case.
    std::optional<std::string> header(std::string_view name) const;
    std::size_t header_count(std::string_view name) const;
};

enum class ParseState { incomplete, complete, malformed };

/// Reads the head (request line and headers) that `bytes` begins with. `used` becomes its size when it is
/// complete.
ParseState parse_head(std::string_view bytes, ReceivedRequest& request, std::size_t& used);

/// Reads the body that follows a complete head. `used` becomes its size on the wire when it is complete.
ParseState parse_body(std::string_view bytes, ReceivedRequest& request, std::size_t& used);

}  // namespace sent::test
