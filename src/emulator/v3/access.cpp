#include "emulator/v3/access.hpp"

#include <algorithm>
#include <optional>

#include "emulator/state/ids.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/errors.hpp"

namespace sent::testing::emulator {
namespace {

constexpr int failures_until_lock = 10;
constexpr std::chrono::minutes longest_lock{60};
constexpr std::size_t most_keys = 10000;

// Returns the account of a key, or nothing.
std::optional<Caller> find_account(World& world, const std::string& key) {
    if (key == world.options().api_key) {
        return Caller{};
    }
    for (const auto& profile : world.store.profiles) {
        if (!profile.deleted && !profile.api_key.empty() && profile.api_key == key) {
            return Caller{profile.id, profile.id, true};
        }
    }
    return std::nullopt;
}

Caller authenticate(World& world, const Request& request) {
    const auto* key = find_header(request.headers, "x-api-key");
    if (key == nullptr || key->empty()) {
        throw Refusal("AUTH_001");
    }
    world.key_locks.refuse_if_locked(*key, world.now());
    if (*key == world.options().forbidden_api_key) {
        throw Refusal("AUTH_004");
    }
    auto caller = find_account(world, *key);
    if (!caller) {
        world.key_locks.failed(*key, world.now());
        throw Refusal("AUTH_002");
    }
    world.key_locks.succeeded(*key);
    return *caller;
}

}  // namespace

void KeyLocks::refuse_if_locked(const std::string& key, Time now) const {
    const auto found = failures_.find(key);
    if (found == failures_.end() || found->second.locked_until <= now) {
        return;
    }
    const auto left = std::chrono::ceil<std::chrono::seconds>(found->second.locked_until - now);
    throw Refusal("BUSINESS_002", "Too many failed authentications with this API key")
        .with_header("Retry-After", std::to_string(left.count()));
}

void KeyLocks::failed(const std::string& key, Time now) {
    if (failures_.size() >= most_keys && failures_.count(key) == 0) {
        failures_.erase(failures_.begin());
    }
    auto& failures = failures_[key];
    ++failures.count;
    if (failures.count >= failures_until_lock) {
        // Locks for 1, 2, 4 ... minutes. After a lock, each failure causes the next one.
        const std::chrono::minutes lock{1LL << std::min(failures.locks, 6)};
        failures.locked_until = now + std::min(lock, longest_lock);
        ++failures.locks;
    }
}

Caller identify_caller(World& world, const Request& request) {
    Caller caller = authenticate(world, request);
    const auto* header = find_header(request.headers, "x-profile-id");
    if (header == nullptr) {
        return caller;
    }
    if (caller.scoped) {
        throw Refusal("AUTH_004", "A profile's key must not name a profile");
    }
    const auto id = parse_guid(*header);
    if (!id) {
        throw Refusal("VALIDATION_003", {}, {{"x-profile-id", {"must be a valid UUID"}}});
    }
    const auto* profile = world.store.profiles.find(*id);
    if (profile == nullptr || profile->deleted) {
        throw Refusal("RESOURCE_014");
    }
    caller.profile = *id;
    caller.scoped = true;
    return caller;
}

}  // namespace sent::testing::emulator
