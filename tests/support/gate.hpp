#pragma once

#include <atomic>
#include <chrono>
#include <memory>

#include "posix.hpp"

namespace sent::test {

/// A door between a test and a script: closed at first, opened once, open for ever. Copies are the same door.
/// What was written before open() can be read after a wait that succeeded. Safe from any thread.
class Gate {
  public:
    Gate();

    void open() const;
    bool is_open() const;

    /// Waits for the door to open; false when the time-out came first.
    [[nodiscard]] bool wait(std::chrono::milliseconds timeout) const;

    /// Becomes readable when the door is open.
    int fd() const;

  private:
    struct State {
        UniqueFd event = make_event();
        std::atomic<bool> open{false};
    };
    std::shared_ptr<State> state_;
};

}  // namespace sent::test
