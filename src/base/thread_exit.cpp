#include "base/thread_exit.hpp"

#include <openssl/crypto.h>
#include <new>
#include <utility>

#include "base/fork_gate.hpp"
#include "base/signals_blocked.hpp"
#include "base/transport_thread.hpp"

namespace sent::detail {

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

std::thread start_background_thread(std::shared_ptr<ThreadExit> exit, std::function<void()> body) {
    const SignalsBlocked inherited_by_the_thread;
    return std::thread{[exit = std::move(exit), body = std::move(body)]() mutable {
        exit->begin();
        {
            const TransportThread here;
            body();
            body = nullptr;
        }
        exit->reach();
    }};
}

void detach_until_exit(std::thread thread, const std::shared_ptr<ThreadExit>& exit) noexcept {
    try {
        retire_at_exit(exit);
    } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): the thread probably ends in time
    }
    thread.detach();
}

}  // namespace sent::detail
