#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "base/lru_index.hpp"
#include "base/this_process.hpp"

namespace sent::detail {

/// Remembers for which requests callers have used their idempotency keys (D9 in docs/reliability.md). For a
/// known key the service replays the reply to the first request and carries out nothing, even if the second
/// request differs. That would look like a success. Keys that the library generates are unique and are not
/// remembered. Thread-safe.
class KeyMemory {
  public:
    using SteadyTime = std::chrono::steady_clock::time_point;

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
        std::size_t request = 0;
        SteadyTime since{};
        std::size_t under_way = 0;
        bool may_be_done = false;
    };

    struct Uses {
        /// Calls that are pending in the parent count as possibly carried out.
        [[nodiscard]] Uses for_child() const;

        LruIndex<Use> by_key{};
    };

    Guarded<Uses> uses_{};
};

}  // namespace sent::detail
