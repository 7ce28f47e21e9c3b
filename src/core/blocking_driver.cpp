#include "core/core.hpp"

#include <exception>
#include <new>
#include <string>
#include <utility>

namespace sent::detail {
namespace {

[[gnu::cold]] TransportError thrown_error(const char* what) {
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
        error.kind = TransportErrorKind::resource_exhausted;
        error.message = "out of memory";
        return error;
    } catch (const std::exception& exception) {
        return thrown_error(exception.what());
    } catch (...) {
        return thrown_error("it is not a std::exception");
    }
}

std::optional<Error> run_blocking(Services& services, PreparedCall& call, CallTarget target) {
    CallMachine machine{services.shared(), call, target};
    auto& clock = *services.clock;
    auto step = machine.start(clock.now());
    while (step.action != CallMachine::Action::done) {
        if (step.action == CallMachine::Action::send) {
            auto result = send_guarded(*services.transport, machine.begin_attempt());
            step = machine.on_result(std::move(result), clock.now(), clock.wall_now());
        } else {
            step = clock.wait_until(step.until, call.http.cancel) ? machine.on_wake(clock.now())
                                                                  : machine.on_cancelled();
        }
    }
    return machine.take_error();
}

}  // namespace sent::detail
