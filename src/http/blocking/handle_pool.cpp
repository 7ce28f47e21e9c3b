#include "http/blocking/handle_pool.hpp"

#include <chrono>
#include <new>
#include <optional>
#include <utility>

#include "http/transfer/not_sent.hpp"

namespace sent::detail::http {

/// Leases a handle for one request. Has none if the pool has been shut down.
class HandlePool::Loan {
  public:
    explicit Loan(HandlePool& pool) : pool_(pool), handle_(pool.take()) {}
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    ~Loan() {
        if (handle_) {
            pool_.give_back(std::move(handle_));
        }
    }

    [[nodiscard]] PooledHandle* get() const noexcept { return handle_.get(); }

  private:
    HandlePool& pool_;
    LeasePtr handle_;
};

/// The task of the timer. If the loop drops it because memory runs out, the next request sets another timer.
class HandlePool::Closing {
  public:
    explicit Closing(std::weak_ptr<HandlePool> pool) noexcept : pool_(std::move(pool)) {}
    Closing(const Closing&) = delete;
    Closing& operator=(const Closing&) = delete;
    ~Closing() {
        if (const auto pool = pool_.lock()) {
            pool->forget_timer();
        }
    }

    void run() noexcept {
        if (const auto pool = std::exchange(pool_, {}).lock()) {
            pool->close_idle();
        }
    }

  private:
    std::weak_ptr<HandlePool> pool_;
};

HandlePool::HandlePool(const TransportSettings& settings, RunAt run_at)
    : settings_(settings), run_at_(std::move(run_at)) {
    idle_.reserve(settings.options.max_idle_handles + 1);
}

TransportResult HandlePool::send(const HttpRequest& request) {
    std::optional<Loan> loan;
    try {
        loan.emplace(*this);
    } catch (const std::bad_alloc&) {
        return out_of_memory(false);
    }
    if (loan->get() == nullptr) {
        return not_sent(TransportErrorKind::cancelled, "the transport has been shut down");
    }
    return loan->get()->run(request);
}

HandlePool::LeasePtr HandlePool::take() {
    const auto oldest = std::chrono::steady_clock::now() - settings_.options.max_idle_time;
    std::vector<LeasePtr> expired;  // closed after the lock is released
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (shut_down_) {
            return nullptr;
        }
        ++users_;
        if (!idle_.empty() && idle_.back()->idle_since >= oldest) {
            LeasePtr lease = std::move(idle_.back());
            idle_.pop_back();
            activate(*lease);
            return lease;
        }
        expired.swap(idle_);  // if the most recent one is too old, all are
    }
    try {
        expired.clear();
        auto lease = std::make_unique<PooledHandle>(settings_);
        const std::lock_guard<std::mutex> lock(mutex_);
        activate(*lease);
        return lease;
    } catch (...) {
        leave();
        throw;
    }
}

void HandlePool::give_back(LeasePtr lease) noexcept {
    const auto now = std::chrono::steady_clock::now();
    LeasePtr closed;
    bool must_set_timer = false;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        deactivate(*lease);
        closed = std::move(lease);
        if (!shut_down_ && closed->reusable()) {
            closed = keep(std::move(closed), now);
            must_set_timer = !idle_.empty() && !std::exchange(timer_is_set_, true);
        }
        if (!closed && !must_set_timer) {
            --users_;
            return;
        }
    }
    // Closed without the lock. Until it is closed, this thread counts as a user.
    closed.reset();
    if (must_set_timer) {
        close_later(now + settings_.options.max_idle_time);
    }
    leave();
}

/// Keeps the handle, and returns the one that must be closed instead, if any.
HandlePool::LeasePtr HandlePool::keep(LeasePtr lease, std::chrono::steady_clock::time_point now) noexcept {
    lease->idle_since = now;
    if (settings_.options.max_idle_time.count() <= 0) {
        return lease;
    }
    try {
        idle_.push_back(std::move(lease));
    } catch (...) {
        return lease;  // out of memory; push_back has not moved from it
    }
    if (idle_.size() <= settings_.options.max_idle_handles) {
        return nullptr;
    }
    LeasePtr oldest = std::move(idle_.front());
    idle_.erase(idle_.begin());
    return oldest;
}

void HandlePool::close_later(std::chrono::steady_clock::time_point when) noexcept {
    try {
        run_at_(when, [closing = std::make_shared<Closing>(weak_from_this())] { closing->run(); });
    } catch (...) {
        forget_timer();
    }
}

void HandlePool::forget_timer() noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    timer_is_set_ = false;
}

void HandlePool::close_idle() noexcept {
    const auto max_idle = settings_.options.max_idle_time;
    const auto oldest = std::chrono::steady_clock::now() - max_idle;
    while (take_expired(oldest)) {
        // The handle is closed here, without the lock.
    }
    std::chrono::steady_clock::time_point next;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        timer_is_set_ = !idle_.empty();
        if (!timer_is_set_) {
            return;
        }
        next = idle_.front()->idle_since + max_idle;
    }
    close_later(next);
}

/// Returns the handle that has been idle longest, if it has been idle too long.
HandlePool::LeasePtr HandlePool::take_expired(std::chrono::steady_clock::time_point oldest) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (idle_.empty() || idle_.front()->idle_since > oldest) {
        return nullptr;
    }
    LeasePtr expired = std::move(idle_.front());
    idle_.erase(idle_.begin());
    return expired;
}

void HandlePool::leave() noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    --users_;
    unused_.notify_all();
}

bool HandlePool::wait_until_unused(std::chrono::steady_clock::time_point deadline) {
    std::unique_lock<std::mutex> lock(mutex_);
    return unused_.wait_until(lock, deadline, [this] { return users_ == 0; });
}

void HandlePool::activate(PooledHandle& lease) noexcept {
    lease.previous_active = nullptr;
    lease.next_active = active_;
    if (active_ != nullptr) {
        active_->previous_active = &lease;
    }
    active_ = &lease;
    if (shut_down_) {
        lease.abandon();
    }
}

void HandlePool::deactivate(PooledHandle& lease) noexcept {
    (lease.previous_active != nullptr ? lease.previous_active->next_active : active_) = lease.next_active;
    if (lease.next_active != nullptr) {
        lease.next_active->previous_active = lease.previous_active;
    }
}

void HandlePool::shut_down() noexcept {
    std::vector<LeasePtr> idle;
    const std::lock_guard<std::mutex> lock(mutex_);
    shut_down_ = true;
    idle.swap(idle_);
    for (PooledHandle* lease = active_; lease != nullptr; lease = lease->next_active) {
        lease->abandon();
    }
}

}  // namespace sent::detail::http
