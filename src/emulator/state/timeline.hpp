#pragma once

/// @file
/// Future actions, ordered by time. Not thread-safe: guarded by World's mutex.

#include <functional>
#include <map>
#include <optional>

#include "emulator/clock.hpp"

namespace sent::testing::emulator {

class Timeline {
  public:
    /// Actions with the same time run in the order in which they were added. They may add others.
    void at(Time time, std::function<void(Time)> action) { actions_.emplace(time, std::move(action)); }

    /// Runs the due actions, and passes each the time for which it was planned.
    void run_due(Time now) {
        while (!actions_.empty() && actions_.begin()->first <= now) {
            const auto next = actions_.extract(actions_.begin());
            next.mapped()(next.key());
        }
    }

    std::optional<Time> next() const {
        return actions_.empty() ? std::nullopt : std::optional<Time>(actions_.begin()->first);
    }

    void clear() { actions_.clear(); }

  private:
    std::multimap<Time, std::function<void(Time)>> actions_;
};

}  // namespace sent::testing::emulator
