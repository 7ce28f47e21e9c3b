#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "base/process_exit.hpp"
#include "base/this_process.hpp"

namespace sent::detail {

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

/// Starts a thread of the library. It is a TransportThread, and receives none of the signals that are meant
/// for the application's threads. Throws std::system_error or std::bad_alloc.
std::thread start_background_thread(std::shared_ptr<ThreadExit> exit, std::function<void()> body);

/// For a thread that must end but cannot join itself: exit() waits for its end.
void detach_until_exit(std::thread thread, const std::shared_ptr<ThreadExit>& exit) noexcept;

}  // namespace sent::detail
