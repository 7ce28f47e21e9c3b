#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sent::detail {

/// Remembers what callers have used their idempotency keys for. The service answers a key that it knows with
/// the answer to the first request, and carries out nothing, even if the second request is another one: that
/// would look like a success. Keys that the library makes are new each time and need no memory. Thread-safe.
class KeyMemory {
  public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    KeyMemory() = default;
    /// For a child: copies the memory of its parent, unless a thread of the parent held the lock during the
    /// fork. Calls that were pending in the parent count as possibly done.
    explicit KeyMemory(KeyMemory* parents);

    /// The oldest is forgotten beyond that.
    static constexpr std::size_t capacity = 1000;
    /// The service does not remember longer either.
    static constexpr std::chrono::hours life{24};

    /// A call begins. False when the key has served, or is serving, for another request; then end() must not
    /// be called.
    [[nodiscard]] bool begin(const std::string& key, std::size_t request, SteadyTime now);
    /// A call has ended. The key is free again if no call with it can have taken effect.
    void end(const std::string& key, bool may_be_done);

  private:
    struct Use {
        std::string key;
        std::size_t request = 0;
        SteadyTime since{};
        std::size_t under_way = 0;
        bool may_be_done = false;
    };

    void forget(std::list<Use>::iterator use);
    void forget_oldest(SteadyTime now);

    std::mutex mutex_{};
    /// Oldest first.
    std::list<Use> uses_{};
    std::unordered_map<std::string_view, std::list<Use>::iterator> by_key_{};
};

}  // namespace sent::detail
