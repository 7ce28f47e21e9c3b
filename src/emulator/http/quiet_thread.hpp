#pragma once

/// @file
/// Threads that leave the host process's signals alone.

#include <csignal>
#include <thread>
#include <utility>

namespace sent::testing::emulator {

/// Starts a thread that is never chosen to run a signal handler of the host process, and in which a write to
/// a closed socket by a library raises no SIGPIPE. Throws std::system_error when the system has no thread
/// left.
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
