#include "http/transfer/failure.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "base/http_status.hpp"
#include "base/text/milliseconds.hpp"
#include "http/transfer/not_sent.hpp"
#include "http/transfer/request_url.hpp"

namespace sent::detail::http {

namespace {

using Kind = TransportErrorKind;

bool mentions(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

std::string with_detail(const std::string& message, const std::string& detail) {
    return detail.empty() ? message : message + ": " + detail;
}

/// libcurl names the host and port that it failed to reach. If they are not the request's, the proxy failed.
bool failed_at_proxy(const Failure& failure, const HttpRequest& request) {
    UrlAuthority url;
    if (!failure.https || parse_request_url(request.url, url) != nullptr) {
        return false;
    }
    const std::string words = "Failed to connect to ";
    const std::string server = std::string(url.host) + " port " + std::string(port_of(url));
    return mentions(failure.detail, words.c_str()) && !mentions(failure.detail, (words + server).c_str());
}

bool means_exhausted(int number) {
    return number == EMFILE || number == ENFILE || number == ENOMEM || number == ENOBUFS;
}

/// Returns the errno if the process has fewer free descriptors than a look-up needs, otherwise 0. Neither
/// libcurl nor the resolver reports this as the reason why a name was not found.
int lack_of_descriptors() {
    constexpr int needed = 6;  // two for libcurl's thread; the resolver's files and sockets
    int opened[needed];
    int count = 0;
    int problem = 0;
    while (count < needed && problem == 0) {
        const int descriptor = open("/", O_RDONLY | O_CLOEXEC);
        if (descriptor >= 0) {
            opened[count++] = descriptor;
        } else {
            problem = errno;
        }
    }
    while (count > 0) {
        close(opened[--count]);
    }
    return means_exhausted(problem) ? problem : 0;
}

TransportError explain_look_up(const Failure& failure, Kind kind, const std::string& what) {
    if (const int number = lack_of_descriptors(); number != 0) {
        return error_of(Kind::resource_exhausted,
                        "no descriptors to look up " + what + ": " + std::generic_category().message(number));
    }
    if (mentions(failure.detail, "thread failed to start")) {
        return error_of(Kind::resource_exhausted, "no thread to look up " + what);
    }
    return error_of(kind, "could not resolve " + what);
}

TransportError explain_connect(const Failure& failure, const HttpRequest& request) {
    const int number = failure.socket_errno;
    if (means_exhausted(number)) {
        return error_of(Kind::resource_exhausted, "no socket for a connection to " + server_name(request) +
                                                      ": " + std::generic_category().message(number));
    }
    const std::string reason =
        failure.connect_errno != 0 ? std::generic_category().message(failure.connect_errno) : std::string();
    if (failed_at_proxy(failure, request)) {
        return error_of(Kind::proxy,
                        with_detail("could not connect to the proxy for " + server_name(request), reason));
    }
    return error_of(Kind::connect, with_detail("could not connect to " + server_name(request), reason));
}

/// "Digest, NTLM", for example.
std::string scheme_names(long schemes) {
    constexpr std::pair<unsigned long, const char*> names[] = {{CURLAUTH_NEGOTIATE, "Negotiate"},
                                                               {CURLAUTH_DIGEST, "Digest"},
                                                               {CURLAUTH_NTLM, "NTLM"},
                                                               {CURLAUTH_BASIC, "Basic"},
                                                               {CURLAUTH_BEARER, "Bearer"}};
    std::string text;
    for (const auto& [bit, name] : names) {
        if ((static_cast<unsigned long>(schemes) & bit) != 0) {
            text += text.empty() ? "" : ", ";
            text += name;
        }
    }
    return text.empty() ? "no scheme that libcurl knows" : text;
}

/// Returns why the proxy answered 407.
std::string explain_authentication(const Failure& failure) {
    const bool may_answer = (failure.proxy_schemes & failure.allowed_schemes) != 0;
    std::string offer = "it offers " + scheme_names(failure.proxy_schemes);
    if (failure.proxy_schemes != 0 && !may_answer) {
        offer += ", which ProxyOptions::scheme does not allow";
    }
    switch (failure.proxy_user) {
        case Failure::ProxyUser::none:
            return "it requires a user name and password (ProxyOptions::username and password); " + offer;
        case Failure::ProxyUser::perhaps:
            return "it requires a user name and password, or different ones from those in its URL; " + offer;
        case Failure::ProxyUser::given:
            break;
    }
    return may_answer ? "it does not accept the user name and password; " + offer : offer;
}

TransportError explain_timeout(const Failure& failure, const HttpRequest& request) {
    const std::string server = server_name(request);
    const bool has_total = request.timeout.count() > 0;
    const bool connecting = !failure.connected && request.connect_timeout.count() > 0 &&
                            (!has_total || request.connect_timeout < request.timeout);
    const std::string limit =
        connecting ? " within the connect timeout of " + milliseconds_text(request.connect_timeout)
                   : " within the attempt timeout of " + milliseconds_text(request.timeout);
    if (failure.in_tls_handshake) {
        return error_of(Kind::timeout,
                        server + " did not answer the TLS handshake" + limit +
                            ": if it is a port for plain http, the URL must begin with http://");
    }
    return error_of(Kind::timeout,
                    (failure.connected ? "no complete reply from " : "no connection to ") + server + limit);
}

TransportError explain_certificate(const Failure& failure, const HttpRequest& request) {
    return error_of(
        Kind::certificate,
        with_detail("TLS certificate check for " + server_name(request) + " failed", failure.detail) +
            " (trusted certificates: " + failure.trust_source + ")");
}

/// Other texts are alerts that the peer sent because of our certificate or because there was none.
bool about_client_certificate(const std::string& detail) {
    return mentions(detail, "alert certificate required") || mentions(detail, "alert bad certificate") ||
           mentions(detail, "alert unknown ca") || mentions(detail, "alert handshake failure, certificate");
}

/// OpenSSL's words for a reply that is not a TLS record; "http request" if it begins like HTTP.
bool is_plain_text(const std::string& detail) {
    return mentions(detail, "wrong version number") || mentions(detail, "http request") ||
           mentions(detail, "packet length too long");
}

TransportError explain_plain_text(const Failure& failure, const std::string& server) {
    if (!failure.at_server) {
        return error_of(
            Kind::not_tls,
            "the proxy for " + server +
                " does not speak TLS: if it is one for plain http, its URL must begin with http://");
    }
    return error_of(Kind::not_tls,
                    server +
                        " does not speak TLS: if it is a port for plain http, the URL must begin "
                        "with http://; otherwise a proxy intercepts the connection");
}

TransportError explain_broken_connection(const Failure& failure, const HttpRequest& request) {
    const std::string server = server_name(request);
    if (about_client_certificate(failure.detail)) {
        return error_of(Kind::certificate,
                        with_detail(server + " refused the client certificate", failure.detail));
    }
    if (!failure.connected && failure.https) {
        return error_of(Kind::proxy, "the proxy closed the connection before the tunnel to " + server +
                                         " was established");
    }
    if (mentions(failure.detail, "hunk")) {
        return error_of(Kind::protocol,
                        with_detail("unreadable chunked reply from " + server, failure.detail));
    }
    if (failure.headers_complete) {
        return error_of(
            Kind::incomplete,
            with_detail("the connection to " + server + " broke before the reply's end", failure.detail));
    }
    return error_of(Kind::closed,
                    with_detail(server + " closed the connection without a complete reply", failure.detail));
}

TransportError explain_flood(const Failure& failure, const HttpRequest& request) {
    const std::string server = server_name(request);
    if (failure.connected) {
        return error_of(Kind::protocol, "the connection to " + server +
                                            " was closed: the server kept sending messages, but no reply");
    }
    if (failure.code == CURLE_SSL_CONNECT_ERROR) {
        return error_of(Kind::tls, "TLS handshake with " + server + " failed: it has too many messages");
    }
    return error_of(Kind::proxy, "the proxy's answer to CONNECT for " + server + " does not end");
}

}  // namespace

TransportError explain(const Failure& failure, const HttpRequest& request) {
    const std::string server = server_name(request);
    if (failure.flooded) {
        return explain_flood(failure, request);
    }
    if (failure.connect_status != 0 && !is_success(static_cast<int>(failure.connect_status)) &&
        !failure.connected) {
        std::string message = "the proxy refused the tunnel to " + server + " with status " +
                              std::to_string(failure.connect_status);
        if (failure.connect_status == 407) {
            message += ": " + explain_authentication(failure);
        }
        return error_of(Kind::proxy, std::move(message));
    }
    if (failure.look_up_refused) {
        return error_of(
            Kind::resolve,
            "did not look up the host name of " + server +
                ": too many look-ups before have had no answer; name servers may be out of reach");
    }
    switch (failure.code) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return explain_look_up(failure, Kind::resolve, "the host name of " + server);
        case CURLE_COULDNT_RESOLVE_PROXY:
            return explain_look_up(failure, Kind::proxy, "the host name of the proxy for " + server);
        case CURLE_PROXY:
            return error_of(Kind::proxy, "the proxy for " + server + " failed");
        case CURLE_COULDNT_CONNECT:
            return explain_connect(failure, request);
        case CURLE_OPERATION_TIMEDOUT:
            return explain_timeout(failure, request);
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        case CURLE_SSL_INVALIDCERTSTATUS:
        case CURLE_SSL_CRL_BADFILE:
            return explain_certificate(failure, request);
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_CIPHER:
            if (about_client_certificate(failure.detail)) {
                return explain_broken_connection(failure, request);
            }
            if (is_plain_text(failure.detail)) {
                return explain_plain_text(failure, server);
            }
            return error_of(Kind::tls,
                            with_detail("TLS handshake with " + server + " failed", failure.detail));
        case CURLE_GOT_NOTHING:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
            return explain_broken_connection(failure, request);
        case CURLE_PARTIAL_FILE:
            return error_of(Kind::incomplete,
                            with_detail("the reply of " + server + " ended early", failure.detail));
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_BAD_CONTENT_ENCODING:
            return error_of(Kind::protocol, with_detail("unreadable reply from " + server, failure.detail));
        case CURLE_URL_MALFORMAT:
        case CURLE_LOGIN_DENIED:
            return error_of(Kind::invalid_request, "libcurl cannot use the URL of the request");
        case CURLE_ABORTED_BY_CALLBACK:
            return error_of(Kind::closed,
                            server + " closed the connection without a reply; the request was not repeated");
#if LIBCURL_VERSION_NUM >= 0x080600
        case CURLE_TOO_LARGE:
#endif
        case CURLE_OUT_OF_MEMORY:
            // The old error of libcurl for its own limit on the length of a header line.
            if (failure.connected && !failure.headers_complete) {
                return error_of(Kind::too_large,
                                "the reply of " + server + " has a header line that is too long");
            }
            return error_of(Kind::resource_exhausted, "out of memory");
        default:
            return error_of(Kind::internal,
                            std::string("libcurl failed: ") + curl_easy_strerror(failure.code));
    }
}

}  // namespace sent::detail::http
