#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace sent::detail {

/// Values by key, in the order in which they were added or renewed, so that the oldest can be dropped. Not
/// thread-safe. An add() that throws std::bad_alloc changes nothing.
template <class Value>
class LruIndex {
  public:
    struct Entry {
        std::string key;
        Value value;
    };

    LruIndex() = default;
    LruIndex(const LruIndex& other) {
        for (const Entry& entry : other) {
            add(entry.key, entry.value);
        }
    }
    LruIndex(LruIndex&&) noexcept = default;
    LruIndex& operator=(const LruIndex&) = delete;
    LruIndex& operator=(LruIndex&&) noexcept = default;
    ~LruIndex() = default;

    [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
    [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }
    /// Oldest first.
    [[nodiscard]] auto begin() const noexcept { return entries_.begin(); }
    [[nodiscard]] auto end() const noexcept { return entries_.end(); }

    /// Returns null if there is no such key.
    [[nodiscard]] Value* find(std::string_view key) noexcept {
        const auto found = by_key_.find(key);
        return found == by_key_.end() ? nullptr : &found->second->value;
    }

    /// Adds the newest entry. The key must be new.
    void add(std::string_view key, Value value) {
        std::list<Entry> fresh;
        fresh.push_back({std::string{key}, std::move(value)});
        by_key_.emplace(fresh.front().key, fresh.begin());
        entries_.splice(entries_.end(), fresh);
    }

    /// Makes the entry the newest one. There must be such a key.
    void renew(std::string_view key) noexcept {
        entries_.splice(entries_.end(), entries_, by_key_.find(key)->second);
    }

    /// Returns false if there is no such key.
    bool remove(std::string_view key) noexcept {
        const auto found = by_key_.find(key);
        if (found == by_key_.end()) {
            return false;
        }
        const auto entry = found->second;
        by_key_.erase(found);
        entries_.erase(entry);
        return true;
    }

    /// There must be an entry.
    [[nodiscard]] const Value& oldest() const noexcept { return entries_.front().value; }
    void remove_oldest() noexcept {
        by_key_.erase(entries_.front().key);
        entries_.pop_front();
    }

  private:
    std::list<Entry> entries_{};
    /// The keys are views of the keys in `entries_`.
    std::unordered_map<std::string_view, typename std::list<Entry>::iterator> by_key_{};
};

}  // namespace sent::detail
