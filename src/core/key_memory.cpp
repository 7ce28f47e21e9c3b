#include "core/key_memory.hpp"

#include <iterator>
#include <utility>

namespace sent::detail {

KeyMemory::KeyMemory(KeyMemory* parents) {
    if (parents == nullptr) {
        return;
    }
    if (const std::unique_lock lock{parents->mutex_, std::try_to_lock}) {
        for (Use use : parents->uses_) {
            use.may_be_done = use.may_be_done || use.under_way > 0;
            use.under_way = 0;
            uses_.push_back(std::move(use));
            by_key_.emplace(uses_.back().key, std::prev(uses_.end()));
        }
    }
}

bool KeyMemory::begin(const std::string& key, std::size_t request, SteadyTime now) {
    const std::lock_guard lock{mutex_};
    forget_oldest(now);
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) {
        uses_.push_back({key, request, now, 1, false});
        by_key_.emplace(uses_.back().key, std::prev(uses_.end()));
        return true;
    }
    auto& use = *found->second;
    if (use.request != request) {
        return false;
    }
    ++use.under_way;
    return true;
}

void KeyMemory::end(const std::string& key, bool may_be_done) {
    const std::lock_guard lock{mutex_};
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) {
        return;
    }
    auto& use = *found->second;
    use.may_be_done = use.may_be_done || may_be_done;
    use.under_way -= use.under_way > 0 ? 1U : 0U;
    if (use.under_way == 0 && !use.may_be_done) {
        forget(found->second);
    }
}

void KeyMemory::forget(std::list<Use>::iterator use) {
    by_key_.erase(use->key);
    uses_.erase(use);
}

void KeyMemory::forget_oldest(SteadyTime now) {
    while (!uses_.empty() && (uses_.size() >= capacity || now - uses_.front().since >= life)) {
        forget(uses_.begin());
    }
}

}  // namespace sent::detail
