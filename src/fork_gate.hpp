#pragma once

namespace sent::detail {

/// While a ForkGate lives, fork() in other threads waits, at most ten seconds. Hold one while calling into
/// OpenSSL or initialising libcurl: their locks are process-wide, and a lock that is held during a fork stays
/// locked in the child, which then hangs in its first use of TLS or in exit(). Do not hold one while waiting
/// for the network.
///
/// `_Fork` and `clone` do not wait.
class ForkGate {
  public:
    ForkGate() noexcept;
    ForkGate(const ForkGate&) = delete;
    ForkGate& operator=(const ForkGate&) = delete;
    ~ForkGate();

    /// For exit(): forks of other threads wait for the end of the process, at most a second.
    static void hold_until_exit();
};

}  // namespace sent::detail
