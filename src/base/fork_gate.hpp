#pragma once

#include <functional>

namespace sent::detail {

/// While a ForkGate lives, fork() in other threads waits, at most ten seconds (docs/decisions/0016). Hold one
/// while calling into OpenSSL or initialising libcurl: their locks are process-wide, and a lock that is held
/// during a fork stays locked in the child, which then hangs in its first use of TLS or in exit(). Do not
/// hold one while waiting for the network or while calling code of the user.
///
/// `_Fork` and `clone` do not wait.
class ForkGate {
  public:
    /// Waits for forks that have begun. Forks that begin later wait for this gate, so that constant forking
    /// cannot keep it waiting.
    ForkGate() noexcept;
    ForkGate(const ForkGate&) = delete;
    ForkGate& operator=(const ForkGate&) = delete;
    ~ForkGate();

    /// Runs `task` as soon as this thread holds no gate: now, or at the end of the outermost one. For calls
    /// to the user from inside OpenSSL or libcurl. Exceptions from `task` are dropped.
    static void when_open(std::function<void()> task);

    /// For exit(): forks of other threads wait for the end of the process, at most a second.
    static void hold_until_exit();
};

}  // namespace sent::detail
