#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include <sent/http/transport.hpp>

#include "http/blocking/pooled_handle.hpp"
#include "http/transport_settings.hpp"

namespace sent::detail::http {

/// Leases handles to blocking requests (docs/decisions/0003-own-multi-handle-per-blocking-call.md). The one
/// used last is leased first, so that few connections stay open. Its lock is held for a few pointer
/// operations before and after a request, never during one. A timer closes handles that have been idle for
/// too long.
class HandlePool : public std::enable_shared_from_this<HandlePool> {
  public:
    /// Runs a task at the given time on another thread. Returns false if that is impossible.
    using RunAt = std::function<bool(std::chrono::steady_clock::time_point, std::function<void()>)>;

    HandlePool(const TransportSettings& settings, RunAt run_at);
    HandlePool(const HandlePool&) = delete;
    HandlePool& operator=(const HandlePool&) = delete;
    ~HandlePool() = default;

    TransportResult send(const HttpRequest& request);
    /// Ends all current and later requests with TransportErrorKind::cancelled. Does not wait.
    void shut_down() noexcept;
    /// After shut_down(): waits until no thread uses a handle. Returns false if the deadline passes first.
    bool wait_until_unused(std::chrono::steady_clock::time_point deadline);

  private:
    using LeasePtr = std::unique_ptr<PooledHandle>;
    class Loan;
    class Closing;

    /// Returns null after shut_down().
    LeasePtr take();
    void leave() noexcept;
    void give_back(LeasePtr lease) noexcept;
    LeasePtr keep(LeasePtr lease, std::chrono::steady_clock::time_point now) noexcept;
    void close_later(std::chrono::steady_clock::time_point when) noexcept;
    void close_idle() noexcept;
    void forget_timer() noexcept;
    LeasePtr take_expired(std::chrono::steady_clock::time_point oldest) noexcept;
    void activate(PooledHandle& lease) noexcept;
    void deactivate(PooledHandle& lease) noexcept;

    const TransportSettings& settings_;
    const RunAt run_at_;
    std::mutex mutex_;
    std::vector<LeasePtr> idle_;  ///< the most recently used one is last
    PooledHandle* active_ = nullptr;
    bool timer_is_set_ = false;
    std::size_t users_ = 0;  ///< number of threads in send()
    std::condition_variable unused_;
    bool shut_down_ = false;
};

}  // namespace sent::detail::http
