#include "core/core.hpp"

#include <exception>
#include <new>
#include <string>
#include <utility>

namespace sent::detail {
namespace {

TransportError thrown_error(const char* what) {
    TransportError error;
    error.kind = TransportErrorKind::internal;
    error.message = std::string{"the transport threw an exception, which it must not: "} + what;
    return error;
}

}  // namespace

TransportResult send_guarded(Transport& transport, const HttpRequest& request) {
    try {
        return transport.send(request);
    } catch (const std::bad_alloc&) {
        TransportError error;
        error.kind = TransportErrorKind::internal;
        error.message = "out of memory";
        return error;
    } catch (const std::exception& exception) {
        return thrown_error(exception.what());
    } catch (...) {
        return thrown_error("not even a std::exception");
    }
}

CallResult run_blocking(Services& services, PreparedCall& call, void* value) {
    const auto cancel = call.http.cancel;
    Exchange exchange{services.shared(), call, value};
    auto& clock = *services.clock;
    auto step = exchange.start(clock.now());
    while (step.action != Exchange::Action::done) {
        if (step.action == Exchange::Action::send) {
            auto result = send_guarded(*services.transport, exchange.request());
            step = exchange.on_result(std::move(result), clock.now(), clock.wall_now());
        } else {
            step = clock.wait_until(step.until, cancel) ? exchange.on_wake(clock.now())
                                                        : exchange.on_cancelled();
        }
    }
    return exchange.take_result();
}

}  // namespace sent::detail
