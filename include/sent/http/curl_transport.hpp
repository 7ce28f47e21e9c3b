#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

#include <sent/export.hpp>
#include <sent/http/curl_options.hpp>
#include <sent/http/transport.hpp>

namespace sent {

/// HTTP over libcurl. Blocking requests run on the caller's thread with a leased handle; asynchronous ones
/// share one thread, started when first used. The same thread closes idle connections. Any number of threads
/// may use one object.
///
/// It follows no redirect, speaks only http and https, repeats nothing by itself (not even on a connection
/// that proves dead, where libcurl would), raises no SIGPIPE, and changes nothing process-wide beyond
/// `curl_global_init`, which is called once and never undone, and that a plug-in which contains it stays
/// mapped after `dlclose`. A connection whose peer acknowledges no data for 15 seconds is given up
/// (`TCP_USER_TIMEOUT`, where the system has it). So is one whose peer keeps sending what is no reply:
/// handshake messages, TLS alerts, or more than 512 KiB in answer to `CONNECT`. A request that is answered
/// with HTTP/2 frames without content ends by its timeout. When a name server is silent, 24 look-ups
/// may outlive their requests; then further requests fail as TransportErrorKind::resolve without a look-up,
/// but for one in two seconds. After `fork` the child opens connections of its own. Destroying it completes
/// what is under way with TransportErrorKind::cancelled.
// Copying is the base's to forbid.
// NOLINTNEXTLINE(cppcoreguidelines-special-member-functions)
class SENT_EXPORT CurlTransport final : public AsyncTransport {
  public:
    explicit CurlTransport(CurlTransportOptions options);
    /// With default options. The parameter makes `CurlTransport x({})` mean this one, not perhaps a copy.
    explicit CurlTransport(std::nullptr_t /*no_options*/ = nullptr) : CurlTransport(CurlTransportOptions{}) {}
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
