#include "base/process_exit.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <mutex>
#include <utility>
#include <vector>

#include "base/fork_gate.hpp"
#include "base/this_process.hpp"

namespace sent::detail {

namespace {

constexpr std::chrono::seconds longest_wait{1};

extern "C" {
static void sent_retire_all();
}

/// One per process: a child that was forked while another thread was in exit() is not exiting.
struct Registry {
    explicit Registry(const Registry* parents) {
        // In such a child, exit() would not call a handler that it has already called in the parent.
        if (parents != nullptr && parents->exiting) {
            std::atexit(&sent_retire_all);
        }
    }

    void forget_destroyed() noexcept {
        entries.erase(
            std::remove_if(entries.begin(), entries.end(), [](const auto& entry) { return entry.expired(); }),
            entries.end());
    }

    std::mutex mutex{};
    std::vector<std::weak_ptr<Retirable>> entries{};
    std::atomic<bool> exiting{false};
};

/// Never destroyed, because it is used during the destruction of static objects.
PerProcess<Registry> registries;

Registry& registry() {
    return registries.here([](const Registry* parents) { return Registry{parents}; });
}

std::vector<std::shared_ptr<Retirable>> living(Registry& known) {
    std::vector<std::shared_ptr<Retirable>> all;
    const std::lock_guard<std::mutex> lock(known.mutex);
    all.reserve(known.entries.size());  // a push_back() that fails would destroy an object under the lock
    for (const auto& entry : known.entries) {
        if (auto object = entry.lock()) {
            all.push_back(std::move(object));
        }
    }
    return all;
}

extern "C" {
static void sent_retire_all() {
    try {
        Registry& known = registry();
        known.exiting = true;
        const auto deadline = Retirable::Clock::now() + longest_wait;
        for (const auto& object : living(known)) {
            object->retire(deadline);
        }
        // For each remaining handler, exit() takes and releases a lock of the C library. A child that is
        // forked while this lock is held could not exit.
        ForkGate::hold_until_exit();
    } catch (...) {  // NOLINT(bugprone-empty-catch): out of memory; the process ends anyway
    }
}
}  // extern "C"

}  // namespace

void retire_at_exit(const std::shared_ptr<Retirable>& what) {
    Registry& known = registry();
    const std::lock_guard<std::mutex> lock(known.mutex);
    known.forget_destroyed();
    known.entries.push_back(what);
}

void forget_destroyed() noexcept {
    if (Registry* known = registries.find()) {
        const std::lock_guard<std::mutex> lock(known->mutex);
        known->forget_destroyed();
    }
}

bool install_exit_handler() noexcept {
    return std::atexit(&sent_retire_all) == 0;
}

bool process_is_exiting() noexcept {
    const Registry* known = registries.find();
    return known != nullptr && known->exiting.load(std::memory_order_relaxed);
}

}  // namespace sent::detail
