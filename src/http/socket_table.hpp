#pragma once

#include <curl/curl.h>

#include <vector>

namespace sent::detail::http {

/// The sockets that the transfers of one multi handle have open. libcurl does not say over which of them a
/// request is about to go, only from which local port; and it would reuse a connection on which bytes are
/// waiting that nobody has asked for, and take them for the reply.
class SocketTable {
  public:
    /// Opens a socket for libcurl, close-on-exec. CURL_SOCKET_BAD when that is not possible.
    curl_socket_t open(const curl_sockaddr& address) noexcept;
    /// Closes a socket for libcurl.
    void close(curl_socket_t socket) noexcept;

    /// Whether nothing has arrived on the idle connection from that local port: no byte, no end, no error.
    bool is_quiet(long local_port) noexcept;

    /// Counts a transfer in and out that uses the connection from that local port.
    void enter(long local_port) noexcept;
    void leave(long local_port) noexcept;
    /// Whether transfers are under way on it, which another one may join only by HTTP/2: there what arrives
    /// says which of them it is for.
    bool is_shared(long local_port) noexcept;

  private:
    struct Entry {
        curl_socket_t socket = CURL_SOCKET_BAD;
        long port = 0;  ///< 0: not asked for yet
        int transfers = 0;
    };
    Entry* find(long local_port) noexcept;

    std::vector<Entry> entries_;
};

}  // namespace sent::detail::http
