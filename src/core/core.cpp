#include "core/core.hpp"

#include <string>
#include <utility>

#include "base/system_clock.hpp"
#include "core/delivery.hpp"

namespace sent::detail {
namespace {

/// Client promises that its destructor returns within one second.
constexpr std::chrono::milliseconds patience{900};

std::shared_ptr<Transport> make_transport(const ClientOptions& options, const Logger& logger) {
    if (options.transport) {
        return options.transport;
    }
    CurlTransportOptions curl;
    curl.tls = options.tls;
    curl.proxy = options.proxy;
    curl.use_environment = options.use_environment;
    curl.log = [logger](const LogRecord& record) { logger.log(record.level, std::string{record.message}); };
    return make_default_transport(std::move(curl));
}

}  // namespace

Shares::Shares(const Config& config, std::shared_ptr<const Clock> clock, Shares* inherited)
    : limiter(config.options.rate_limit, inherited != nullptr ? &inherited->limiter : nullptr),
      pending(std::make_shared<PendingCalls>(config.options.async.max_pending)),
      workers(std::move(clock)) {}

Services::Services(const ClientOptions& options)
    : config(make_config(options)),
      logger(make_logger(options, config.warnings)),
      clock(options.clock ? options.clock : std::make_shared<SystemClock>()),
      transport(make_transport(options, logger)),
      async(transport->as_async()) {
    (void)shares();
}

Services::~Services() {
    // Destroyed before the transport, so that the threads of the pool have ended by then.
    shares_.destroy();
}

Shares& Services::shares() {
    return shares_.here([this](Shares* inherited) { return Shares{config, clock, inherited}; });
}

Core::~Core() {
    // A child does not cancel the calls of its parent.
    if (Shares* shares = services_->find_shares()) {
        const auto pending = shares->pending;
        pending->cancel_all();
        // A completion that destroys the client belongs to a call, which would wait for itself.
        if (!inside_completion()) {
            pending->wait_until_destroyed(patience);
        }
    }
}

}  // namespace sent::detail
