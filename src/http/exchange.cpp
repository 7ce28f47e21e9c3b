#include "exchange.hpp"

#include <algorithm>
#include <cerrno>
#include <limits>
#include <new>
#include <string>
#include <utility>

#include "branch_hints.hpp"
#include "failure.hpp"
#include "not_sent.hpp"

namespace sent::detail::http {

namespace {

long as_curl_milliseconds(std::chrono::milliseconds time) noexcept {
    // libcurl counts them in an int in places.
    constexpr std::chrono::milliseconds::rep most = std::numeric_limits<int>::max();
    constexpr std::chrono::milliseconds::rep least = 0;
    return static_cast<long>(std::clamp(time.count(), least, most));
}

/// Bytes of a proxy's answer to CONNECT that are read in one turn. libcurl takes a microsecond or two for
/// each.
constexpr int answer_per_turn = 4 * 1024;
/// No honest answer is that long, with an error page for each step of the authentication.
constexpr int longest_answer = 512 * 1024;

/// What libcurl ends a transfer with whose stream or connection ends while it sends or waits.
bool may_come_after_the_reply(CURLcode code) noexcept {
    return code == CURLE_HTTP2_STREAM || code == CURLE_HTTP2 || code == CURLE_PARTIAL_FILE ||
           code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR;
}

}  // namespace

Exchange::Exchange(const TransportSettings& settings, SocketTable& sockets, Turn& turn, bool http2)
    : settings_(settings), sockets_(sockets), turn_(turn), http2_(http2), easy_(make_easy()) {
    if (easy_) {
        refused_option_ = set_up();
        if (http2_) {
            allow_http2(easy_.get());
        }
    }
}

RefusedOption Exchange::set_up() noexcept {
    CURL* easy = easy_.get();
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error_text_);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Exchange::on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Exchange::on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Exchange::on_open);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &Exchange::on_close);
    // A connection keeps this pointer, and may live longer than the exchange that opened it.
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, &sockets_);
    curl_easy_setopt(easy, CURLOPT_RESOLVER_START_FUNCTION, &Exchange::on_look_up);
    curl_easy_setopt(easy, CURLOPT_RESOLVER_START_DATA, this);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, &Exchange::on_connecting);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, this);
    const CURLcode code =
        curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &Exchange::on_request_about_to_leave);
    if (code != CURLE_OK) {
        return {"PREREQFUNCTION", code};
    }
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
    const RefusedOption refused = set_constant_options(easy, settings_);
    if (settings_.uses_our_openssl) {
        curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, &Exchange::on_new_context);
        curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, this);
    }
    return refused;
}

std::optional<TransportError> Exchange::start(const HttpRequest& request, std::chrono::milliseconds timeout) {
    if (seldom(!easy_)) {
        return not_sent(TransportErrorKind::resource_exhausted, "libcurl has no handle for a request");
    }
    if (seldom(refused_option_.name != nullptr)) {
        return not_sent(TransportErrorKind::internal, std::string("libcurl does not take the option ") +
                                                          refused_option_.name + ": " +
                                                          curl_easy_strerror(refused_option_.code));
    }
    if (std::string wrong = check_method_and_headers(request); seldom(!wrong.empty())) {
        return not_sent(TransportErrorKind::invalid_request, std::move(wrong));
    }
    if (const char* wrong = take_url(request.url); seldom(wrong != nullptr)) {
        return not_sent(TransportErrorKind::invalid_request, std::string("the URL ") + wrong);
    }
    request_ = &request;
    opened_socket_ = false;
    tls_begun_ = false;
    may_leave_ = false;
    dead_ = Dead::no;
    restarts_ = 0;
    local_port_ = 0;
    last_word_.reset();
    look_up_refused_ = false;
    was_put_off_ = false;
    proxy_floods_ = false;
    connect_answer_ = 0;
    owner_ = sockets_.next_owner();
    bytes_before_ = 0;
    socket_errno_ = 0;
    error_text_[0] = '\0';
    sink_.begin(settings_.options.max_header_bytes, request.max_response_bytes);
    const CURLcode code = set_request(timeout);
    if (seldom(code != CURLE_OK)) {
        return not_sent(code == CURLE_OUT_OF_MEMORY ? TransportErrorKind::resource_exhausted
                                                    : TransportErrorKind::invalid_request,
                        std::string("libcurl cannot send the request: ") + curl_easy_strerror(code));
    }
    return std::nullopt;
}

