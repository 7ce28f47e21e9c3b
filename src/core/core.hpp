#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include <sent/client.hpp>
#include <sent/clock.hpp>
#include <sent/http/transport.hpp>

#include "base/this_process.hpp"
#include "core/call_machine.hpp"
#include "core/config.hpp"
#include "core/key_memory.hpp"
#include "core/logger.hpp"
#include "core/pending_calls.hpp"
#include "core/rate_limiter.hpp"
#include "core/retry.hpp"
#include "core/throttle.hpp"
#include "core/worker_pool.hpp"

namespace sent::detail {

class AsyncCall;

/// The locks, threads and counters that the calls of a client share. One per process: a child does not use
/// its parent's.
struct Shares {
    /// `inherited` is the parent's, or null.
    Shares(const Config& config, std::shared_ptr<const Clock> clock, Shares* inherited);

    RetryBudget budget{};
    RateLimiter limiter;
    std::shared_ptr<PendingCalls> pending;
    WorkerPool workers;
};

/// What all calls of a client and its copies use. Pending calls keep it alive.
struct Services {
    explicit Services(const ClientOptions& options);
    Services(const Services&) = delete;
    Services& operator=(const Services&) = delete;
    ~Services();

    Config config;
    Logger logger;
    std::shared_ptr<Clock> clock;
    std::shared_ptr<Transport> transport;
    /// Equal to `transport` if that is asynchronous, otherwise null.
    AsyncTransport* async = nullptr;
    KeyMemory keys{};

    /// Returns what calls share in this process. A call uses the same Shares until its end.
    [[nodiscard]] Shares& shares();
    /// Returns null in a child that has made no call.
    [[nodiscard]] Shares* find_shares() const noexcept { return shares_.find(); }

    [[nodiscard]] CallMachine::Shared shared(Throttle* throttle = nullptr) {
        Shares& current = shares();
        return {&config, &logger, &current.budget, &current.limiter, &keys, throttle};
    }

  private:
    PerProcess<Shares> shares_{};
};

/// Shared by the copies of a client. Its destruction is the end of the client.
class Core {
  public:
    explicit Core(const ClientOptions& options) : services_(std::make_shared<Services>(options)) {}
    Core(const Core&) = delete;
    Core& operator=(const Core&) = delete;
    ~Core();

    [[nodiscard]] const std::shared_ptr<Services>& services() const noexcept { return services_; }

  private:
    std::shared_ptr<Services> services_;
};

/// Sends one attempt. An exception from the transport becomes an error after which the request may have left.
TransportResult send_guarded(Transport& transport, const HttpRequest& request);

/// Runs the call to its end on this thread. `call` cannot be used afterwards.
std::optional<Error> run_blocking(Services& services, PreparedCall& call, CallTarget target);

/// Fills `call`, or returns what is wrong with the request. In that case nothing is sent.
Problem prepare_call(const Core& core, const std::shared_ptr<const CallOptions>& defaults, const Route& route,
                     const void* request, const CallOptions& options, PreparedCall& call);

/// Creates a call for start_async(). It reports no event before it is started. The throttle, if any, must
/// exist until the completion has run.
std::shared_ptr<AsyncCall> make_async(const std::shared_ptr<Services>& services, PreparedCall&& call,
                                      CallCompletion& completion, Throttle* throttle,
                                      PendingCalls::Place place = {});

/// Starts the call, which was made for this completion. The completion runs exactly once in any case.
void start_async(std::shared_ptr<AsyncCall> call, std::unique_ptr<CallCompletion> completion) noexcept;

/// Prepares and starts a call; its first attempt begins after `start_after`. If `bounded` is true, it needs a
/// place among the pending calls, and waits or fails if there is none.
void start_call(Core& core, const std::shared_ptr<const CallOptions>& defaults, const Route& route,
                const void* request, const CallOptions& options, std::unique_ptr<CallCompletion> completion,
                std::chrono::milliseconds start_after, bool bounded);

}  // namespace sent::detail
