#include <sent/client.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <sent/detail/result_access.hpp>

#include "base/saturating.hpp"
#include "base/transport_thread.hpp"
#include "core/core.hpp"
#include "core/delivery.hpp"
#include "core/option_list.hpp"
#include "core/prepared_call.hpp"

namespace sent {
namespace detail {

CallCompletion::~CallCompletion() = default;

namespace {

using std::chrono::milliseconds;

/// The effective options of a call. Does not copy them if the client's copy adds none.
class EffectiveOptions {
  public:
    EffectiveOptions(const std::shared_ptr<const CallOptions>& defaults, const CallOptions& options)
        : merged_(defaults ? std::optional{merge_options(*defaults, options)} : std::nullopt),
          options_(merged_ ? *merged_ : options) {}
    EffectiveOptions(const EffectiveOptions&) = delete;
    EffectiveOptions& operator=(const EffectiveOptions&) = delete;
    ~EffectiveOptions() = default;
    const CallOptions& operator*() const noexcept { return options_; }

  private:
    std::optional<CallOptions> merged_;
    const CallOptions& options_;
};

/// Waits for a place among the pending calls, or says why there is none.
Problem find_place(Services& services, PreparedCall& call, PendingCalls::Place& place) {
    PendingCalls& pending = *services.shares().pending;
    place = pending.try_enter();
    const bool must_not_wait = inside_completion() || TransportThread::is_current();
    if (!place && must_not_wait && services.config.options.async.when_full == WhenFull::block) {
        place = pending.enter_beyond();
    }
    if (place) {
        return {};
    }
    const auto limit = std::to_string(services.config.options.async.max_pending);
    if (services.config.options.async.when_full == WhenFull::fail) {
        return problem_of(
            ErrorKind::queue_full,
            "the limit of " + limit + " pending calls (AsyncOptions::max_pending) has been reached");
    }
    const auto begun = services.clock->now();
    const auto until = call.deadline ? saturating_add(begun, *call.deadline) : Clock::SteadyTime::max();
    place = pending.enter(*services.clock, until, call.http.cancel);
    if (place) {
        call.begun = begun;
        return {};
    }
    if (call.http.cancel.cancelled()) {
        return problem_of(ErrorKind::cancelled, "the call was cancelled");
    }
    return problem_of(ErrorKind::timeout, "the call's deadline passed while it waited for one of " + limit +
                                              " pending calls to end (AsyncOptions::max_pending)");
}

/// Runs a completion on the client's executor.
class DeliveredCompletion final : public CallCompletion {
  public:
    DeliveredCompletion(std::shared_ptr<Services> services, std::unique_ptr<CallCompletion> completion)
        : services_(std::move(services)), completion_(std::move(completion)) {}
    CallTarget target() noexcept override { return completion_->target(); }
    void complete(std::optional<Error>&& error) override {
        complete_on_executor(services_, std::move(completion_), std::move(error));
    }

  private:
    std::shared_ptr<Services> services_;
    std::unique_ptr<CallCompletion> completion_;
};

}  // namespace

Problem prepare_call(const Core& core, const std::shared_ptr<const CallOptions>& defaults, const Route& route,
                     const void* request, const CallOptions& options, PreparedCall& call) {
    const EffectiveOptions effective{defaults, options};
    return prepare(core.services()->config, route, request, *effective, call);
}

void start_call(Core& core, const std::shared_ptr<const CallOptions>& defaults, const Route& route,
                const void* request, const CallOptions& options, std::unique_ptr<CallCompletion> completion,
                milliseconds start_after, bool bounded) {
    const auto& services = core.services();
    PreparedCall call;
    PendingCalls::Place place;
    auto problem = prepare_call(core, defaults, route, request, options, call);
    if (!problem && bounded) {
        problem = find_place(*services, call, place);
    }
    if (problem) {
        complete_guarded(*services, *completion, std::move(*problem));
        return;
    }
    call.start_after = start_after;
    auto async = make_async(services, std::move(call), *completion, nullptr, std::move(place));
    start_async(std::move(async), std::move(completion));
}

}  // namespace detail

// By value, so that a later version can move from the options.
// NOLINTNEXTLINE(performance-unnecessary-value-param)
Client::Client(ClientOptions options) : core_(std::make_shared<detail::Core>(options)) {}

Client::Client(std::shared_ptr<detail::Core> core, std::shared_ptr<const CallOptions> defaults) noexcept
    : core_(std::move(core)), defaults_(std::move(defaults)) {}

Result<Client> Client::create(ClientOptions options) {
    Client client{std::move(options)};
    if (client.core_->services()->config.problem) {
        return *client.core_->services()->config.problem;
    }
    return client;
}

Client Client::for_profile(std::string profile_id) const {
    auto defaults = defaults_ ? std::make_shared<CallOptions>(*defaults_) : std::make_shared<CallOptions>();
    defaults->profile_id = std::move(profile_id);
    return Client{core_, std::move(defaults)};
}

Client Client::with_options(CallOptions defaults) const {
    auto merged = defaults_ ? detail::merge_options(*defaults_, defaults) : std::move(defaults);
    return Client{core_, std::make_shared<const CallOptions>(std::move(merged))};
}

std::optional<Error> Client::perform(const Route& route, const void* request, const CallOptions& options,
                                     detail::CallTarget target, std::chrono::milliseconds start_after) const {
    detail::PreparedCall call;
    if (auto problem = detail::prepare_call(*core_, defaults_, route, request, options, call)) {
        return std::move(*problem);
    }
    call.start_after = start_after;
    // Kept alive, because a static client may be destroyed in exit() while another thread is in this call.
    const auto services = core_->services();
    return detail::run_blocking(*services, call, target);
}

CancellationToken Client::token_for(const CallOptions& options) const noexcept {
    return options.cancel.can_be_cancelled() || !defaults_ ? options.cancel : defaults_->cancel;
}

void Client::start(const Route& route, const void* request, const CallOptions& options,
                   std::unique_ptr<detail::CallCompletion> completion, CompleteOn where) const {
    const auto& services = core_->services();
    if (where == CompleteOn::executor && services->config.options.async.executor) {
        completion = std::make_unique<detail::DeliveredCompletion>(services, std::move(completion));
    }
    detail::start_call(*core_, defaults_, route, request, options, std::move(completion),
                       std::chrono::milliseconds{0}, true);
}

Result<RawResponse> Client::request(const RawRequest& request, const CallOptions& options) const {
    const auto services = core_->services();
    const detail::EffectiveOptions effective{defaults_, options};
    detail::PreparedCall call;
    if (const auto problem = detail::prepare(services->config, request, *effective, call)) {
        return std::move(*problem);
    }
    auto result = detail::ResultAccess::make<RawResponse>();
    detail::ResultAccess::finish(result,
                                 detail::run_blocking(*services, call, detail::ResultAccess::target(result)));
    return result;
}

}  // namespace sent