/// Most requests go where the one before went: then everything about the URL is as it was.
const char* Exchange::take_url(const std::string& url) {
    if (usually(libcurl_has_url_) && usually(url == url_text_)) {
        return nullptr;
    }
    libcurl_has_url_ = false;
    url_text_ = url;
    return parse_request_url(url_text_, url_);
}

CURLcode Exchange::set_url() {
    const CURLcode code = curl_easy_setopt(easy_.get(), CURLOPT_URL, url_text_.c_str());
    return code == CURLE_OK ? set_target() : code;
}

CURLcode Exchange::set_request(std::chrono::milliseconds timeout) {
    CURL* easy = easy_.get();
    const HttpRequest& request = *request_;
    const bool https = url_.https;
    CURLcode code = CURLE_OK;
    if (seldom(!libcurl_has_url_)) {
        code = set_url();
        libcurl_has_url_ = code == CURLE_OK;
    }
    if (code == CURLE_OK) {
        code = method_.set(easy, request);
    }
    if (usually(code == CURLE_OK) && seldom(proxied_ != https)) {
        code = set_proxy(easy, settings_.options.proxy, https);
        proxied_ = https;
    }
    const auto no_limit = std::chrono::milliseconds::max();
    const auto connect = request.connect_timeout.count() > 0 ? request.connect_timeout : no_limit;
    header_list_.set(easy, request);
    connect_timeout_ms_.set(easy, as_curl_milliseconds(connect));
    timeout_ms_.set(easy, as_curl_milliseconds(timeout));
    fresh_connect_.set(easy, 0);
    if (seldom(http2_)) {
        generation_.set(easy, generation_bits());
    }
    return code;
}

/// libcurl joins no connection that was made with other TLS options. These two mean something to TLS
/// libraries of other systems only.
long Exchange::generation_bits() const noexcept {
    const long generation = sockets_.generation();
    return ((generation & 1) != 0 ? CURLSSLOPT_NO_REVOKE : 0L) |
           ((generation & 2) != 0 ? CURLSSLOPT_REVOKE_BEST_EFFORT : 0L);
}

/// When libcurl has no memory for the query while it takes the URL apart, it leaves the query out and sends
/// the request all the same. It does not when it is told what to ask for.
CURLcode Exchange::set_target() {
    CURL* easy = easy_.get();
    const std::string& url = url_text_;
    const std::size_t begin = url_.end;
    const std::size_t fragment = std::min(url.find('#', begin), url.size());
    const bool has_query = url.find('?', begin) < fragment;
    if (!has_query && !target_is_set_) {
        return CURLE_OK;
    }
    target_is_set_ = has_query;
    if (!has_query) {
        return curl_easy_setopt(easy, CURLOPT_REQUEST_TARGET, nullptr);
    }
    if (url[begin] == '/' && fragment == url.size()) {
        return curl_easy_setopt(easy, CURLOPT_REQUEST_TARGET, url.c_str() + begin);
    }
    const std::string target = (url[begin] == '/' ? "" : "/") + url.substr(begin, fragment - begin);
    return curl_easy_setopt(easy, CURLOPT_REQUEST_TARGET, target.c_str());
}

bool Exchange::restart(CURLcode code) {
    if (usually(dead_ != Dead::before_sending) || code == CURLE_OK) {
        return false;
    }
    leave_connection();
    opened_socket_ = false;
    may_leave_ = false;
    dead_ = Dead::no;
    bytes_before_ = 0;
    error_text_[0] = '\0';
    // Requests that leave an old HTTP/2 connection meet again on the next one, where that is possible.
    if (http2_ && restarts_++ == 0 && generation_.value() != generation_bits()) {
        return generation_.set(easy_.get(), generation_bits()) == CURLE_OK;
    }
    return fresh_connect_.set(easy_.get(), 1) == CURLE_OK;
}

