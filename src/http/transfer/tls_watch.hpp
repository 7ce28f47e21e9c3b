#pragma once

#include <curl/curl.h>

#include <cstdint>
#include <memory>

#include "http/transfer/socket_table.hpp"
#include "http/transfer/turn.hpp"

namespace sent::detail::http {

/// What is known about one TLS connection beyond what libcurl tells. It belongs to the thread that drives the
/// connection.
///
/// OpenSSL does not return to libcurl, nor libcurl to its caller, while handshake messages or HTTP/2 frames
/// keep coming: deadlines, cancellations and other transfers would wait for as long as the peer likes. So
/// what a connection may receive within one call of curl_multi_perform, without a piece of a reply in it, is
/// limited. No honest peer sends more handshake messages: OpenSSL is made to read no further. But more data
/// may be frames of a reply that has just been cancelled, or of many replies: then the connection is paused,
/// and continues in the next turn.
class TlsWatch {
  public:
    /// `owner` is the number of the connection's socket.
    TlsWatch(const Turn& turn, SocketTable& sockets, std::uint64_t owner) noexcept
        : turn_(turn), sockets_(sockets), owner_(owner) {}

    /// Whether the peer has said that it will send no more (close_notify). A reply whose end is the
    /// connection's end is complete only then; libcurl does not tell the two ends apart.
    [[nodiscard]] bool said_goodbye() const noexcept { return said_goodbye_; }
    /// Whether the peer sent more than it may.
    [[nodiscard]] bool flooded() const noexcept { return flooded_; }

    /// Called for each record and message that arrives; `content` is the record's header or the message.
    /// False when nothing more is to be read.
    bool received(int type, const unsigned char* content, std::size_t size) noexcept;

  private:
    void count_data(unsigned int weight) noexcept;

    const Turn& turn_;
    SocketTable& sockets_;
    const std::uint64_t owner_;
    Turn counted_in_{};
    unsigned int weight_ = 0;
    unsigned int data_weight_ = 0;
    bool said_goodbye_ = false;
    bool flooded_ = false;
};

/// Lets `watch` watch the connection of this context (an SSL_CTX), of which libcurl has one for each
/// connection. False when there is no memory for it.
bool watch_tls(void* ssl_context, const std::shared_ptr<TlsWatch>& watch) noexcept;

/// The watch of the connection that the handle is using; null when it is not watched.
std::shared_ptr<const TlsWatch> tls_watch_of(CURL* easy) noexcept;

}  // namespace sent::detail::http
