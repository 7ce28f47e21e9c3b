#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "posix.hpp"

namespace sent::test {

/// A client that knows bytes only, for tests of servers. Every wait gives up after ten seconds.
class RawClient {
  public:
    enum class End { open, closed, reset, timed_out };

    explicit RawClient(std::uint16_t port, const std::string& host = "127.0.0.1");

    void send(std::string_view bytes);
    /// Sends what fits within the time and returns how much that was.
    std::size_t send_some(std::string_view bytes, std::chrono::milliseconds time);

    /// Reads `count` bytes, or what comes until the end.
    std::string read(std::size_t count);
    std::string read_to_end();
    /// How the last read ended.
    End end() const { return end_; }

    void half_close();
    void close() { socket_.reset(); }
    void reset();
    int fd() const { return socket_.get(); }

  private:
    UniqueFd socket_;
    End end_ = End::open;
};

}  // namespace sent::test
