#pragma once

namespace sent::detail::http {

/// While one lives, fork() in another thread waits, a second at most. For as long as a thread is inside
/// OpenSSL or sets libcurl up: their locks are process-wide, and one that is held during a fork stays locked
/// in the child, which then hangs in its first use of TLS, or in exit(). Not for waits: fork() would take as
/// long.
///
/// `_Fork` and `clone` do not wait for anything.
class ForkGate {
  public:
    ForkGate() noexcept;
    ForkGate(const ForkGate&) = delete;
    ForkGate& operator=(const ForkGate&) = delete;
    ~ForkGate();
};

}  // namespace sent::detail::http
