#pragma once

/// @file
/// A connected TCP socket, used by one thread and ended by any.

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string_view>

namespace sent::testing::emulator {

class Socket {
  public:
    /// Takes over a connected socket.
    explicit Socket(int descriptor);
    ~Socket();
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    /// Waits for bytes, the end of the stream or an error. False when the time is over.
    bool wait_readable(std::chrono::milliseconds timeout) const;
    /// Bytes read; 0 at the end of the stream or on an error.
    std::size_t receive(char* into, std::size_t size) const;
    /// False when the peer is gone. Never raises SIGPIPE.
    bool write(std::string_view bytes) const;
    /// Waits until the peer, or shut_down(), ends the connection, or the time is over (empty: without limit).
    /// True when the connection ended.
    bool wait_for_end(std::optional<std::chrono::milliseconds> timeout) const;

    /// An orderly end that lets the peer read what was written, even when it is still writing itself.
    void finish();
    /// An end by RST.
    void reset();
    /// An end at once. Nothing happens when the connection has ended already.
    void close();
    /// Wakes up whatever waits on this socket and makes further use fail. The one function for other threads.
    void shut_down();

  private:
    // Guards against shutting down a descriptor that has been closed and given to somebody else meanwhile.
    std::mutex closing_;
    int descriptor_;
};

}  // namespace sent::testing::emulator
