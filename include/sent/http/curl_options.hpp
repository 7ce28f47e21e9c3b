#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include <sent/logging.hpp>
#include <sent/secret.hpp>

/// @file
/// Options of CurlTransport. In a separate header, because ClientOptions contains some of them.

namespace sent {

class Transport;

/// Trusted certificates, and the client's own certificate. TLS 1.2 is the minimum. The server's certificate
/// and host name are always checked.
struct TlsOptions {
    /// PEM file of trusted CA certificates. If ca_file, ca_path and ca_pem are all empty, `SSL_CERT_FILE` and
    /// `SSL_CERT_DIR` name the trusted certificates (see CurlTransportOptions::use_environment). If those are
    /// not set either, the system's certificates are trusted.
    std::string ca_file{};
    /// Directory of trusted CA certificates, named by hash.
    std::string ca_path{};
    /// Text of trusted CA certificates, in PEM.
    std::string ca_pem{};
    /// PEM file of the client certificate, for servers that require one.
    std::string client_certificate_file{};
    /// File of the private key of the client certificate.
    std::string client_key_file{};
    /// Password of the private key.
    Secret client_key_password{};
    /// Public-key pin, checked in addition to the CA certificates: `sha256//<base64>`, several separated by
    /// `;`. Empty means none.
    std::string pinned_public_key{};
};

/// How the server is reached. A proxy is used for https only, where it sees a CONNECT and none of the
/// request's headers. Plain http (loopback, or allow_insecure_http) is always direct.
struct ProxyOptions {
    enum class Mode {
        environment,  ///< `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY` as curl reads them
        off,          ///< always direct
        url           ///< the proxy in `url`
    };
    Mode mode = Mode::environment;
    /// URL of the proxy, such as `http://proxy.example:3128`, without user name and password. Used with
    /// Mode::url. Other schemes are https, socks4, socks4a, socks5 and socks5h. An IP address that is not
    /// written as four decimal numbers is refused. If the URL is refused, a Client reports `configuration`,
    /// and a CurlTransport answers every request with TransportErrorKind::invalid_request.
    std::string url{};
    std::string username{};
    Secret password{};
    /// Hosts that are reached directly, separated by commas. Used with Mode::url.
    std::string no_proxy{};
    /// How the client authenticates to the proxy.
    enum class Scheme {
        any,  ///< waits for the proxy's challenge, then uses the strongest of Digest, NTLM and Basic that it
              ///< offers
        basic,     ///< sends user name and password at once, readable unless the proxy's URL is https
        digest,    ///< Digest only
        ntlm,      ///< NTLM only
        negotiate  ///< Negotiate (Kerberos) only, with the ticket of this machine's user
    };
    /// Used with Mode::url, and with a proxy of the environment whose URL has a user name.
    Scheme scheme = Scheme::any;
};

/// Options of CurlTransport, for all its requests.
struct CurlTransportOptions {
    TlsOptions tls{};
    ProxyOptions proxy{};
    /// Idle time after which a connection is closed, so that no request uses a connection that a server or a
    /// NAT has already forgotten. Default 55 s. A server's `Keep-Alive: timeout=N` shortens it to N -
    /// 1 seconds. 0 closes each connection after its request.
    std::chrono::seconds max_idle_time{55};
    /// Maximum number of idle handles (each with its connection) that are kept for blocking calls. Default
    /// 16.
    std::size_t max_idle_handles = 16;
    /// Maximum number of pending requests of the asynchronous engine, and of its connections. Default 128.
    /// Further requests wait for their turn.
    std::size_t max_async_connections = 128;
    /// Lets asynchronous requests over TLS share connections by HTTP/2 if the server supports it. Default
    /// false. This saves handshakes when many requests start at once; for a steady flow, HTTP/1.1 over
    /// several connections is faster. If the server ends a connection, all requests on it end: requests that
    /// are safe to retry are retried, others have an unknown outcome. Blocking requests always use HTTP/1.1,
    /// each with its own connection. Has no effect if libcurl was built without HTTP/2.
    bool http2 = false;
    /// If an answer has begun and no byte arrives for this time, it has stalled and the request ends with
    /// TransportErrorKind::timeout. Default 30 s. 0 means unlimited.
    std::chrono::milliseconds stall_timeout{30'000};
    /// Maximum size of the headers of an answer, in bytes. Default 256 KiB. A reply with more than 1,000
    /// header fields is refused, too.
    std::size_t max_header_bytes = 256U * 1024U;
    /// Maximum age of a connection. Default 300 s. An older one serves no new request, however busy it is, so
    /// that a change of the host's address is noticed. 0 means unlimited.
    std::chrono::seconds max_connection_age{300};
    /// Reads `SSL_CERT_FILE` and `SSL_CERT_DIR` if `tls` names no trusted certificates. Default true. A
    /// Client sets it to its own ClientOptions::use_environment.
    bool use_environment = true;
    /// Receives warnings that belong to no request, such as CA certificates that could not be read again. It
    /// is called from the thread that makes a connection. Its exceptions are dropped. Empty means no
    /// warnings. A Client sets it to its own log.
    std::function<void(const LogRecord&)> log{};
};

namespace detail {
/// Returns the transport of a client that was given none. For the library: the floors above the transport
/// know only its interface.
[[nodiscard]] std::shared_ptr<Transport> make_default_transport(CurlTransportOptions options);
}  // namespace detail

}  // namespace sent
