// Builds the error of a failed transfer.

#include "http/transfer/curl_transfer.hpp"

#include <string>
#include <utility>

#include "base/http_status.hpp"
#include "http/transfer/failure.hpp"
#include "http/transfer/not_sent.hpp"

namespace sent::detail::http {

TransportError CurlTransfer::stopped_by_sink() {
    using Violation = ResponseBuilder::Violation;
    const std::string server = server_name(*request_);
    const auto protocol = [&server](const char* what) {
        return error_of(TransportErrorKind::protocol, server + what);
    };
    const auto too_large = [&server](const char* part, std::size_t limit) {
        return error_of(
            TransportErrorKind::too_large,
            "the reply of " + server + " has " + part + " of more than " + std::to_string(limit) + " bytes");
    };
    switch (builder_.violation()) {
        case Violation::body_too_large:
            return too_large("a body", request_->max_response_bytes);
        case Violation::headers_too_large:
            return too_large("headers", settings_.options.max_header_bytes);
        case Violation::too_many_interim:
            return protocol(" sent too many interim replies");
        case Violation::too_many_pieces:
            return protocol(" sent the body in too many small pieces");
        case Violation::too_many_folds:
            return protocol(" sent too many folded header lines");
        case Violation::too_many_fields:
            return protocol(" sent a reply with too many header fields");
        case Violation::broken_line:
            return protocol(" sent a header line with a CR within it");
        case Violation::contradictory_length:
            return protocol(
                " contradicts itself about the length of its reply (Content-Length, Transfer-Encoding)");
        case Violation::out_of_memory:
        case Violation::fine:
            break;
    }
    return error_of(TransportErrorKind::resource_exhausted, "out of memory for the reply of " + server);
}

bool CurlTransfer::was_flooded() const noexcept {
    return attempt_.proxy_floods || (attempt_.watch && attempt_.watch->flooded());
}

TransportError CurlTransfer::failed(CURLcode code) {
    Failure failure;
    failure.flooded = was_flooded();
    failure.look_up_refused = attempt_.look_up_refused;
    failure.code = attempt_.lost_connection == Lost::after_sending ? CURLE_ABORTED_BY_CALLBACK : code;
    failure.detail = error_text_;
    failure.connected = attempt_.may_leave;
    failure.headers_complete = builder_.headers_complete();
    failure.https = url_.https;
    failure.socket_errno = attempt_.socket_errno;
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

void CurlTransfer::describe_proxy(Failure& failure) const {
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

void CurlTransfer::describe_place(Failure& failure) const {
    // libcurl does not report whether it uses a proxy.
    const bool is_direct = settings_.options.proxy.mode == ProxyOptions::Mode::off ||
                           std::to_string(peer_port_) == port_of(url_);
    const bool has_tunnel = is_success(static_cast<int>(failure.connect_status));
    failure.at_server = is_direct || has_tunnel;
    failure.in_tls_handshake = failure.at_server && attempt_.tls_begun && !attempt_.may_leave;
}

/// Returns why libcurl cannot use a file, if the code means that. Empty if the reason is unknown.
std::string CurlTransfer::file_problem(CURLcode code) const {
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

TransportError CurlTransfer::complete(TransportError error, bool left) {
    error.request_may_have_left = left;
    error.partial = builder_.take();
    return error;
}

}  // namespace sent::detail::http
