#include <sent/client.hpp>

#include <utility>

#include "core/core.hpp"
#include "core/prepared_call.hpp"

namespace sent {
namespace detail {

Completion::~Completion() = default;

namespace {

CallResult refused(Error&& error) {
    CallResult result;
    result.error = std::move(error);
    return result;
}

/// The options that count for a call, without a copy where the client's copy adds none.
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

}  // namespace

void start_call(Core& core, const std::shared_ptr<const CallOptions>& defaults, const Route& route,
                const void* request, const CallOptions& options, std::unique_ptr<Completion> completion,
                std::shared_ptr<PauseGate> gate, std::chrono::milliseconds start_after) {
    const auto& services = core.services();
    const EffectiveOptions effective{defaults, options};
    PreparedCall call;
    if (auto problem = prepare(services->config, route, request, *effective, call)) {
        complete_guarded(*services, *completion, refused(std::move(*problem)));
        return;
    }
    call.start_after = start_after;
    run_async(services, std::move(call), std::move(completion), std::move(gate));
}

}  // namespace detail

// By value, so that a later version may take the options over.
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

detail::CallResult Client::perform(const Route& route, const void* request, const CallOptions& options,
                                   void* value, std::chrono::milliseconds start_after) const {
    auto& services = *core_->services();
    const detail::EffectiveOptions effective{defaults_, options};
    detail::PreparedCall call;
    if (auto problem = detail::prepare(services.config, route, request, *effective, call)) {
        return detail::refused(std::move(*problem));
    }
    call.start_after = start_after;
    return detail::run_blocking(services, std::move(call), value);
}

void Client::start(const Route& route, const void* request, const CallOptions& options,
                   std::unique_ptr<detail::Completion> completion) const {
    detail::start_call(*core_, defaults_, route, request, options, std::move(completion), nullptr);
}

Result<RawResponse> Client::request(const RawRequest& request, const CallOptions& options) const {
    auto& services = *core_->services();
    const detail::EffectiveOptions effective{defaults_, options};
    detail::PreparedCall call;
    RawResponse response;
    auto problem = detail::prepare(services.config, request, *effective, call);
    auto result = problem ? detail::refused(std::move(*problem))
                          : detail::run_blocking(services, std::move(call), &response);
    return detail::make_result<RawResponse>(std::move(result), response);
}

}  // namespace sent
