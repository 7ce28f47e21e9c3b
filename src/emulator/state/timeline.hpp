#pragma once

/// @file
/// What is going to happen, in order of time. Not synchronised: World's mutex guards it.

#include <functional>
#include <map>
#include <optional>

#include "emulator/clock.hpp"

namespace sent::testing::emulator {

class Timeline {
  public:
    /// Actions of the same time run in the order in which they were added. They may add others.
    void at(Time time, std::function<void(Time)> action) { actions_.emplace(time, std::move(action)); }

    /// Runs what is due, and hands each action the time it was meant for.
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
