#pragma once

/// @file
/// Threads that do not receive signals of the host process.

#include <csignal>
#include <thread>
#include <utility>

namespace sent::testing::emulator {

/// Starts a thread that never runs a signal handler of the host process, and in which a library's write to a
/// closed socket does not raise SIGPIPE. Throws std::system_error if the system cannot start a thread.
template <typename Function>
std::thread start_quiet_thread(Function&& function) {
    struct AllSignalsBlocked {
        AllSignalsBlocked() {
            sigset_t all;
            sigfillset(&all);
            pthread_sigmask(SIG_SETMASK, &all, &before);
        }
        ~AllSignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before, nullptr); }
        AllSignalsBlocked(const AllSignalsBlocked&) = delete;
        AllSignalsBlocked& operator=(const AllSignalsBlocked&) = delete;
        sigset_t before{};
    };
    const AllSignalsBlocked inherited_by_the_new_thread;
    return std::thread(std::forward<Function>(function));
}

}  // namespace sent::testing::emulator
