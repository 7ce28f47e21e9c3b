#pragma once

#include <curl/curl.h>
#include <sys/socket.h>

#include <chrono>
#include <cstdint>
#include <vector>

#include "http/transfer/paused_sockets.hpp"

namespace sent::detail::http {

/// Returns the port of an internet address, or 0 for other addresses.
long port_of_address(const sockaddr& address) noexcept;

/// The open sockets of one multi handle (N4, N7 and B14 to B16 in docs/reliability.md). libcurl reports only
/// the local port of the connection that a request is about to leave on, not the socket. It would reuse a
/// connection that has received unexpected bytes, and take them for the reply. It also ignores how long a
/// server says that it keeps idle connections, and the maximum age of a connection that is always busy.
class SocketTable {
  public:
    using Clock = std::chrono::steady_clock;

    /// Returns a number for the sockets that one transfer will open.
    [[nodiscard]] std::uint64_t next_owner() noexcept { return ++last_owner_; }
    /// Opens a socket with close-on-exec for libcurl. Returns CURL_SOCKET_BAD on failure.
    curl_socket_t open(const curl_sockaddr& address, std::uint64_t owner) noexcept;
    /// Closes a socket for libcurl.
    void close(curl_socket_t socket) noexcept;

    /// Stops libcurl from reading from and writing to the sockets of that number until resume(), so that it
    /// returns. Returns false if that is not possible.
    [[nodiscard]] bool pause(std::uint64_t owner) noexcept;
    /// Call after each curl_multi_perform.
    void resume() noexcept {
        if (!paused_.empty()) {
            paused_.restore();
        }
    }

    /// The connection from this local port has been made. From now on, the system closes it if the peer
    /// acknowledges nothing for a while. (Before, the connect timeout applies.)
    void connected(long local_port) noexcept;
    /// Whether nothing has arrived on the idle connection from this local port: no byte, no end, no error.
    bool is_quiet(long local_port) noexcept;
    /// Whether the connection is younger than `max_age`, and its server still keeps it. A `max_age` of 0
    /// means unlimited.
    bool is_fresh(long local_port, std::chrono::seconds max_age,
                  Clock::time_point now = Clock::now()) noexcept;
    /// The server closes the idle connection soon after `until`.
    void keep_until(long local_port, Clock::time_point until) noexcept;

    /// Returns the number of transfers on the connection from this local port, which Http2 counts. Null if
    /// there is no such connection, or more than one.
    int* transfers(long local_port) noexcept;

  private:
    struct Entry {
        curl_socket_t socket = CURL_SOCKET_BAD;
        std::uint64_t owner = 0;
        long port = 0;  ///< 0 until it is needed
        int transfers = 0;
        Clock::time_point opened = Clock::now();
        Clock::time_point keep_until = Clock::time_point::max();
    };
    template <class Visit>
    bool all_from(long local_port, Visit visit) noexcept;

    std::vector<Entry> entries_;
    PausedSockets paused_;
    std::uint64_t last_owner_ = 0;
};

}  // namespace sent::detail::http
