#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <sent/http/transport.hpp>

#include "http/transfer/curl_handle.hpp"
#include "http/transfer/failure.hpp"
#include "http/transfer/form_body.hpp"
#include "http/transfer/handle_setup.hpp"
#include "http/transfer/header_list.hpp"
#include "http/transfer/http2.hpp"
#include "http/transfer/request_url.hpp"
#include "http/transfer/response_builder.hpp"
#include "http/transfer/socket_table.hpp"
#include "http/transfer/tls_watch.hpp"
#include "http/transfer/turn.hpp"
#include "http/transport_settings.hpp"

namespace sent::detail::http {

/// One request and its reply over one easy handle, which is reused for later requests. The driver owns the
/// multi handle: it calls start(), adds easy(), performs, and calls finish() when libcurl reports the end.
///
/// libcurl repeats a request by itself (N4 in docs/reliability.md) if a reused connection turns out to be
/// dead. The server may have acted on it by then, so the repetition is stopped here just before it leaves:
/// see CurlTransfer::on_request_about_to_leave.
class CurlTransfer {
  public:
    /// `sockets` and `turn` belong to the multi handle of the transfer. Both, and `settings`, must outlive
    /// the transfer and its connections. With `http2`, the transfer may share its connection with other
    /// transfers of that multi handle.
    CurlTransfer(const TransportSettings& settings, SocketTable& sockets, Turn& turn, bool http2 = false);
    CurlTransfer(const CurlTransfer&) = delete;
    CurlTransfer& operator=(const CurlTransfer&) = delete;
    ~CurlTransfer() { leave_look_up(); }

    [[nodiscard]] CURL* easy() const noexcept { return easy_.get(); }

    /// Prepares the request, which must exist at the same place until the end. `timeout` is the time left for
    /// the request; 0 means no limit. Returns an error if it cannot be sent.
    [[nodiscard]] std::optional<TransportError> start(const HttpRequest& request,
                                                      std::chrono::milliseconds timeout);

    /// Call after libcurl has ended the transfer. Returns whether it must run again over a new connection,
    /// because the reused one was dead and certainly no byte of the request has left. The transfer is then
    /// prepared for that.
    [[nodiscard]] bool restart(CURLcode code);

    /// Call after libcurl has ended the transfer. Returns whether it must be started again later, because it
    /// needs a look-up of a name and too many are in progress. Nothing has been done for it.
    [[nodiscard]] bool was_put_off() const noexcept { return attempt_.was_put_off; }

    /// With `http2`: returns whether the reply is complete although libcurl has not ended the transfer.
    /// finish() with CURLE_HTTP2_STREAM accepts the reply.
    [[nodiscard]] bool has_whole_reply() const noexcept { return http2_.has_whole_reply(builder_); }

    /// Returns the result of a transfer that libcurl has ended. Does not throw if memory runs out.
    [[nodiscard]] TransportResult finish(CURLcode code);
    /// Returns the result of a transfer that its driver ends. It must have been removed from the multi
    /// handle.
    [[nodiscard]] TransportResult give_up(TransportErrorKind kind, std::string message);

    /// Returns a number that grows as the reply arrives. 0 before the first byte.
    [[nodiscard]] std::uint64_t progress() const noexcept;

  private:
    [[nodiscard]] TransportResult judge(CURLcode code);
    static int on_request_about_to_leave(void* self, char* remote_ip, char* local_ip, int remote_port,
                                         int local_port) noexcept;
    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self) noexcept;
    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept;
    static curl_socket_t on_open(void* self, curlsocktype purpose, curl_sockaddr* address) noexcept;
    static CURLcode on_new_context(CURL* easy, void* ssl_context, void* self) noexcept;
    static int on_close(void* sockets, curl_socket_t socket) noexcept;
    static int on_look_up(void* resolver, void* reserved, void* self) noexcept;
    static int on_connecting(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept;

    RefusedOption set_up() noexcept;
    CURLcode prepare_context(void* ssl_context);
    int count_connecting() noexcept;
    bool begin_look_up() noexcept;
    void leave_look_up() noexcept;
    void note_end_of_look_up(CURLcode code) noexcept;
    void begin_attempt() noexcept;
    void watch_end_of_reply() noexcept;
    CURLcode set_request(std::chrono::milliseconds timeout);
    /// Returns what is wrong with the URL, or null.
    const char* take_url(const std::string& url);
    CURLcode set_body();
    CURLcode set_url();
    CURLcode set_target();
    int check_before_leaving(int local_port) noexcept;
    bool may_reuse(long local_port) noexcept;
    [[gnu::cold]] void note_repetition() noexcept;
    [[nodiscard]] bool nothing_written(CURLcode code) const noexcept;
    [[nodiscard]] bool may_have_left(CURLcode code) const noexcept;
    [[nodiscard]] long request_bytes() const noexcept;
    [[gnu::cold]] TransportError stopped_by_sink();
    [[nodiscard]] bool was_flooded() const noexcept;
    [[gnu::cold]] TransportError failed(CURLcode code);
    [[nodiscard]] std::string file_problem(CURLcode code) const;
    void describe_proxy(Failure& failure) const;
    void describe_place(Failure& failure) const;
    [[gnu::cold]] TransportError complete(TransportError error, bool left);

    /// Whether a connection was lost that libcurl had kept from an earlier request.
    enum class Lost { no, before_sending, after_sending };

    /// What is known of an attempt to send the request. There is another one after restart().
    struct Attempt {
        std::uint64_t owner = 0;  ///< owner number of the sockets that are opened for it
        bool was_put_off = false;
        bool look_up_refused = false;
        bool opened_socket = false;
        int socket_errno = 0;
        bool tls_begun = false;
        /// Watches the TLS connection that was made last.
        std::shared_ptr<const TlsWatch> watch{};
        int connect_answer = 0;  ///< bytes of a proxy's answer to CONNECT
        std::uint64_t connecting_round = 0;
        bool proxy_floods = false;
        bool may_leave = false;  ///< from now on, bytes of the request may be written
        Lost lost_connection = Lost::no;
        long local_port = 0;  ///< of the connection, once the request may leave
        std::uint64_t leaving_round = 0;
        long bytes_before = 0;
        /// Set if the reply lasts until the end of this connection.
        std::shared_ptr<const TlsWatch> end_watch{};
    };

    const TransportSettings& settings_;
    SocketTable& sockets_;
    Turn& turn_;
    EasyHandle easy_;
    Http2 http2_;
    FormBody form_;
    HeaderList header_list_;
    RequestOptions given_{};  ///< what the handle has
    ResponseBuilder builder_;
    const HttpRequest* request_ = nullptr;
    std::string url_text_{};
    UrlAuthority url_{};  ///< the parts of url_text_
    bool libcurl_has_url_ = false;
    std::optional<bool> proxied_{};
    RefusedOption refused_option_{};
    bool target_is_set_ = false;
    long peer_port_ = 0;  ///< remote port of the socket that was opened last, maybe by an earlier request
    bool is_looking_up_ = false;  ///< is counted by Turn::looking_up
    Attempt attempt_{};
    char error_text_[CURL_ERROR_SIZE] = {};
};

}  // namespace sent::detail::http
