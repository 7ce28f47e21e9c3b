#pragma once

#include <functional>
#include <mutex>
#include <vector>

#include <sent/testing/mock_transport.hpp>

namespace sent::testing {

/// What the copies of a Gate and the replies that wait for it have in common.
class Gate::State {
  public:
    void open();
    [[nodiscard]] bool is_open() const;
    /// Calls `action` on the thread that opens, or at once when that has happened.
    void when_open(std::function<void()> action);

  private:
    mutable std::mutex mutex_;
    bool open_ = false;
    std::vector<std::function<void()>> actions_;
};

}  // namespace sent::testing
