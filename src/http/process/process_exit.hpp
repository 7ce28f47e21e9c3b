#pragma once

#include <chrono>
#include <memory>

namespace sent::detail::http {

/// What must come to rest before the process ends: when exit() has run, OpenSSL has taken itself apart, and a
/// thread that is just using it crashes.
class Retirable {
  public:
    using Clock = std::chrono::steady_clock;

    Retirable() = default;
    Retirable(const Retirable&) = delete;
    Retirable& operator=(const Retirable&) = delete;
    virtual ~Retirable() = default;

    /// Stops using TLS for good, without a call of anybody's completion: what that would use may be gone
    /// already. Waits for the threads that are in the middle of it, but not beyond the deadline.
    virtual void retire(Clock::time_point deadline) noexcept = 0;
};

/// Retires it at exit() of this process, unless it is gone by then. A child that keeps using it has to
/// register it again.
void retire_at_exit(const std::shared_ptr<Retirable>& what);

/// To be called once, after the TLS library has been set up: exit handlers run in reverse order. False on
/// failure.
bool install_exit_handler() noexcept;

/// Whether exit() has got that far.
bool process_is_exiting() noexcept;

}  // namespace sent::detail::http