int Exchange::on_request_about_to_leave(void* self, char* /*remote_ip*/, char* /*local_ip*/,
                                        int /*remote_port*/, int local_port) noexcept {
    return static_cast<Exchange*>(self)->check_before_leaving(local_port);
}

int Exchange::check_before_leaving(int local_port) noexcept {
    if (seldom(may_leave_)) {
        note_repetition();
        return CURL_PREREQFUNC_ABORT;
    }
    if (seldom(opened_socket_)) {
        sockets_.connected(local_port);
        no_progress_.set(easy_.get(), 1);
    } else if (seldom(!may_reuse(local_port))) {
        dead_ = Dead::before_sending;
        return CURL_PREREQFUNC_ABORT;
    }
    local_port_ = local_port;
    if (seldom(http2_)) {
        is_counted_ = true;
        sockets_.enter(local_port);
    }
    leave_look_up();
    may_leave_ = true;
    leaving_round_ = turn_.round;
    bytes_before_ = request_bytes();
    return CURL_PREREQFUNC_OK;
}

/// Not a connection that has ended, that carries bytes which are no answer to us, that is too old, or that
/// the server is about to close.
bool Exchange::may_reuse(long local_port) noexcept {
    if (seldom(!sockets_.is_fresh(local_port, settings_.options.max_connection_age))) {
        if (http2_) {
            sockets_.retire(local_port);
        }
        return false;
    }
    return (http2_ && sockets_.is_shared(local_port)) || sockets_.is_quiet(local_port);
}

/// libcurl is about to send the request again, since the connection died before a byte of a reply.
void Exchange::note_repetition() noexcept {
    if (dead_ == Dead::no) {
        dead_ = nothing_written(CURLE_SEND_ERROR) ? Dead::before_sending : Dead::after_sending;
    }
}

void Exchange::leave_connection() noexcept {
    if (seldom(std::exchange(is_counted_, false))) {
        sockets_.leave(local_port_);
    }
}

long Exchange::request_bytes() const noexcept {
    long bytes = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_REQUEST_SIZE, &bytes);
    return bytes;
}

// libcurl counts what its first write took. What later writes take it may count otherwise; those only happen
// in a later round, or when the first one did not fail. By HTTP/2 it writes frames, and does not count them
// all.
bool Exchange::nothing_written(CURLcode code) const noexcept {
    return !http2_ && code == CURLE_SEND_ERROR && turn_.round == leaving_round_ &&
           request_bytes() == bytes_before_;
}

bool Exchange::may_have_left(CURLcode code) const noexcept {
    return may_leave_ && dead_ != Dead::before_sending && !nothing_written(code);
}

std::size_t Exchange::on_header(char* data, std::size_t size, std::size_t count, void* self) noexcept {
    auto& exchange = *static_cast<Exchange*>(self);
    const std::size_t bytes = size * count;
    ++exchange.turn_.pieces;
    if (seldom(!exchange.sink_.header_line({data, bytes}))) {
        return 0;
    }
    exchange.note_goodbye();
    return bytes;
}

bool Exchange::ends_with_connection() const noexcept {
    long version = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_VERSION, &version);
    if (version == CURL_HTTP_VERSION_2_0) {
        return false;
    }
    const HttpResponse& reply = sink_.response();
    const bool no_body = request_->method == "HEAD" || reply.status == 204 || reply.status == 304;
    return !no_body && !reply.headers.contains("Content-Length") &&
           !reply.headers.contains("Transfer-Encoding");
}

/// Called when the headers are complete, which is when the connection is sure to be there still.
void Exchange::note_goodbye() noexcept {
    if (url_.https && seldom(sink_.headers_complete()) && !last_word_ && ends_with_connection()) {
        last_word_ = tls_watch_of(easy_.get());
    }
}

