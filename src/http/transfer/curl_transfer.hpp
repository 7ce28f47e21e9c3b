#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <sent/http/transport.hpp>

#include "http/transfer/curl_handle.hpp"
#include "http/transfer/failure.hpp"
#include "http/transfer/handle_setup.hpp"
#include "http/transfer/header_list.hpp"
#include "http/transfer/request_url.hpp"
#include "http/transfer/response_builder.hpp"
#include "http/transfer/socket_table.hpp"
#include "http/transfer/tls_watch.hpp"
#include "http/transfer/turn.hpp"
#include "http/transport_settings.hpp"

namespace sent::detail::http {

/// One request and its reply over one easy handle, which serves one after the other. Who drives it owns the
/// multi handle: it calls start(), adds easy(), performs, and calls finish() when libcurl says that it is
/// done.
///
/// libcurl repeats a request by itself when a reused connection proves dead. The server may have acted on it
/// by then, so that is stopped here, just before the repetition leaves: see
/// CurlTransfer::on_request_about_to_leave.
class CurlTransfer {
  public:
    /// `sockets` and `turn` belong to the multi handle that the transfer runs in. Both, and `settings`, must
    /// outlive the transfer and its connections.
    /// With `http2` it may share its connection with other exchanges of that multi handle.
    CurlTransfer(const TransportSettings& settings, SocketTable& sockets, Turn& turn, bool http2 = false);
    CurlTransfer(const CurlTransfer&) = delete;
    CurlTransfer& operator=(const CurlTransfer&) = delete;
    ~CurlTransfer() { leave_look_up(); }

    [[nodiscard]] CURL* easy() const noexcept { return easy_.get(); }

    /// Prepares everything for the request, which must stay where it is until the end. `timeout` is what is
    /// left of the request's (zero: no limit). Returns an error when it cannot be sent.
    [[nodiscard]] std::optional<TransportError> start(const HttpRequest& request,
                                                      std::chrono::milliseconds timeout);

    /// After libcurl has ended the transfer: whether it must be run again, over a fresh connection, because
    /// the reused one was dead and certainly not a byte of the request has left. The transfer is prepared for
    /// that by then.
    [[nodiscard]] bool restart(CURLcode code);

    /// After libcurl has ended the transfer: whether it must be started again later, because it needs a
    /// look-up of a name and too many are under way. Nothing has been done for it.
    [[nodiscard]] bool was_put_off() const noexcept { return was_put_off_; }

    /// With `http2`: whether the whole reply has come, though libcurl has not ended the transfer. By HTTP/2 a
    /// server may answer, and end the stream, before it has taken the whole request; libcurl may then fail,
    /// or go on trying to send. finish() with CURLE_HTTP2_STREAM takes the reply as it is.
    [[nodiscard]] bool has_whole_reply() const noexcept;

    /// The result of a transfer that libcurl has ended. Does not throw when memory runs out.
    [[nodiscard]] TransportResult finish(CURLcode code);
    /// The result of a transfer that its driver ends. It has been taken out of the multi handle already.
    [[nodiscard]] TransportResult give_up(TransportErrorKind kind, std::string message);

    /// A number that grows with what arrives of the reply; 0 while nothing has.
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
    [[nodiscard]] bool needs_look_up() const noexcept;
    bool begin_look_up() noexcept;
    void leave_look_up() noexcept;
    void note_end_of_look_up(CURLcode code) noexcept;
    CURLcode set_request(std::chrono::milliseconds timeout);
    /// What is wrong with it; null when nothing is.
    const char* take_url(const std::string& url);
    CURLcode set_url();
    CURLcode set_target();
    int check_before_leaving(int local_port) noexcept;
    bool may_reuse(long local_port) noexcept;
    [[nodiscard]] long generation_bits() const noexcept;
    [[gnu::cold]] void note_repetition() noexcept;
    void leave_connection() noexcept;
    void note_goodbye() noexcept;
    [[nodiscard]] bool ends_with_connection() const noexcept;
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

    enum class Dead { no, before_sending, after_sending };

    const TransportSettings& settings_;
    SocketTable& sockets_;
    Turn& turn_;
    std::uint64_t owner_ = 0;  ///< of the sockets that are opened for the request
    const bool http2_;
    EasyHandle easy_;
    HeaderList header_list_;
    MethodSetting method_{};
    NumberSetting connect_timeout_ms_{CURLOPT_CONNECTTIMEOUT_MS};
    NumberSetting timeout_ms_{CURLOPT_TIMEOUT_MS};
    NumberSetting fresh_connect_{CURLOPT_FRESH_CONNECT};
    NumberSetting generation_{CURLOPT_SSL_OPTIONS};  ///< with http2_
    NumberSetting no_progress_{CURLOPT_NOPROGRESS};
    ResponseBuilder builder_;
    const HttpRequest* request_ = nullptr;
    std::string url_text_{};
    UrlAuthority url_{};  ///< of url_text_
    bool libcurl_has_url_ = false;
    std::optional<bool> proxied_{};
    RefusedOption refused_option_{};
    int socket_errno_ = 0;
    bool target_is_set_ = false;
    bool opened_socket_ = false;
    bool tls_begun_ = false;
    bool may_leave_ = false;  ///< from here on bytes of the request may be written
    Dead dead_ = Dead::no;
    long peer_port_ = 0;  ///< where the socket that was opened last leads
    int restarts_ = 0;
    long local_port_ = 0;      ///< of the connection, once the request may leave
    bool is_counted_ = false;  ///< with http2_: among the transfers of that connection
    /// Of the TLS connection that the transfer has made last.
    std::shared_ptr<const TlsWatch> watch_{};
    /// Set when the reply lasts until the connection ends.
    std::shared_ptr<const TlsWatch> last_word_{};
    bool is_looking_up_ = false;
    bool was_put_off_ = false;
    bool look_up_refused_ = false;
    bool proxy_floods_ = false;
    std::uint64_t connecting_round_ = 0;
    int connect_answer_ = 0;  ///< bytes
    std::uint64_t leaving_round_ = 0;
    long bytes_before_ = 0;
    char error_text_[CURL_ERROR_SIZE] = {};
};

}  // namespace sent::detail::http
