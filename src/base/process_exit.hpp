#pragma once

#include <chrono>
#include <memory>

namespace sent::detail {

/// An object that must stop using TLS before the process ends (R3 in docs/reliability.md). At the end of
/// exit(), OpenSSL frees its data, and a thread that is using it crashes.
class Retirable {
  public:
    using Clock = std::chrono::steady_clock;

    Retirable() = default;
    Retirable(const Retirable&) = delete;
    Retirable& operator=(const Retirable&) = delete;
    virtual ~Retirable() = default;

    /// Stops using TLS for good, without calling any completion, because objects that it needs may be
    /// destroyed. Waits for threads that are using TLS, at most until the deadline.
    virtual void retire(Clock::time_point deadline) noexcept = 0;
};

/// Calls retire() at exit() of this process, if the object still exists. A child that continues to use it
/// must register it again.
void retire_at_exit(const std::shared_ptr<Retirable>& what);
/// Forgets objects that have been destroyed. Otherwise they keep some memory until the next is registered.
void forget_destroyed() noexcept;

/// Call once, after the TLS library has been initialised, because exit handlers run in reverse order. Returns
/// false on failure.
bool install_exit_handler() noexcept;

/// Whether exit() has reached this handler.
bool process_is_exiting() noexcept;

}  // namespace sent::detail