std::size_t Exchange::on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept {
    auto& exchange = *static_cast<Exchange*>(self);
    const std::size_t bytes = size * count;
    ++exchange.turn_.pieces;
    curl_off_t expected = -1;
    if (usually(!exchange.sink_.body_begun())) {
        curl_easy_getinfo(exchange.easy_.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &expected);
    }
    return exchange.sink_.body_piece({data, bytes}, expected) ? bytes : bytes + 1;
}

curl_socket_t Exchange::on_open(void* self, curlsocktype /*purpose*/, curl_sockaddr* address) noexcept {
    auto& exchange = *static_cast<Exchange*>(self);
    if (exchange.may_leave_) {
        exchange.note_repetition();
        return CURL_SOCKET_BAD;
    }
    if (exchange.is_looking_up_) {
        exchange.settings_.look_ups->note_answer();
    }
    exchange.leave_look_up();
    exchange.opened_socket_ = true;
    exchange.watch_.reset();
    exchange.peer_port_ = port_of_address(address->addr);
    exchange.no_progress_.set(exchange.easy_.get(), 0);
    const curl_socket_t socket = exchange.sockets_.open(*address, exchange.owner_);
    if (socket == CURL_SOCKET_BAD) {
        exchange.socket_errno_ = errno;
    }
    return socket;
}

int Exchange::on_close(void* sockets, curl_socket_t socket) noexcept {
    static_cast<SocketTable*>(sockets)->close(socket);
    return 0;
}

/// libcurl asks before each look-up that its cache does not answer; also for addresses, which take no time.
int Exchange::on_look_up(void* /*resolver*/, void* /*reserved*/, void* self) noexcept {
    auto& exchange = *static_cast<Exchange*>(self);
    exchange.watch_.reset();
    if (!exchange.needs_look_up()) {
        return 0;
    }
    return exchange.begin_look_up() ? 0 : 1;
}

bool Exchange::begin_look_up() noexcept {
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

bool Exchange::needs_look_up() const noexcept {
    const bool is_direct = !url_.https || settings_.options.proxy.mode == ProxyOptions::Mode::off;
    const bool is_address = url_.host == "localhost" || url_.host.find(':') != std::string_view::npos ||
                            url_.host.find_first_not_of("0123456789.") == std::string_view::npos;
    return !is_direct || !is_address;
}

void Exchange::leave_look_up() noexcept {
    if (seldom(std::exchange(is_looking_up_, false))) {
        --turn_.looking_up;
    }
}

void Exchange::note_end_of_look_up(CURLcode code) noexcept {
    const bool has_ended = code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY;
    if (seldom(is_looking_up_) && !has_ended) {
        settings_.look_ups->note_abandoned(LookUps::Clock::now());
    }
    leave_look_up();
}

CURLcode Exchange::on_new_context(CURL* /*easy*/, void* ssl_context, void* self) noexcept {
    static_cast<Exchange*>(self)->tls_begun_ = true;
    try {
        return static_cast<Exchange*>(self)->prepare_context(ssl_context);
    } catch (...) {
        return CURLE_OUT_OF_MEMORY;
    }
}

CURLcode Exchange::prepare_context(void* ssl_context) {
    if (settings_.trust_store) {
        if (const CURLcode code = settings_.trust_store->attach(ssl_context); code != CURLE_OK) {
            return code;
        }
    }
    auto watch = std::make_shared<TlsWatch>(turn_, sockets_, owner_);
    watch_ = watch;
    return watch_tls(ssl_context, watch) ? CURLE_OK : CURLE_OUT_OF_MEMORY;
}

int Exchange::on_connecting(void* self, curl_off_t /*total*/, curl_off_t /*now*/, curl_off_t /*up_total*/,
                            curl_off_t /*up_now*/) noexcept {
    return static_cast<Exchange*>(self)->count_connecting();
}

/// While a connection is being made, libcurl asks once in each turn whether to go on, and once more for each
/// byte of a proxy's answer to CONNECT, which it reads for as long as bytes keep coming.
int Exchange::count_connecting() noexcept {
    if (std::exchange(connecting_round_, turn_.round) != turn_.round) {
        return 0;
    }
    ++connect_answer_;
    proxy_floods_ = connect_answer_ > longest_answer ||
                    (connect_answer_ % answer_per_turn == 0 && !sockets_.pause(owner_));
    return proxy_floods_ ? 1 : 0;
}

std::uint64_t Exchange::progress() const noexcept {
    if (sink_.header_bytes() == 0) {
        return 0;
    }
    curl_off_t body = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_SIZE_DOWNLOAD_T, &body);
    return sink_.header_bytes() + static_cast<std::uint64_t>(body);
}

