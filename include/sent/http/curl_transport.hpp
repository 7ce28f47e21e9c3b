#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include <sent/export.hpp>
#include <sent/http/transport.hpp>
#include <sent/secret.hpp>

namespace sent {

/// Whom to trust, and who we are. TLS 1.2 is the least; certificate and host name are always checked.
struct TlsOptions {
    /// PEM file of trusted CA certificates instead of the system's. Empty: the system's.
    std::string ca_file{};
    /// Directory of hashed CA certificates. Empty: the system's, unless ca_file or ca_pem is set.
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
    /// `http://proxy.example:3128`; without user and password.
    std::string url{};
    std::string username{};
    Secret password{};
    /// Hosts that are reached directly, separated by commas; for Mode::url.
    std::string no_proxy{};
};

/// Settings of CurlTransport that hold for all its requests.
struct CurlTransportOptions {
    TlsOptions tls{};
    ProxyOptions proxy{};
    /// Idle connections are used again within this time only, so that a server's or a NAT's shorter limit is
    /// not met in use. Later calls close them; between calls nobody does.
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
    /// Bytes of reply headers accepted.
    std::size_t max_header_bytes = 256U * 1024U;
};

/// HTTP over libcurl. Blocking requests run on the caller's thread with a leased handle; asynchronous ones
/// share one thread, started when first used. Any number of threads may use one object.
///
/// It follows no redirect, speaks only http and https, repeats nothing by itself (not even on a connection
/// that proves dead, where libcurl would), raises no SIGPIPE, and changes nothing process-wide beyond
/// `curl_global_init`, which is called once and never undone, and that a plug-in which contains it stays
/// mapped after `dlclose`. After `fork` the child opens connections of its own. Destroying it completes what
/// is under way with TransportErrorKind::cancelled.
// Copying is the base's to forbid.
// NOLINTNEXTLINE(cppcoreguidelines-special-member-functions)
class SENT_EXPORT CurlTransport final : public AsyncTransport {
  public:
    explicit CurlTransport(CurlTransportOptions options = {});
    ~CurlTransport() override;

    TransportResult send(const HttpRequest& request) override;
    void send_async(HttpRequest request, Completion done) override;
    void send_kept(const HttpRequest& request, Completion done) override;
    bool run_at(std::chrono::steady_clock::time_point when, std::function<void()> task) override;

  private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace sent
