#include "core/client_access.hpp"

#include <utility>

#include "core/core.hpp"
#include "core/delivery.hpp"

namespace sent::detail {

ClientAccess::Weak::Weak(const Client& client) noexcept : core_(client.core_), defaults_(client.defaults_) {}

void ClientAccess::Weak::start(const Route& route, const void* request, const CallOptions& options,
                               std::unique_ptr<CallCompletion> completion,
                               std::chrono::milliseconds start_after) const {
    if (const auto core = core_.lock()) {
        start_call(*core, defaults_, route, request, options, std::move(completion), start_after, false);
        return;
    }
    completion->complete(not_sent_error(ErrorKind::cancelled, "the client was destroyed during the wait"));
}

Executor ClientAccess::executor(const Client& client) {
    const auto& services = client.core_->services();
    if (!services->config.options.async.executor) {
        return nullptr;
    }
    return [services](std::function<void()> work) { run_on_executor(services, std::move(work)); };
}

std::shared_ptr<Clock> ClientAccess::clock(const Client& client) noexcept {
    return client.core_->services()->clock;
}

std::string ClientAccess::default_idempotency_key(const Client& client) {
    return client.defaults_ ? client.defaults_->idempotency_key : std::string{};
}

Client ClientAccess::without_idempotency_key(const Client& client) {
    if (default_idempotency_key(client).empty()) {
        return client;
    }
    auto defaults = *client.defaults_;
    defaults.idempotency_key.clear();
    return Client{client.core_, std::make_shared<const CallOptions>(std::move(defaults))};
}

}  // namespace sent::detail
