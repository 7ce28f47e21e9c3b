#include "emulator/state/idempotency.hpp"

#include <algorithm>

#include "emulator/http/router.hpp"

namespace sent::testing::emulator {
namespace {

constexpr std::chrono::hours kept_for{24};
constexpr std::size_t largest_body = std::size_t{5} * 1024 * 1024;
constexpr std::size_t longest_key = 255;

}  // namespace

bool is_idempotency_key(std::string_view key) {
    return !key.empty() && key.size() <= longest_key && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-';
    });
}

std::string idempotency_scope(const Request& request, const Endpoint* route) {
    const auto* key = find_header(request.headers, "Idempotency-Key");
    const auto* account = find_header(request.headers, "x-api-key");
    if (route == nullptr || !route->v3.keyed || key == nullptr || account == nullptr ||
        !is_idempotency_key(*key)) {
        return {};
    }
    return *account + '\n' + *key;
}

std::optional<IdempotencyCache::Kept> IdempotencyCache::find(const std::string& scope, Time now) {
    const std::lock_guard lock(mutex_);
    while (!order_.empty() && now - order_.front().first > kept_for) {
        kept_.erase(order_.front().second);
        order_.pop_front();
    }
    const auto found = kept_.find(scope);
    return found == kept_.end() ? std::nullopt : std::optional<Kept>(found->second);
}

void IdempotencyCache::keep(const std::string& scope, Kept kept) {
    if (kept.reply.body.size() > largest_body) {
        return;
    }
    const std::lock_guard lock(mutex_);
    order_.emplace_back(kept.kept_at, scope);
    kept_[scope] = std::move(kept);
}

void IdempotencyCache::clear() {
    const std::lock_guard lock(mutex_);
    kept_.clear();
    order_.clear();
}

bool IdempotencyCache::begin(const std::string& scope, std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, patience, [&] { return stopping_ || under_way_.count(scope) == 0; });
    return !stopping_ && under_way_.insert(scope).second;
}

void IdempotencyCache::end(const std::string& scope) {
    const std::lock_guard lock(mutex_);
    under_way_.erase(scope);
    changed_.notify_all();
}

void IdempotencyCache::stop() {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
}

}  // namespace sent::testing::emulator
