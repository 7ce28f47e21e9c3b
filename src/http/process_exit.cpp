#include "process_exit.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <mutex>
#include <utility>
#include <vector>

namespace sent::detail::http {

namespace {

constexpr std::chrono::seconds longest_wait{1};

std::atomic<bool> exiting{false};

struct Registry {
    std::mutex mutex;
    std::vector<std::weak_ptr<Retirable>> entries;
};

/// Never destroyed, since it is used while static objects are.
Registry& registry() {
    static auto* const instance = new Registry;
    return *instance;
}

std::vector<std::shared_ptr<Retirable>> living() {
    std::vector<std::shared_ptr<Retirable>> all;
    Registry& known = registry();
    const std::lock_guard<std::mutex> lock(known.mutex);
    for (const auto& entry : known.entries) {
        if (auto object = entry.lock()) {
            all.push_back(std::move(object));
        }
    }
    return all;
}

extern "C" {
static void sent_retire_all() {
    exiting.store(true);
    try {
        const auto deadline = Retirable::Clock::now() + longest_wait;
        for (const auto& object : living()) {
            object->retire(deadline);
        }
    } catch (...) {  // NOLINT(bugprone-empty-catch): no memory; the process ends anyway
    }
}
}  // extern "C"

}  // namespace

void retire_at_exit(const std::shared_ptr<Retirable>& what) {
    Registry& known = registry();
    const std::lock_guard<std::mutex> lock(known.mutex);
    auto& entries = known.entries;
    entries.erase(
        std::remove_if(entries.begin(), entries.end(), [](const auto& entry) { return entry.expired(); }),
        entries.end());
    entries.push_back(what);
}

bool install_exit_handler() noexcept {
    return std::atexit(&sent_retire_all) == 0;
}

bool process_is_exiting() noexcept {
    return exiting.load(std::memory_order_relaxed);
}

}  // namespace sent::detail::http
