#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "base/this_process.hpp"
#include "http/process/process_exit.hpp"

namespace sent::detail::http {

/// Lets others wait for the end of a thread that they cannot join, so that OpenSSL's exit handler waits for
/// this thread (R3 in docs/reliability.md).
class ThreadExit final : public Retirable {
  public:
    /// Called on that thread when it begins.
    void begin() noexcept;
    /// Called on that thread when it does not use TLS any more.
    void reach() noexcept;
    /// Waits for the end of the thread, unless called on that thread.
    void retire(Clock::time_point deadline) noexcept override;

  private:
    const std::uint64_t process_ = this_process();
    std::mutex mutex_{};
    std::condition_variable reached_{};
    std::thread::id thread_{};
    bool is_reached_ = false;
};

}  // namespace sent::detail::http
