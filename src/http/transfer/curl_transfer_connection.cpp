// What happens while a connection is made: look-up, sockets, proxy, TLS.

#include "http/transfer/curl_transfer.hpp"

#include <cerrno>
#include <memory>
#include <string_view>
#include <utility>

namespace sent::detail::http {

namespace {

/// Bytes of a proxy's answer to CONNECT that are read in one turn. libcurl takes one or two microseconds for
/// each.
constexpr int answer_per_turn = 4 * 1024;
/// Longer than any honest answer, even with an error page for each step of the authentication.
constexpr int longest_answer = 512 * 1024;

}  // namespace

curl_socket_t CurlTransfer::on_open(void* self, curlsocktype /*purpose*/, curl_sockaddr* address) noexcept {
    auto& transfer = *static_cast<CurlTransfer*>(self);
    if (transfer.may_leave_) {
        transfer.note_repetition();
        return CURL_SOCKET_BAD;
    }
    if (transfer.is_looking_up_) {
        transfer.settings_.look_ups->note_answer();
    }
    transfer.leave_look_up();
    transfer.opened_socket_ = true;
    transfer.watch_.reset();
    transfer.peer_port_ = port_of_address(address->addr);
    transfer.no_progress_.set(transfer.easy_.get(), 0);
    const curl_socket_t socket = transfer.sockets_.open(*address, transfer.owner_);
    if (socket == CURL_SOCKET_BAD) {
        transfer.socket_errno_ = errno;
    }
    return socket;
}

int CurlTransfer::on_close(void* sockets, curl_socket_t socket) noexcept {
    static_cast<SocketTable*>(sockets)->close(socket);
    return 0;
}

/// libcurl calls this before each look-up that its cache cannot answer, also for addresses, which take no
/// time.
int CurlTransfer::on_look_up(void* /*resolver*/, void* /*reserved*/, void* self) noexcept {
    auto& transfer = *static_cast<CurlTransfer*>(self);
    // libcurl repeats a request whose reused connection died. If it has forgotten the address, this is where
    // the repetition begins.
    if (transfer.may_leave_) {
        transfer.note_repetition();
        return 1;
    }
    if (!transfer.needs_look_up()) {
        return 0;
    }
    return transfer.begin_look_up() ? 0 : 1;
}

bool CurlTransfer::begin_look_up() noexcept {
    was_put_off_ = turn_.looking_up >= most_looking_up;
    if (was_put_off_) {
        return false;
    }
    look_up_refused_ = !settings_.look_ups->may_begin(LookUps::Clock::now());
    if (!look_up_refused_ && !std::exchange(is_looking_up_, true)) {
        ++turn_.looking_up;
    }
    return !look_up_refused_;
}

bool CurlTransfer::needs_look_up() const noexcept {
    const bool is_direct = !url_.https || settings_.options.proxy.mode == ProxyOptions::Mode::off;
    const bool is_address = url_.host == "localhost" || url_.host.find(':') != std::string_view::npos ||
                            url_.host.find_first_not_of("0123456789.") == std::string_view::npos;
    return !is_direct || !is_address;
}

void CurlTransfer::leave_look_up() noexcept {
    if (std::exchange(is_looking_up_, false)) {
        --turn_.looking_up;
    }
}

void CurlTransfer::note_end_of_look_up(CURLcode code) noexcept {
    const bool has_ended = code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY;
    if (is_looking_up_ && !has_ended) {
        settings_.look_ups->note_abandoned(LookUps::Clock::now());
    }
    leave_look_up();
}

CURLcode CurlTransfer::on_new_context(CURL* /*easy*/, void* ssl_context, void* self) noexcept {
    static_cast<CurlTransfer*>(self)->tls_begun_ = true;
    try {
        return static_cast<CurlTransfer*>(self)->prepare_context(ssl_context);
    } catch (...) {
        return CURLE_OUT_OF_MEMORY;
    }
}

CURLcode CurlTransfer::prepare_context(void* ssl_context) {
    if (settings_.trust_store) {
        if (const CURLcode code = settings_.trust_store->attach(ssl_context); code != CURLE_OK) {
            return code;
        }
    }
    auto watch = std::make_shared<TlsWatch>(turn_, sockets_, owner_);
    watch_ = watch;
    return watch_tls(ssl_context, watch) ? CURLE_OK : CURLE_OUT_OF_MEMORY;
}

int CurlTransfer::on_connecting(void* self, curl_off_t /*total*/, curl_off_t /*now*/, curl_off_t /*up_total*/,
                                curl_off_t /*up_now*/) noexcept {
    return static_cast<CurlTransfer*>(self)->count_connecting();
}

/// While a connection is made, libcurl calls this once per turn, and once for each byte of a proxy's answer
/// to CONNECT. It reads such an answer for as long as bytes keep arriving.
int CurlTransfer::count_connecting() noexcept {
    if (std::exchange(connecting_round_, turn_.round) != turn_.round) {
        return 0;
    }
    ++connect_answer_;
    proxy_floods_ = connect_answer_ > longest_answer ||
                    (connect_answer_ % answer_per_turn == 0 && !sockets_.pause(owner_));
    return proxy_floods_ ? 1 : 0;
}

}  // namespace sent::detail::http
