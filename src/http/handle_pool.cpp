#include "handle_pool.hpp"

#include <chrono>
#include <utility>

namespace sent::detail::http {

/// Has a lease for the time of one request.
class HandlePool::Loan {
  public:
    explicit Loan(HandlePool& pool) : pool_(pool), lease_(pool.take()) {}
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    ~Loan() { pool_.give_back(std::move(lease_)); }

    Lease& operator*() const noexcept { return *lease_; }

  private:
    HandlePool& pool_;
    LeasePtr lease_;
};

HandlePool::HandlePool(const TransportSettings& settings) : settings_(settings) {
    idle_.reserve(settings.options.max_idle_handles + 1);
}

TransportResult HandlePool::send(const HttpRequest& request) {
    const Loan loan(*this);
    return (*loan).run(request);
}

HandlePool::LeasePtr HandlePool::take() {
    const auto oldest = std::chrono::steady_clock::now() - settings_.options.max_idle_time;
    std::vector<LeasePtr> expired;  // closed after the lock is released
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (!idle_.empty() && idle_.back()->idle_since >= oldest) {
            LeasePtr lease = std::move(idle_.back());
            idle_.pop_back();
            activate(*lease);
            return lease;
        }
        expired.swap(idle_);  // when the last one is too old, all are
        idle_.reserve(expired.capacity());
    }
    auto lease = std::make_unique<Lease>(settings_);
    const std::lock_guard<std::mutex> lock(mutex_);
    activate(*lease);
    return lease;
}

void HandlePool::give_back(LeasePtr lease) noexcept {
    const auto now = std::chrono::steady_clock::now();
    LeasePtr closed;  // after the lock is released
    const std::lock_guard<std::mutex> lock(mutex_);
    deactivate(*lease);
    closed = std::move(lease);
    if (shut_down_ || !closed->reusable()) {
        return;
    }
    closed->idle_since = now;
    idle_.push_back(std::move(closed));
    const bool too_many = idle_.size() > settings_.options.max_idle_handles;
    if (too_many || idle_.front()->idle_since < now - settings_.options.max_idle_time) {
        closed = std::move(idle_.front());
        idle_.erase(idle_.begin());
    }
}

void HandlePool::activate(Lease& lease) noexcept {
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

void HandlePool::deactivate(Lease& lease) noexcept {
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
    for (Lease* lease = active_; lease != nullptr; lease = lease->next_active) {
        lease->abandon();
    }
}

}  // namespace sent::detail::http
