#pragma once

#include <chrono>
#include <thread>

namespace sent::test {

/// Looks again and again until the condition holds; false when it does not in time. For what another process
/// or thread does without telling; where something can be waited for, that is better.
template <class Condition>
[[nodiscard]] bool eventually(Condition condition,
                              std::chrono::milliseconds timeout = std::chrono::seconds(20)) {
    const auto end = std::chrono::steady_clock::now() + timeout;
    while (!condition()) {
        if (std::chrono::steady_clock::now() >= end) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

}  // namespace sent::test
