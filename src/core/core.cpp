#include "core/core.hpp"

#include <utility>

#include <sent/http/curl_transport.hpp>

#include "core/system_clock.hpp"

namespace sent::detail {
namespace {

/// The design's promise: a client's destructor returns within a second.
constexpr std::chrono::milliseconds patience{900};

std::shared_ptr<Transport> make_transport(const ClientOptions& options) {
    if (options.transport) {
        return options.transport;
    }
    CurlTransportOptions curl;
    curl.tls = options.tls;
    curl.proxy = options.proxy;
    return std::make_shared<CurlTransport>(std::move(curl));
}

}  // namespace

Services::Services(const ClientOptions& options)
    : config(make_config(options)),
      logger(make_logger(options)),
      clock(options.clock ? options.clock : std::make_shared<SystemClock>()),
      is_system_clock(!options.clock),
      limiter(config.rate_limit),
      async_options(options.async),
      pending(options.async.max_pending),
      transport(make_transport(options)),
      async(transport->as_async()) {}

Core::~Core() {
    services_->live_calls->cancel_all(patience);
}

}  // namespace sent::detail
