#pragma once

#include <curl/curl.h>

#include <chrono>
#include <string>

#include <sent/http/transport.hpp>

namespace sent::detail::http {

/// What is known about a transfer that libcurl ended with an error.
struct Failure {
    CURLcode code = CURLE_OK;
    /// libcurl's own words; used only where they cannot contain credentials.
    std::string detail{};
    /// The request had got to the point of being sent.
    bool connected = false;
    bool headers_complete = false;
    bool https = false;
    /// Whether it is the server that has been reached, and not a proxy; and it has to answer the TLS
    /// handshake.
    bool at_server = false;
    bool in_tls_handshake = false;
    /// Too many look-ups of names are without an answer, so that this one was not begun.
    bool look_up_refused = false;
    /// The server, or before there is a tunnel the proxy, sent more than it may without a reply in it.
    bool flooded = false;
    /// The proxy's answer to CONNECT, or 0.
    long connect_status = 0;
    /// CURLAUTH_* bits of what the proxy offers, and of what it may be answered.
    long proxy_schemes = 0;
    long allowed_schemes = 0;
    /// Whether it is given a user name; with a proxy of the environment only its URL knows.
    enum class ProxyUser { none, given, perhaps };
    ProxyUser proxy_user = ProxyUser::none;
    /// errno of the failed connect or of the socket that could not be made, or 0.
    int connect_errno = 0;
    int socket_errno = 0;
    std::string trust_source{};
};

/// Kind and message; the rest of the error is the caller's.
TransportError explain(const Failure& failure, const HttpRequest& request);

/// "1500 ms".
std::string in_words(std::chrono::milliseconds time);

}  // namespace sent::detail::http
