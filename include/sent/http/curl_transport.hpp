#pragma once

#include <cstddef>
#include <memory>

#include <sent/export.hpp>
#include <sent/http/curl_options.hpp>
#include <sent/http/transport.hpp>

namespace sent {

/// HTTP over libcurl. Blocking requests run on the caller's thread with a leased handle. Asynchronous
/// requests share one thread, which starts when first used and also closes idle connections. Thread-safe.
///
/// It follows no redirects, speaks only http and https, and raises no SIGPIPE. It retries nothing by itself,
/// not even on a dead connection, where libcurl would. It changes only two things process-wide: it calls
/// `curl_global_init` once and never undoes it, and a plug-in that contains it stays mapped after `dlclose`.
///
/// It gives up a connection whose peer acknowledges no data for 15 seconds (`TCP_USER_TIMEOUT`, where the
/// system has it), or keeps sending data that is no answer: handshake messages, TLS alerts, or more than
/// 512 KiB in answer to `CONNECT`. A request that is answered with HTTP/2 frames without content ends by its
/// timeout. If a name server is silent, up to 24 look-ups may outlive their requests. Further requests then
/// fail with TransportErrorKind::resolve without a look-up, except for one every two seconds.
///
/// After `fork` the child opens its own connections. The destructor completes pending requests with
/// TransportErrorKind::cancelled.
// The base class forbids copying.
// NOLINTNEXTLINE(cppcoreguidelines-special-member-functions)
class SENT_EXPORT CurlTransport final : public AsyncTransport {
  public:
    explicit CurlTransport(CurlTransportOptions options);
    /// Uses default options. The parameter makes `CurlTransport x({})` unambiguous.
    explicit CurlTransport(std::nullptr_t /*no_options*/ = nullptr) : CurlTransport(CurlTransportOptions{}) {}
    ~CurlTransport() override;

    TransportResult send(const HttpRequest& request) override;
    void send_async(HttpRequest request, Completion done) override;

  private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace sent
