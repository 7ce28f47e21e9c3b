#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sent::detail {

/// Remembers for which requests callers have used their idempotency keys. For a known key the service replays
/// the reply to the first request and carries out nothing, even if the second request differs. That would
/// look like a success. Keys that the library generates are unique and are not remembered. Thread-safe.
class KeyMemory {
  public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    KeyMemory() = default;
    /// In a child, copies the memory of its parent, unless a thread of the parent held the lock during the
    /// fork. Calls that were pending in the parent count as possibly carried out.
    explicit KeyMemory(KeyMemory* parents);

    /// Beyond this number, the oldest key is forgotten.
    static constexpr std::size_t capacity = 1000;
    /// The service does not remember keys for longer.
    static constexpr std::chrono::hours life{24};

    /// Begins a call. Returns false if the key was or is used for another request; end() must not be called
    /// then.
    [[nodiscard]] bool begin(const std::string& key, std::size_t request, SteadyTime now);
    /// Ends a call. If no call with this key can have taken effect, the key is free again.
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
