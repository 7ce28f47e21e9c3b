#pragma once

#include <curl/curl.h>

#include <cstdint>
#include <memory>

#include "http/transfer/socket_table.hpp"
#include "http/transfer/turn.hpp"

namespace sent::detail::http {

/// Watches one TLS connection for what libcurl does not report: how it ends (N6 in docs/reliability.md), and
/// a peer that keeps sending (A1). Used on the thread that drives the connection.
///
/// OpenSSL does not return to libcurl, nor libcurl to its caller, while handshake messages or HTTP/2 frames
/// keep arriving. Deadlines, cancellations and other transfers would wait for as long as the peer likes. So
/// there is a limit on what a connection may receive within one call of curl_multi_perform without a piece of
/// a reply. No honest peer exceeds it with handshake messages, so OpenSSL is made to stop reading. But more
/// data may be frames of a reply that was just cancelled, or of many replies: then the connection is paused,
/// and continues in the next turn.
class TlsWatch {
  public:
    /// `owner` is the number of the connection's socket.
    TlsWatch(const Turn& turn, SocketTable& sockets, std::uint64_t owner) noexcept
        : turn_(turn), sockets_(sockets), owner_(owner) {}

    /// Whether the peer has sent close_notify. A reply that lasts until the end of the connection is complete
    /// only then. libcurl does not distinguish the two ends, even if OpenSSL is told to.
    [[nodiscard]] bool is_closed_properly() const noexcept { return is_closed_properly_; }
    /// Whether the peer sent more than allowed.
    [[nodiscard]] bool flooded() const noexcept { return flooded_; }

    /// Called for each record and message that arrives. `content` is the header of the record, or the
    /// message. Returns false if nothing more may be read.
    bool received(int type, const unsigned char* content, std::size_t size) noexcept;

  private:
    void count_data(unsigned int weight) noexcept;

    const Turn& turn_;
    SocketTable& sockets_;
    const std::uint64_t owner_;
    Turn counted_in_{};
    unsigned int weight_ = 0;
    unsigned int data_weight_ = 0;
    bool is_closed_properly_ = false;
    bool flooded_ = false;
};

/// Makes `watch` watch the connection of this SSL_CTX; libcurl has one per connection. Returns false if
/// memory runs out.
bool watch_tls(void* ssl_context, const std::shared_ptr<TlsWatch>& watch) noexcept;

/// Returns the watch of the connection that the handle is using. Null if it is not watched.
std::shared_ptr<const TlsWatch> tls_watch_of(CURL* easy) noexcept;

}  // namespace sent::detail::http
