#pragma once

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "http/transfer/response_builder.hpp"
#include "http/transfer/socket_table.hpp"
#include "http/transfer/turn.hpp"

// All that differs with CurlTransportOptions::http2 (docs/decisions/0015-http2-on-request.md).
namespace sent::detail::http {

/// Lets the transfers of the multi handle share connections.
inline void allow_http2(CURLM* multi) noexcept {
    curl_multi_setopt(multi, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
}

/// How long the loop may sleep while transfers are in progress: libcurl 7.88 does not always wake up for a
/// reply that another transfer has read from their connection.
constexpr std::chrono::milliseconds longest_http2_sleep(bool some_have_ended) noexcept {
    return std::chrono::milliseconds(some_have_ended ? 0 : 20);
}

/// The part of a transfer that deals with shared connections. It does nothing unless HTTP/2 is allowed.
class Http2 {
  public:
    Http2(CURL* easy, SocketTable& sockets, Turn& turn, bool is_allowed) noexcept
        : easy_(easy), sockets_(sockets), turn_(turn), is_allowed_(is_allowed) {}
    Http2(const Http2&) = delete;
    Http2& operator=(const Http2&) = delete;
    ~Http2() { leave(); }
    [[nodiscard]] bool is_allowed() const noexcept { return is_allowed_; }
    [[nodiscard]] bool is_used() const noexcept {
        long version = 0;
        curl_easy_getinfo(easy_, CURLINFO_HTTP_VERSION, &version);
        return version == CURL_HTTP_VERSION_2_0;
    }
    void set_up() noexcept {
        if (is_allowed_) {
            // A libcurl without HTTP/2 refuses the version, and keeps the one that is set.
            curl_easy_setopt(easy_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
            // The first requests wait for the connection that is being made, instead of opening one each.
            curl_easy_setopt(easy_, CURLOPT_PIPEWAIT, 1L);
        }
    }
    void begin_request() noexcept {
        has_waited_ = false;
        if (is_allowed_) {
            use_current_options();
        }
    }
    /// The request is about to leave on the connection from this local port.
    void enter(long local_port) noexcept {
        ++transfers_on(local_port);
        entered_port_ = local_port;
    }
    void leave() noexcept {
        // The connection may have ended, and its port may belong to another one.
        int& transfers = transfers_on(std::exchange(entered_port_, 0L));
        transfers = std::max(transfers - 1, 0);
    }
    /// Whether other transfers use the connection. What has arrived on it is theirs.
    [[nodiscard]] bool may_join(long local_port) noexcept { return transfers_on(local_port) > 0; }
    /// The connection is too old. libcurl would use it as long as it is busy, but not for requests with other
    /// TLS options, which new ones get. Several requests may find it; the first one changes the options.
    void retire_connection() noexcept {
        if (is_allowed_ && tls_options_ == current_options()) {
            turn_.http2_generation = (turn_.http2_generation + 1) % 4;
        }
    }
    /// Whether a request that was refused a connection waits for the next one, which others may share.
    [[nodiscard]] bool waits_for_next_connection() noexcept {
        const bool has_changed = is_allowed_ && tls_options_ != current_options();
        return has_changed && !std::exchange(has_waited_, true) && use_current_options() == CURLE_OK;
    }
    /// Whether the reply is complete although libcurl has not ended the transfer, or ends it with `code`. If
    /// a server answers before it has received the whole request, libcurl may fail or continue to send.
    [[nodiscard]] bool has_whole_reply(const ResponseBuilder& reply,
                                       CURLcode code = CURLE_HTTP2_STREAM) const noexcept {
        const auto codes = {CURLE_HTTP2_STREAM, CURLE_HTTP2, CURLE_PARTIAL_FILE, CURLE_SEND_ERROR,
                            CURLE_RECV_ERROR};
        const bool fits = std::find(codes.begin(), codes.end(), code) != codes.end();
        if (!is_allowed_ || !fits || !reply.headers_complete()) {
            return false;
        }
        curl_off_t expected = -1;
        curl_off_t got = 0;
        curl_easy_getinfo(easy_, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &expected);
        curl_easy_getinfo(easy_, CURLINFO_SIZE_DOWNLOAD_T, &got);
        return reply.response().status == 204 || (expected >= 0 && got == expected);
    }

  private:
    [[nodiscard]] int& transfers_on(long local_port) noexcept {
        int* const transfers = is_allowed_ && local_port != 0 ? sockets_.transfers(local_port) : nullptr;
        return transfers != nullptr ? *transfers : uncounted_ = 0;
    }
    /// These two bits have a meaning only for TLS libraries of other systems.
    [[nodiscard]] long current_options() const noexcept {
        return ((turn_.http2_generation & 1) != 0 ? CURLSSLOPT_NO_REVOKE : 0L) |
               ((turn_.http2_generation & 2) != 0 ? CURLSSLOPT_REVOKE_BEST_EFFORT : 0L);
    }
    CURLcode use_current_options() noexcept {
        tls_options_ = current_options();
        return curl_easy_setopt(easy_, CURLOPT_SSL_OPTIONS, tls_options_);
    }
    CURL* const easy_;
    SocketTable& sockets_;
    Turn& turn_;
    const bool is_allowed_;
    bool has_waited_ = false;
    long entered_port_ = 0;
    int uncounted_ = 0;     ///< stands for connections whose transfers are not counted
    long tls_options_ = 0;  ///< of this request
};

}  // namespace sent::detail::http
