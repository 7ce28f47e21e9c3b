#include "http/transfer/curl_transfer.hpp"

#include <new>
#include <string>
#include <utility>

#include "http/transfer/failure.hpp"
#include "http/transfer/not_sent.hpp"

namespace sent::detail::http {

CurlTransfer::CurlTransfer(const TransportSettings& settings, SocketTable& sockets, Turn& turn, bool http2)
    : settings_(settings),
      sockets_(sockets),
      turn_(turn),
      easy_(make_easy()),
      http2_(easy_.get(), sockets, turn, http2) {
    if (easy_) {
        refused_option_ = set_up();
        http2_.set_up();
    }
}

std::optional<TransportError> CurlTransfer::start(const HttpRequest& request,
                                                  std::chrono::milliseconds timeout) {
    if (!easy_) {
        return not_sent(TransportErrorKind::resource_exhausted, "libcurl has no handle for a request");
    }
    if (refused_option_.name != nullptr) {
        return not_sent(TransportErrorKind::internal, std::string("libcurl does not take the option ") +
                                                          refused_option_.name + ": " +
                                                          curl_easy_strerror(refused_option_.code));
    }
    if (!settings_.proxy_problem.empty()) {
        return not_sent(TransportErrorKind::invalid_request, settings_.proxy_problem);
    }
    if (std::string wrong = check_method_and_headers(request); !wrong.empty()) {
        return not_sent(TransportErrorKind::invalid_request, std::move(wrong));
    }
    if (const char* wrong = take_url(request.url); wrong != nullptr) {
        return not_sent(TransportErrorKind::invalid_request, std::string("the URL ") + wrong);
    }
    request_ = &request;
    begin_attempt();
    builder_.begin(settings_.options.max_header_bytes, request.max_response_bytes);
    const CURLcode code = set_request(timeout);
    if (code != CURLE_OK) {
        return not_sent(code == CURLE_OUT_OF_MEMORY ? TransportErrorKind::resource_exhausted
                                                    : TransportErrorKind::invalid_request,
                        std::string("libcurl cannot send the request: ") + curl_easy_strerror(code));
    }
    return std::nullopt;
}

void CurlTransfer::begin_attempt() noexcept {
    attempt_ = Attempt{};
    attempt_.owner = sockets_.next_owner();
    error_text_[0] = '\0';
}

bool CurlTransfer::restart(CURLcode code) {
    if (attempt_.lost_connection != Lost::before_sending || code == CURLE_OK) {
        return false;
    }
    http2_.leave();
    begin_attempt();
    given_ = RequestOptions{};  // so that the next request sets FRESH_CONNECT back
    return http2_.waits_for_next_connection() ||
           curl_easy_setopt(easy_.get(), CURLOPT_FRESH_CONNECT, 1L) == CURLE_OK;
}

int CurlTransfer::on_request_about_to_leave(void* self, char* /*remote_ip*/, char* /*local_ip*/,
                                            int /*remote_port*/, int local_port) noexcept {
    return static_cast<CurlTransfer*>(self)->check_before_leaving(local_port);
}

int CurlTransfer::check_before_leaving(int local_port) noexcept {
    if (attempt_.may_leave) {
        note_repetition();
        return CURL_PREREQFUNC_ABORT;
    }
    if (attempt_.opened_socket) {
        sockets_.connected(local_port);
        curl_easy_setopt(easy_.get(), CURLOPT_NOPROGRESS, 1L);
    } else if (!may_reuse(local_port)) {
        attempt_.lost_connection = Lost::before_sending;
        return CURL_PREREQFUNC_ABORT;
    }
    attempt_.local_port = local_port;
    http2_.enter(local_port);
    leave_look_up();
    attempt_.may_leave = true;
    attempt_.leaving_round = turn_.round;
    attempt_.bytes_before = request_bytes();
    return CURL_PREREQFUNC_OK;
}

/// Refuses a connection that has ended, has received bytes that are no reply to us, is too old, or is about
/// to be closed by the server.
bool CurlTransfer::may_reuse(long local_port) noexcept {
    if (!sockets_.is_fresh(local_port, settings_.options.max_connection_age)) {
        http2_.retire_connection();
        return false;
    }
    return http2_.may_join(local_port) || sockets_.is_quiet(local_port);
}

/// libcurl is about to send the request again, because the connection ended before any byte of a reply.
void CurlTransfer::note_repetition() noexcept {
    if (attempt_.lost_connection == Lost::no) {
        attempt_.lost_connection =
            nothing_written(CURLE_SEND_ERROR) ? Lost::before_sending : Lost::after_sending;
    }
}

long CurlTransfer::request_bytes() const noexcept {
    long bytes = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_REQUEST_SIZE, &bytes);
    return bytes;
}

// libcurl counts the bytes of its first write. It may count later writes elsewhere, but these happen only in
// a later round or after a successful first write. With HTTP/2, it writes frames and does not count them all.
bool CurlTransfer::nothing_written(CURLcode code) const noexcept {
    return !http2_.is_allowed() && code == CURLE_SEND_ERROR && turn_.round == attempt_.leaving_round &&
           request_bytes() == attempt_.bytes_before;
}

bool CurlTransfer::may_have_left(CURLcode code) const noexcept {
    return attempt_.may_leave && attempt_.lost_connection != Lost::before_sending && !nothing_written(code);
}

TransportResult CurlTransfer::finish(CURLcode code) {
    http2_.leave();
    note_end_of_look_up(code);
    try {
        return judge(code);
    } catch (const std::bad_alloc&) {
        return out_of_memory(code == CURLE_OK || may_have_left(code));
    }
}

TransportResult CurlTransfer::give_up(TransportErrorKind kind, std::string message) {
    http2_.leave();
    note_end_of_look_up(CURLE_OPERATION_TIMEDOUT);
    return complete(error_of(kind, std::move(message)),
                    attempt_.may_leave && attempt_.lost_connection != Lost::before_sending);
}

}  // namespace sent::detail::http
