#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

#include <sent/logging.hpp>
#include <sent/secret.hpp>

/// @file
/// Options of CurlTransport, apart from the class, because ClientOptions contains some of them.

namespace sent {

/// Whom to trust, and who we are. TLS 1.2 is the least; certificate and host name are always checked.
struct TlsOptions {
    /// PEM file of trusted CA certificates. If ca_file, ca_path and ca_pem are all empty, `SSL_CERT_FILE` and
    /// `SSL_CERT_DIR` name the trusted certificates (see CurlTransportOptions::use_environment), else the
    /// system's are trusted.
    std::string ca_file{};
    /// Directory of hashed CA certificates.
    std::string ca_path{};
    /// Trusted CA certificates themselves, in PEM.
    std::string ca_pem{};
    /// Client certificate (PEM file) and its key, for servers that ask for one.
    std::string client_certificate_file{};
    std::string client_key_file{};
    Secret client_key_password{};
    /// Public-key pin beside the CA check: `sha256//<base64>`, several separated by `;`. Empty: none.
    std::string pinned_public_key{};
};

/// Which way to the server. A proxy is only used for https, where it sees a CONNECT and no header of ours;
/// plain http (loopback, or allow_insecure_http) always goes direct.
struct ProxyOptions {
    enum class Mode {
        environment,  ///< `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY` as curl reads them
        off,          ///< always direct
        url           ///< the one below
    };
    Mode mode = Mode::environment;
    /// `http://proxy.example:3128`; without user and password. Other schemes are https, socks4, socks4a,
    /// socks5 and socks5h. A Client refuses an IP address that is not written as four decimal numbers.
    std::string url{};
    std::string username{};
    Secret password{};
    /// Hosts that are reached directly, separated by commas; for Mode::url.
    std::string no_proxy{};
    /// How user name and password are proven to the proxy.
    enum class Scheme {
        any,       ///< waits for the proxy's offer, then uses the strongest of Digest, NTLM and Basic in it
        basic,     ///< sends them to the proxy at once, readable unless the proxy's URL is https
        digest,    ///< Digest only
        ntlm,      ///< NTLM only
        negotiate  ///< Negotiate (Kerberos) only, with the ticket of this machine's user
    };
    /// For Mode::url and for a proxy of the environment whose URL has a user name.
    Scheme scheme = Scheme::any;
};

/// Settings of CurlTransport that hold for all its requests.
struct CurlTransportOptions {
    TlsOptions tls{};
    ProxyOptions proxy{};
    /// A connection that has been idle for this long is closed, so that a server or a NAT that forgets idle
    /// connections is not met in use. A server's `Keep-Alive: timeout=N` shortens it to N - 1 seconds. 0
    /// closes each connection after its request.
    std::chrono::seconds max_idle_time{55};
    /// Idle handles (each with its connection) kept for blocking calls.
    std::size_t max_idle_handles = 16;
    /// Requests that the asynchronous engine has under way at most, and connections that it opens for them;
    /// further requests wait their turn.
    std::size_t max_async_connections = 128;
    /// Lets asynchronous requests over TLS share connections by HTTP/2 when the server speaks it. That saves
    /// handshakes when many requests start at once; in a steady flow HTTP/1.1 over several connections is
    /// faster. When the server ends a connection, all requests on it end: repeatable ones are repeated,
    /// others have an unknown outcome. Blocking requests, each with a connection to itself, stay with
    /// HTTP/1.1. Without effect when libcurl was built without HTTP/2.
    bool http2 = false;
    /// A reply that has begun and then brings no byte for this long has stalled. Zero: no such limit.
    std::chrono::milliseconds stall_timeout{30'000};
    /// Bytes of reply headers accepted. A reply with more than 1,000 header fields is refused, too.
    std::size_t max_header_bytes = 256U * 1024U;
    /// Maximum age of a connection. An older one serves no new request, however busy it is, so that a change
    /// of the host's address is noticed. 0 means unlimited.
    std::chrono::seconds max_connection_age{300};
    /// Read `SSL_CERT_FILE` and `SSL_CERT_DIR` when `tls` names no trusted certificates. A Client sets it to
    /// its own ClientOptions::use_environment.
    bool use_environment = true;
    /// Receives warnings that belong to no request, such as CA certificates that could not be read again.
    /// Called from the thread that makes a connection; what it throws is dropped. Empty: none are given. A
    /// Client sets it to its own log.
    std::function<void(const LogRecord&)> log{};
};

}  // namespace sent
