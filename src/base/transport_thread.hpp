#pragma once

#include <cstdint>
#include <utility>

#include "base/this_process.hpp"

namespace sent::detail {

/// While it lives, this thread is one that the ends of asynchronous calls depend on: a transport's, a pool's,
/// or one on which a transport reports. What the program runs there, in callbacks and log sinks, must not
/// wait for asynchronous calls, whichever client makes them: their threads may wait for this one in turn (A9
/// in docs/reliability.md).
class TransportThread {
  public:
    TransportThread() noexcept : before_(std::exchange(process_, this_process())) {}
    TransportThread(const TransportThread&) = delete;
    TransportThread& operator=(const TransportThread&) = delete;
    ~TransportThread() { process_ = before_; }

    /// Whether there is one. In a child that such a thread has forked there is none.
    [[nodiscard]] static bool is_current() noexcept { return process_ != 0 && process_ == this_process(); }

  private:
    std::uint64_t before_;
    /// Of the innermost one of this thread.
    static inline thread_local std::uint64_t process_ = 0;
};

}  // namespace sent::detail
