#include "sigpipe_guard.hpp"

#include <pthread.h>

#include <cerrno>
#include <ctime>

namespace sent::detail::http {

namespace {

bool sigpipe_pending() noexcept {
    sigset_t pending;
    sigemptyset(&pending);
    sigpending(&pending);
    return sigismember(&pending, SIGPIPE) == 1;
}

sigset_t only_sigpipe() noexcept {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    return set;
}

}  // namespace

SigpipeGuard::SigpipeGuard(bool active) noexcept : active_(active && !sigpipe_pending()) {
    // One that was pending before is not ours to swallow; since it is blocked already, nothing can happen
    // either.
    if (active_) {
        const sigset_t set = only_sigpipe();
        active_ = pthread_sigmask(SIG_BLOCK, &set, &before_) == 0;
    }
}

SigpipeGuard::~SigpipeGuard() {
    if (!active_) {
        return;
    }
    if (sigpipe_pending()) {
        const sigset_t set = only_sigpipe();
        const timespec at_once{};
        while (sigtimedwait(&set, nullptr, &at_once) == -1 && errno == EINTR) {
        }
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void block_all_signals(sigset_t* before) noexcept {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, before);
}

void restore_signals(const sigset_t& before) noexcept {
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace sent::detail::http