bool Exchange::has_whole_reply() const noexcept {
    if (!http2_ || !sink_.headers_complete()) {
        return false;
    }
    constexpr int no_content = 204;
    curl_off_t expected = -1;
    curl_off_t got = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &expected);
    curl_easy_getinfo(easy_.get(), CURLINFO_SIZE_DOWNLOAD_T, &got);
    return sink_.response().status == no_content || (expected >= 0 && got == expected);
}

TransportResult Exchange::finish(CURLcode code) {
    leave_connection();
    note_end_of_look_up(code);
    try {
        return judge(code);
    } catch (const std::bad_alloc&) {
        TransportError error;
        error.kind = TransportErrorKind::resource_exhausted;
        error.message = "out of memory";
        error.request_may_have_left = code == CURLE_OK || may_have_left(code);
        return error;
    }
}

TransportResult Exchange::judge(CURLcode code) {
    if (seldom(sink_.verdict() != ReplySink::Verdict::fine)) {
        return complete(stopped_by_sink(), true);
    }
    if (seldom(code != CURLE_OK) && !(may_come_after_the_reply(code) && has_whole_reply())) {
        return complete(failed(code), may_have_left(code));
    }
    if (seldom(!sink_.headers_complete())) {
        TransportError error;
        error.kind = TransportErrorKind::closed;
        error.message = server_name(*request_) + " closed the connection amid the reply's headers";
        return complete(std::move(error), true);
    }
    if (last_word_ && seldom(!last_word_->said_goodbye())) {
        TransportError error;
        error.kind = TransportErrorKind::incomplete;
        error.message = "the TLS connection to " + server_name(*request_) + " was cut off amid the reply";
        return complete(std::move(error), true);
    }
    if (seldom(sink_.response().status < 100)) {
        TransportError error;
        error.kind = TransportErrorKind::protocol;
        error.message = server_name(*request_) + " answered without a readable status";
        error.partial = sink_.take();
        return error;
    }
    if (const auto patience = sink_.keep_alive(); seldom(patience.has_value())) {
        // The server's clock started when it answered; a second covers the way of both messages.
        constexpr std::chrono::seconds margin{1};
        sockets_.keep_until(local_port_, SocketTable::Clock::now() + *patience - margin);
    }
    return sink_.take();
}

TransportResult Exchange::give_up(TransportErrorKind kind, std::string message) {
    leave_connection();
    note_end_of_look_up(CURLE_OPERATION_TIMEDOUT);
    TransportError error;
    error.kind = kind;
    error.message = std::move(message);
    return complete(std::move(error), may_leave_ && dead_ != Dead::before_sending);
}

