#include "emulator/state/world.hpp"

#include <algorithm>

#include "emulator/http/quiet_thread.hpp"
#include "emulator/state/seeds.hpp"

namespace sent::testing::emulator {

World::World(EmulatorOptions options) : settings_(make_settings(std::move(options))) {
    reset();
}

World::~World() {
    stop();
}

void World::start() {
    thread_ = start_quiet_thread([this] { run_timeline(); });
}

void World::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        changed_.notify_all();
    }
    if (thread_.joinable()) {
        thread_.join();
    }
    webhooks.stop();
    webhook_poster.stop();
}

void World::at(Time time, std::function<void(Time)> action) {
    timeline_.at(time, std::move(action));
    changed_.notify_all();
}

void World::advance(std::chrono::milliseconds by) {
    clock_.advance(by);
    now_ = clock_.now();
    timeline_.run_due(now_);
    changed_.notify_all();
}

void World::reset() {
    timeline_.clear();
    clock_.forget_advances();
    now_ = clock_.now();
    started_at = now_;
    faults.clear();
    webhooks.clear();
    webhook_poster.clear();
    idempotency.clear();
    requests = {};
    key_locks.clear();
    rate_limits.clear();
    rate_limits.set(options().rate_limits);
    account = options().account;
    store.clear();
    if (options().seed) {
        plant_seeds(store, options(), now_);
    }
}

void World::log(std::string_view line) {
    if (options().log) {
        const std::lock_guard lock(logging_);
        options().log(line);
    }
}

// Readers run due actions themselves. This thread is for webhooks, for which no request waits.
void World::run_timeline() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        now_ = clock_.now();
        timeline_.run_due(now_);
        if (const auto next = timeline_.next()) {
            const auto wait = std::max(*next - clock_.now(), Time::duration(std::chrono::milliseconds(1)));
            changed_.wait_for(lock, std::min(wait, Time::duration(std::chrono::hours(1))));
        } else {
            changed_.wait(lock);
        }
    }
}

}  // namespace sent::testing::emulator
