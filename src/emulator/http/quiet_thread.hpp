#pragma once

/// @file
/// Threads that do not receive signals of the host process.

#include <thread>
#include <utility>

#include "base/signals_blocked.hpp"

namespace sent::testing::emulator {

/// Starts a thread that never runs a signal handler of the host process, and in which a library's write to a
/// closed socket does not raise SIGPIPE. Throws std::system_error if the system cannot start a thread.
template <typename Function>
std::thread start_quiet_thread(Function&& function) {
    const detail::SignalsBlocked inherited_by_the_new_thread;
    return std::thread(std::forward<Function>(function));
}

}  // namespace sent::testing::emulator