TransportError Exchange::stopped_by_sink() {
    const std::string server = server_name(*request_);
    TransportError error;
    switch (sink_.verdict()) {
        case ReplySink::Verdict::body_too_large:
            error.kind = TransportErrorKind::too_large;
            error.message = "the reply of " + server + " has a body of more than " +
                            std::to_string(request_->max_response_bytes) + " bytes";
            break;
        case ReplySink::Verdict::headers_too_large:
            error.kind = TransportErrorKind::too_large;
            error.message = "the reply of " + server + " has headers of more than " +
                            std::to_string(settings_.options.max_header_bytes) + " bytes";
            break;
        case ReplySink::Verdict::too_many_interim:
            error.kind = TransportErrorKind::protocol;
            error.message = server + " sent too many interim replies";
            break;
        case ReplySink::Verdict::too_many_pieces:
            error.kind = TransportErrorKind::protocol;
            error.message = server + " sent the body in too many small pieces";
            break;
        case ReplySink::Verdict::too_many_folds:
            error.kind = TransportErrorKind::protocol;
            error.message = server + " sent too many folded header lines";
            break;
        case ReplySink::Verdict::contradictory_length:
            error.kind = TransportErrorKind::protocol;
            error.message = server +
                            " contradicts itself about the length of its reply (Content-Length, "
                            "Transfer-Encoding)";
            break;
        case ReplySink::Verdict::out_of_memory:
        case ReplySink::Verdict::fine:
            error.kind = TransportErrorKind::resource_exhausted;
            error.message = "out of memory for the reply of " + server;
            break;
    }
    return error;
}

bool Exchange::was_flooded() const noexcept {
    return proxy_floods_ || (watch_ && watch_->flooded());
}

TransportError Exchange::failed(CURLcode code) {
    Failure failure;
    failure.flooded = was_flooded();
    failure.look_up_refused = look_up_refused_;
    failure.code = dead_ == Dead::after_sending ? CURLE_ABORTED_BY_CALLBACK : code;
    failure.detail = error_text_;
    failure.connected = may_leave_;
    failure.headers_complete = sink_.headers_complete();
    failure.https = url_.https;
    failure.socket_errno = socket_errno_;
    failure.trust_source = settings_.trust.describe();
    if (std::string problem = file_problem(code); !problem.empty()) {
        failure.detail = std::move(problem);
    }
    long number = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_CONNECTCODE, &failure.connect_status);
    if (curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &number) == CURLE_OK) {
        failure.connect_errno = static_cast<int>(number);
    }
    describe_proxy(failure);
    describe_place(failure);
    return explain(failure, *request_);
}

void Exchange::describe_proxy(Failure& failure) const {
    using User = Failure::ProxyUser;
    const ProxyOptions& proxy = settings_.options.proxy;
    failure.allowed_schemes = curl_scheme(proxy.scheme);
    curl_easy_getinfo(easy_.get(), CURLINFO_PROXYAUTH_AVAIL, &failure.proxy_schemes);
    if (!proxy.username.empty() || proxy.scheme == ProxyOptions::Scheme::negotiate) {
        failure.proxy_user = User::given;
    } else if (proxy.mode == ProxyOptions::Mode::environment) {
        failure.proxy_user = User::perhaps;
    }
}

void Exchange::describe_place(Failure& failure) const {
    // libcurl does not say whether it uses a proxy.
    const bool is_direct = settings_.options.proxy.mode == ProxyOptions::Mode::off ||
                           std::to_string(peer_port_) == port_of(url_);
    const bool has_tunnel = failure.connect_status / 100 == 2;
    failure.at_server = is_direct || has_tunnel;
    failure.in_tls_handshake = failure.at_server && tls_begun_ && !may_leave_;
}

/// What is wrong with the file that libcurl, by this code, cannot use. Empty when that is not known.
std::string Exchange::file_problem(CURLcode code) const {
    const TlsOptions& tls = settings_.options.tls;
    if (code == CURLE_SSL_CACERT_BADFILE) {
        return settings_.trust_store ? settings_.trust_store->problem() : settings_.trust.problem();
    }
    for (const std::string* file : {&tls.client_certificate_file, &tls.client_key_file}) {
        if (code == CURLE_SSL_CERTPROBLEM && !file->empty()) {
            if (const std::string why = why_unreadable(*file); !why.empty()) {
                return "client certificate or key in file " + *file + ": " + why;
            }
        }
    }
    return {};
}

TransportError Exchange::complete(TransportError error, bool left) {
    error.request_may_have_left = left;
    error.partial = sink_.take();
    return error;
}

}  // namespace sent::detail::http
