#pragma once

#include <curl/curl.h>

#include <array>
#include <vector>

namespace sent::detail::http {

/// Sockets that libcurl finds neither readable nor writable for the rest of a turn (A1 in
/// docs/reliability.md). libcurl reads HTTP/2 frames and a proxy's answer to CONNECT until the socket has
/// nothing more to read, and no option limits this. So a silent socket replaces one that has had its share:
/// libcurl sees EAGAIN and returns. Used on the thread of one multi handle.
class PausedSockets {
  public:
    PausedSockets() = default;
    PausedSockets(const PausedSockets&) = delete;
    PausedSockets& operator=(const PausedSockets&) = delete;
    ~PausedSockets();

    /// Returns false if there is no free descriptor.
    [[nodiscard]] bool add(curl_socket_t socket) noexcept;
    [[nodiscard]] bool contains(curl_socket_t socket) const noexcept;
    [[nodiscard]] bool empty() const noexcept { return paused_.empty(); }
    /// Reconnects every socket to its connection.
    void restore() noexcept;

  private:
    struct Paused {
        curl_socket_t socket = CURL_SOCKET_BAD;
        int connection = -1;  ///< the descriptor that holds the connection meanwhile
    };
    [[nodiscard]] bool make_silent() noexcept;

    std::vector<Paused> paused_{};
    /// A socket that is never readable and never writable, and its peer.
    std::array<int, 2> silent_{-1, -1};
};

}  // namespace sent::detail::http
