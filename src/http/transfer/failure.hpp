#pragma once

#include <curl/curl.h>

#include <string>

#include <sent/http/transport.hpp>

namespace sent::detail::http {

/// What is known about a transfer that libcurl ended with an error.
struct Failure {
    CURLcode code = CURLE_OK;
    /// libcurl's own message. Used only where it cannot contain credentials.
    std::string detail{};
    /// The request was about to be sent.
    bool connected = false;
    bool headers_complete = false;
    bool https = false;
    /// The server has been reached, not only a proxy; and (in_tls_handshake) it must answer the TLS
    /// handshake.
    bool at_server = false;
    bool in_tls_handshake = false;
    /// Too many look-ups of names have no answer, so this one was not started.
    bool look_up_refused = false;
    /// The server, or the proxy before there is a tunnel, sent more than allowed without a piece of a reply.
    bool flooded = false;
    /// The status of the proxy's answer to CONNECT, or 0.
    long connect_status = 0;
    /// CURLAUTH_* bits: the schemes that the proxy offers, and those that may be used.
    long proxy_schemes = 0;
    long allowed_schemes = 0;
    /// Whether the proxy is given a user name. For a proxy from the environment, only its URL contains that.
    enum class ProxyUser { none, given, perhaps };
    ProxyUser proxy_user = ProxyUser::none;
    /// errno of the failed connect or of the socket that could not be created, or 0.
    int connect_errno = 0;
    int socket_errno = 0;
    std::string trust_source{};
};

/// Returns an error with kind and message. The caller sets the other members.
TransportError explain(const Failure& failure, const HttpRequest& request);

}  // namespace sent::detail::http
