#pragma once

#include <curl/curl.h>
#include <sys/socket.h>

#include <chrono>
#include <cstdint>
#include <vector>

#include "http/transfer/paused_sockets.hpp"

namespace sent::detail::http {

/// Of an internet address; else 0.
long port_of_address(const sockaddr& address) noexcept;

/// The sockets that the transfers of one multi handle have open. libcurl does not say over which of them a
/// request is about to go, only from which local port; it would reuse a connection on which bytes are waiting
/// that nobody has asked for, and take them for the reply; and it knows neither what a server says of its
/// patience with idle connections nor, for one that is always busy, a maximum age.
class SocketTable {
  public:
    using Clock = std::chrono::steady_clock;

    /// A number for the sockets that one transfer is going to open.
    [[nodiscard]] std::uint64_t next_owner() noexcept { return ++last_owner_; }
    /// Opens a socket for libcurl, close-on-exec. CURL_SOCKET_BAD when that is not possible.
    curl_socket_t open(const curl_sockaddr& address, std::uint64_t owner) noexcept;
    /// Closes a socket for libcurl.
    void close(curl_socket_t socket) noexcept;

    /// Lets libcurl neither read from nor write to the sockets of that number until resume(), so that it
    /// returns. False when that is not possible.
    [[nodiscard]] bool pause(std::uint64_t owner) noexcept;
    /// To be called after each call of curl_multi_perform.
    void resume() noexcept {
        if (!paused_.empty()) {
            paused_.restore();
        }
    }

    /// The connection from that local port has been made. From now on the system gives it up when the peer
    /// acknowledges nothing for a while. (Before, it is the connect time-out that counts.)
    void connected(long local_port) noexcept;
    /// Whether nothing has arrived on the idle connection from that local port: no byte, no end, no error.
    bool is_quiet(long local_port) noexcept;
    /// Whether the connection has neither reached that age nor passed the time until which its server keeps
    /// it. A maximum of 0 means that no age is too old.
    bool is_fresh(long local_port, std::chrono::seconds max_age,
                  Clock::time_point now = Clock::now()) noexcept;
    /// The server closes the idle connection soon after that time.
    void keep_until(long local_port, Clock::time_point until) noexcept;

    /// Counts a transfer in and out that uses the connection from that local port.
    void enter(long local_port) noexcept;
    void leave(long local_port) noexcept;
    /// Whether transfers are under way on it, which another one may join only by HTTP/2: there what arrives
    /// says which of them it is for.
    bool is_shared(long local_port) noexcept;

    /// Takes the connection from that local port out of use for new HTTP/2 requests. libcurl would go on
    /// handing out one that others use; it does not when its own and a request's generation() differ.
    void retire(long local_port) noexcept;
    /// From 0 to 3.
    [[nodiscard]] long generation() const noexcept { return generation_; }

  private:
    struct Entry {
        curl_socket_t socket = CURL_SOCKET_BAD;
        std::uint64_t owner = 0;
        long port = 0;  ///< 0: not asked for yet
        int transfers = 0;
        bool retired = false;
        Clock::time_point opened = Clock::now();
        Clock::time_point keep_until = Clock::time_point::max();
    };
    template <class Visit>
    bool all_from(long local_port, Visit visit) noexcept;
    Entry* find(long local_port) noexcept;

    std::vector<Entry> entries_;
    PausedSockets paused_;
    std::uint64_t last_owner_ = 0;
    long generation_ = 0;
};

}  // namespace sent::detail::http
