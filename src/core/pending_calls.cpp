#include "core/pending_calls.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace sent::detail {

PendingCalls::Place::Place(Place&& other) noexcept : pending_(std::exchange(other.pending_, nullptr)) {}

PendingCalls::Place& PendingCalls::Place::operator=(Place&& other) noexcept {
    if (this != &other) {
        leave();
        pending_ = std::exchange(other.pending_, nullptr);
    }
    return *this;
}

void PendingCalls::Place::leave() noexcept {
    if (auto* pending = std::exchange(pending_, nullptr)) {
        pending->leave();
    }
}

PendingCalls::Entry::Entry(std::shared_ptr<PendingCalls> calls, Place place) noexcept
    : calls_(std::move(calls)), place_(std::move(place)) {
    const std::lock_guard lock{calls_->mutex_};
    ++calls_->existing_;
}

PendingCalls::Entry::~Entry() {
    place_.leave();
    const std::lock_guard lock{calls_->mutex_};
    calls_->calls_.erase(this);
    if (--calls_->existing_ == 0) {
        calls_->all_destroyed_.notify_all();
    }
}

void PendingCalls::Entry::add(std::weak_ptr<PendingCall> call) {
    const std::lock_guard lock{calls_->mutex_};
    calls_->calls_.insert(this);
    call_ = std::move(call);
}

void PendingCalls::Entry::remove() noexcept {
    const std::lock_guard lock{calls_->mutex_};
    calls_->calls_.erase(this);
}

PendingCalls::Place PendingCalls::try_enter() noexcept {
    const std::lock_guard lock{mutex_};
    if (most_ != 0 && count_ >= most_) {
        return Place{};
    }
    ++count_;
    return Place{*this};
}

PendingCalls::Place PendingCalls::enter_beyond() noexcept {
    const std::lock_guard lock{mutex_};
    ++count_;
    return Place{*this};
}

PendingCalls::Place PendingCalls::enter(Clock& clock, Clock::SteadyTime until,
                                        const CancellationToken& cancel) {
    Waiting self;
    {
        const std::lock_guard lock{mutex_};
        if (most_ == 0 || count_ < most_) {
            ++count_;
            return Place{*this};
        }
        waiting_.push_back(&self);
    }
    try {
        const auto link = cancel.on_cancel([wake = self.wake] { wake.cancel(); });
        clock.wait_until(until, self.wake.token());
    } catch (...) {
        (void)stop_waiting(self);
        throw;
    }
    return stop_waiting(self);
}

/// Returns the place that it was given, if any.
PendingCalls::Place PendingCalls::stop_waiting(Waiting& self) noexcept {
    const std::lock_guard lock{mutex_};
    if (self.has_place) {
        return Place{*this};
    }
    waiting_.erase(std::find(waiting_.begin(), waiting_.end(), &self));
    return Place{};
}

void PendingCalls::cancel_all() noexcept {
    // One at a time, because a list of calls would need memory, and a client's destructor must not depend on
    // that.
    while (const auto call = take_to_cancel()) {
        call->cancel();
    }
}

/// Returns null if there is none.
std::shared_ptr<PendingCall> PendingCalls::take_to_cancel() noexcept {
    const std::lock_guard lock{mutex_};
    while (!calls_.empty()) {
        const auto first = calls_.begin();
        // Null for a call that is being destroyed and therefore ends without help.
        auto call = (*first)->call_.lock();
        calls_.erase(first);
        if (call) {
            return call;
        }
    }
    return nullptr;
}

void PendingCalls::wait_until_destroyed(std::chrono::milliseconds patience) noexcept {
    std::unique_lock lock{mutex_};
    all_destroyed_.wait_for(lock, patience, [this] { return existing_ == 0; });
}

/// Passes the place to the thread that has waited longest.
void PendingCalls::leave() noexcept {
    std::optional<CancellationSource> wake;
    {
        const std::lock_guard lock{mutex_};
        if (!waiting_.empty() && (most_ == 0 || count_ <= most_)) {
            waiting_.front()->has_place = true;
            wake = waiting_.front()->wake;
            waiting_.pop_front();
        } else {
            --count_;
        }
    }
    if (wake) {
        wake->cancel();
    }
}

}  // namespace sent::detail
