#include <sent/testing/emulator.hpp>

#include <system_error>
#include <utility>

#include "emulator/control/inspection.hpp"
#include "emulator/http/connection.hpp"
#include "emulator/http/router.hpp"
#include "emulator/http/server.hpp"
#include "emulator/state/inbound.hpp"
#include "emulator/state/seeds.hpp"
#include "emulator/state/world.hpp"

namespace sent::testing {

using emulator::World;

struct Emulator::Impl {
    explicit Impl(EmulatorOptions options)
        : world(std::move(options)),
          server([this](emulator::Socket& socket) { serve_connection(socket, world, router); }) {
        error = start();
    }
    ~Impl() { end_waits(); }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    std::string start() {
        if (!world.settings().error.empty()) {
            return world.settings().error;
        }
        const auto& options = world.options();
        auto problem = server.listen(options.host, options.port);
        if (!problem.empty()) {
            return "cannot listen on " + options.host + ':' + std::to_string(options.port) + ": " + problem;
        }
        world.alone([&](World& all) { all.base_url = emulator::make_base_url(options.host, server.port()); });
        try {
            world.start();
        } catch (const std::system_error& no_thread) {
            server.stop();
            return no_thread.what();
        }
        return {};
    }

    /// The server's threads may be waiting for a key or for a callback URL.
    void end_waits() {
        world.idempotency.stop();
        world.webhook_poster.stop();
    }

    World world;
    const emulator::Router router;
    // The last member, so that it is destroyed before the objects that its threads use.
    emulator::Server server;
    std::string error;
};

Emulator::Emulator(EmulatorOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Emulator::~Emulator() = default;
Emulator::Emulator(Emulator&&) noexcept = default;
Emulator& Emulator::operator=(Emulator&&) noexcept = default;

Emulator::operator bool() const {
    return impl_ && impl_->server.listening();
}

std::string Emulator::error() const {
    if (!impl_) {
        return "moved from";
    }
    return impl_->error.empty() && !impl_->server.listening() ? "stopped" : impl_->error;
}

std::string Emulator::base_url() const {
    return impl_->world.alone([](World& world) { return world.base_url; });
}

int Emulator::port() const {
    return impl_->server.port();
}

std::string Emulator::api_key() const {
    return impl_->world.options().api_key;
}

std::string Emulator::sender_id() const {
    return impl_->world.options().sender_id;
}

std::string Emulator::forbidden_api_key() const {
    return impl_->world.options().forbidden_api_key;
}

std::string Emulator::profile_api_key() const {
    return impl_->world.options().profile_api_key;
}

EmulatorSeeds Emulator::seeds() const {
    return impl_->world.options().seed ? emulator::describe_seeds() : EmulatorSeeds{};
}

std::string Emulator::start_line() const {
    return impl_->world.alone(
        [](World& world) { return emulator::to_text(emulator::start_line_view(world)); });
}

std::size_t Emulator::accepted_messages() const {
    return impl_->world.alone([](World& world) { return world.store.accepted_messages; });
}

std::size_t Emulator::accepted_messages_for_key(std::string_view key) const {
    return impl_->world.alone([key](World& world) {
        const auto& counts = world.store.accepted_by_key;
        const auto found = counts.find(std::string(key));
        return found == counts.end() ? std::size_t{0} : found->second;
    });
}

std::vector<AcceptedMessage> Emulator::messages() const {
    return impl_->world.alone([](World& world) { return emulator::list_messages(world); });
}

std::vector<WebhookDelivery> Emulator::webhook_deliveries() const {
    return impl_->world.webhooks.deliveries();
}

std::size_t Emulator::requests() const {
    return impl_->world.alone([](World& world) { return world.requests.total; });
}

std::size_t Emulator::requests(std::string_view path) const {
    return impl_->world.alone([path](World& world) {
        std::size_t count = 0;
        for (const auto& [route, requests] : world.requests.by_route) {
            count += route.second == path ? requests : 0;
        }
        return count;
    });
}

std::size_t Emulator::connections() const {
    return impl_->world.connections;
}

void Emulator::add_fault(Fault fault) {
    impl_->world.faults.add(std::move(fault));
}

void Emulator::clear_faults() {
    impl_->world.faults.clear();
}

std::string Emulator::receive_message(std::string_view from, std::string_view text,
                                      std::string_view channel) {
    const auto number = emulator::parse_phone_number(from);
    if (!number) {
        return {};
    }
    return impl_->world.alone([&](World& world) {
        return emulator::receive_message(world, {*number, std::string(text), std::string(channel), {}}).id;
    });
}

void Emulator::set_rate_limits(EmulatorRateLimits limits) {
    impl_->world.alone([limits](World& world) { world.rate_limits.set(limits); });
}

void Emulator::set_account(EmulatorAccount account) {
    impl_->world.alone([&account](World& world) { world.account = std::move(account); });
}

void Emulator::advance(std::chrono::milliseconds by) {
    impl_->world.alone([by](World& world) { world.advance(by); });
}

void Emulator::reset() {
    impl_->world.alone([](World& world) { world.reset(); });
}

void Emulator::stop() {
    impl_->end_waits();
    impl_->server.stop();
    impl_->world.stop();
}

}  // namespace sent::testing
