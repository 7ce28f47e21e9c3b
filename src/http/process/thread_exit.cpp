#include "http/process/thread_exit.hpp"

#include <openssl/crypto.h>

#include "base/fork_gate.hpp"

namespace sent::detail::http {

void ThreadExit::begin() noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    thread_ = std::this_thread::get_id();
}

void ThreadExit::reach() noexcept {
    {
        const ForkGate gate;
        OPENSSL_thread_stop();  // otherwise done at the very end of the thread, for which nobody waits
    }
    const std::lock_guard<std::mutex> lock(mutex_);
    is_reached_ = true;
    reached_.notify_all();
}

void ThreadExit::retire(Clock::time_point deadline) noexcept {
    if (process_ != this_process()) {
        return;  // the thread belongs to the parent
    }
    std::unique_lock<std::mutex> lock(mutex_);
    if (thread_ != std::this_thread::get_id()) {
        reached_.wait_until(lock, deadline, [this] { return is_reached_; });
    }
}

}  // namespace sent::detail::http
