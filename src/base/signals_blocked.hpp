#pragma once

#include <signal.h>

namespace sent::detail {

/// Blocks all signals of this thread, and of threads that it starts meanwhile: a thread of the library
/// receives none of the signals that are meant for the application's threads (R6 in docs/reliability.md).
class SignalsBlocked {
  public:
    SignalsBlocked() noexcept {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_BLOCK, &all, &before_);
    }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

  private:
    sigset_t before_{};
};

}  // namespace sent::detail
