#pragma once

/// @file
/// Reads HTTP/1.x requests from a connection, one after the other.

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/http/http_types.hpp"

namespace sent::testing::emulator {

class Socket;

struct ReadResult {
    enum class Outcome {
        request,  ///< `request` is complete
        refused,  ///< malformed or too large: answer with `status`, then close
        ended,    ///< no request arrived, or only a part of one
    };
    Outcome outcome = Outcome::ended;
    Request request{};
    int status = 400;
    std::string detail{};
};

/// Strict where leniency would hide a client's mistakes: passes header values on unchanged, and refuses
/// contradictory lengths and malformed heads.
class RequestReader {
  public:
    explicit RequestReader(Socket& socket) : socket_(socket) {}

    /// Waits up to idle_timeout for the first byte of the next request.
    ReadResult next(std::chrono::milliseconds idle_timeout);

  private:
    bool fill(std::chrono::milliseconds timeout);
    bool fill();
    std::optional<std::string> take_head(std::chrono::milliseconds idle_timeout);
    std::optional<std::string> take_line();
    bool read_body(ReadResult& result);
    bool read_sized_body(std::size_t size, std::string& body);
    bool read_chunked_body(ReadResult& result);
    void accept_continuation(const Request& request);

    Socket& socket_;
    std::string buffer_;
};

}  // namespace sent::testing::emulator
