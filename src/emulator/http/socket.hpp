#pragma once

/// @file
/// A connected TCP socket. One thread uses it, and any thread may end it.

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string_view>

namespace sent::testing::emulator {

class Socket {
  public:
    /// Takes ownership of a connected socket.
    explicit Socket(int descriptor);
    ~Socket();
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    /// Waits for bytes, the end of the stream or an error. Returns false after the timeout.
    bool wait_readable(std::chrono::milliseconds timeout) const;
    /// Returns the number of bytes read. 0 at the end of the stream or on an error.
    std::size_t receive(char* into, std::size_t size) const;
    /// Returns false if the peer has disconnected. Never raises SIGPIPE.
    bool write(std::string_view bytes) const;
    /// Waits until the peer or shut_down() ends the connection, or until the timeout (none means unlimited).
    /// Returns true if the connection has ended.
    bool wait_for_end(std::optional<std::chrono::milliseconds> timeout) const;

    /// Ends the connection so that the peer can read the whole reply, even if it is still writing.
    void finish();
    /// Ends the connection with RST.
    void reset();
    /// Ends the connection at once. Does nothing if it has already ended.
    void close();
    /// Wakes up all waits on this socket and makes further use fail. The only function that other threads may
    /// call.
    void shut_down();

  private:
    // Prevents shutting down a descriptor that was closed and reused meanwhile.
    std::mutex closing_;
    int descriptor_;
};

}  // namespace sent::testing::emulator
