#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "base/this_process.hpp"
#include "http/process/process_exit.hpp"

namespace sent::detail::http {

/// The end of a thread, for those who cannot join it: exit() above all, which must not take OpenSSL apart
/// under it.
class ThreadExit final : public Retirable {
  public:
    /// On that thread: it has begun.
    void begin() noexcept;
    /// On that thread, when it has nothing left that uses TLS.
    void reach() noexcept;
    /// Waits for the end, unless this is that thread.
    void retire(Clock::time_point deadline) noexcept override;

  private:
    const std::uint64_t process_ = this_process();
    std::mutex mutex_{};
    std::condition_variable reached_{};
    std::thread::id thread_{};
    bool is_reached_ = false;
};

}  // namespace sent::detail::http
