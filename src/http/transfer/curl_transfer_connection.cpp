// What happens while a connection is made: look-up, sockets, proxy, TLS.

#include "http/transfer/curl_transfer.hpp"

#include <cerrno>
#include <memory>
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
    if (transfer.attempt_.may_leave) {
        transfer.note_repetition();
        return CURL_SOCKET_BAD;
    }
    if (transfer.is_looking_up_) {
        transfer.settings_.look_ups->note_answer();
    }
    transfer.leave_look_up();
    transfer.attempt_.opened_socket = true;
    transfer.attempt_.watch.reset();
    transfer.peer_port_ = port_of_address(address->addr);
    curl_easy_setopt(transfer.easy_.get(), CURLOPT_NOPROGRESS, 0L);
    const curl_socket_t socket = transfer.sockets_.open(*address, transfer.attempt_.owner);
    if (socket == CURL_SOCKET_BAD) {
        transfer.attempt_.socket_errno = errno;
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
    if (transfer.attempt_.may_leave) {
        transfer.note_repetition();
        return 1;
    }
    if (!transfer.url_.is_name && !(transfer.url_.https && transfer.settings_.may_look_up_proxy())) {
        return 0;
    }
    return transfer.begin_look_up() ? 0 : 1;
}

bool CurlTransfer::begin_look_up() noexcept {
    attempt_.was_put_off = !is_looking_up_ && turn_.looking_up >= most_looking_up;
    if (attempt_.was_put_off) {
        return false;
    }
    attempt_.look_up_refused = !settings_.look_ups->may_begin(LookUps::Clock::now());
    if (!attempt_.look_up_refused && !std::exchange(is_looking_up_, true)) {
        ++turn_.looking_up;
    }
    return !attempt_.look_up_refused;
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
    static_cast<CurlTransfer*>(self)->attempt_.tls_begun = true;
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
    auto watch = std::make_shared<TlsWatch>(turn_, sockets_, attempt_.owner);
    attempt_.watch = watch;
    return watch_tls(ssl_context, watch) ? CURLE_OK : CURLE_OUT_OF_MEMORY;
}

int CurlTransfer::on_connecting(void* self, curl_off_t /*total*/, curl_off_t /*now*/, curl_off_t /*up_total*/,
                                curl_off_t /*up_now*/) noexcept {
    return static_cast<CurlTransfer*>(self)->count_connecting();
}

/// While a connection is made, libcurl calls this once per turn, and once for each byte of a proxy's answer
/// to CONNECT. It reads such an answer for as long as bytes keep arriving.
int CurlTransfer::count_connecting() noexcept {
    if (std::exchange(attempt_.connecting_round, turn_.round) != turn_.round) {
        return 0;
    }
    ++attempt_.connect_answer;
    attempt_.proxy_floods =
        attempt_.connect_answer > longest_answer ||
        (attempt_.connect_answer % answer_per_turn == 0 && !sockets_.pause(attempt_.owner));
    return attempt_.proxy_floods ? 1 : 0;
}

}  // namespace sent::detail::http
