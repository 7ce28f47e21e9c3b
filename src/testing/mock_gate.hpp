#pragma once

#include <functional>
#include <vector>

#include <sent/testing/mock_transport.hpp>

#include "base/this_process.hpp"

namespace sent::testing {

/// Shared by the copies of a Gate and the replies that wait for it.
class Gate::State {
  public:
    void open();
    [[nodiscard]] bool is_open() const;
    /// Calls `action` on the thread that opens the gate, or at once if it is already open.
    void when_open(std::function<void()> action);

  private:
    struct Data {
        bool open = false;
        std::vector<std::function<void()>> actions{};

        /// The actions belong to the parent's requests.
        [[nodiscard]] Data for_child() const { return {open, {}}; }
    };
    detail::Guarded<Data> data_{};
};

}  // namespace sent::testing
