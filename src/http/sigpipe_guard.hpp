#pragma once

#include <signal.h>

namespace sent::detail::http {

/// While it lives, a SIGPIPE that this thread raises is swallowed: blocked, and taken off the queue at the
/// end. The process's disposition, which belongs to the application, is not touched. Does nothing unless
/// `active`.
class SigpipeGuard {
  public:
    explicit SigpipeGuard(bool active) noexcept;
    SigpipeGuard(const SigpipeGuard&) = delete;
    SigpipeGuard& operator=(const SigpipeGuard&) = delete;
    ~SigpipeGuard();

  private:
    bool active_;
    sigset_t before_{};
};

/// Blocks all signals in this thread, and so in the threads that it starts.
void block_all_signals(sigset_t* before) noexcept;
void restore_signals(const sigset_t& before) noexcept;

}  // namespace sent::detail::http
