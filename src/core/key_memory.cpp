#include "core/key_memory.hpp"

namespace sent::detail {

KeyMemory::Uses KeyMemory::Uses::for_child() const {
    Uses childs;
    for (const auto& [key, use] : by_key) {
        childs.by_key.add(key, {use.request, use.since, 0, use.may_be_done || use.under_way > 0});
    }
    return childs;
}

bool KeyMemory::begin(const std::string& key, std::size_t request, SteadyTime now) {
    const auto uses = uses_.lock();
    auto& by_key = uses->by_key;
    while (!by_key.empty() && now - by_key.oldest().since >= life) {
        by_key.remove_oldest();
    }
    Use* const use = by_key.find(key);
    if (use == nullptr) {
        if (by_key.size() >= capacity) {
            by_key.remove_oldest();
        }
        by_key.add(key, {request, now, 1, false});
        return true;
    }
    if (use->request != request) {
        return false;
    }
    ++use->under_way;
    return true;
}

void KeyMemory::end(const std::string& key, bool may_be_done) {
    const auto uses = uses_.lock();
    Use* const use = uses->by_key.find(key);
    if (use == nullptr) {
        return;
    }
    use->may_be_done = use->may_be_done || may_be_done;
    use->under_way -= use->under_way > 0 ? 1U : 0U;
    if (use->under_way == 0 && !use->may_be_done) {
        uses->by_key.remove(key);
    }
}

}  // namespace sent::detail
