#pragma once

#include <functional>
#include <vector>

#include <sent/testing/mock_transport.hpp>

#include "testing/monitor.hpp"

namespace sent::testing {

/// What the copies of a Gate and the replies that wait for it have in common.
class Gate::State {
  public:
    void open();
    [[nodiscard]] bool is_open() const;
    /// Calls `action` on the thread that opens, or at once when that has happened.
    void when_open(std::function<void()> action);

  private:
    struct Data {
        bool open = false;
        std::vector<std::function<void()>> actions{};

        /// The actions are those of the parent's requests.
        [[nodiscard]] Data for_child() const { return {open, {}}; }
    };
    Monitor<Data> data_{};
};

}  // namespace sent::testing
