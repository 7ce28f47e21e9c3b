#include <sent/cancellation.hpp>

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace sent {

namespace detail {

class CancellationState {
  public:
    [[nodiscard]] bool cancelled() const noexcept { return cancelled_.load(std::memory_order_acquire); }

    /// Zero, and the callback has run, when it is too late to register.
    unsigned long long add(std::function<void()> callback) {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            if (!cancelled()) {
                callbacks_.emplace(++last_id_, std::move(callback));
                return last_id_;
            }
        }
        run(std::move(callback));
        return 0;
    }

    void remove(unsigned long long id) noexcept {
        std::function<void()> unused;  // destroyed after the lock is released: its captures may do anything
        std::unique_lock<std::mutex> lock(mutex_);
        const auto found = callbacks_.find(id);
        if (found != callbacks_.end()) {
            unused.swap(found->second);
            callbacks_.erase(found);
            return;
        }
        if (running_thread_ != std::this_thread::get_id()) {
            finished_.wait(lock, [&] { return running_ != id; });
        }
    }

    void cancel() noexcept {
        std::unique_lock<std::mutex> lock(mutex_);
        if (cancelled_.exchange(true, std::memory_order_acq_rel)) {
            return;
        }
        running_thread_ = std::this_thread::get_id();
        while (!callbacks_.empty()) {
            const auto first = callbacks_.begin();
            running_ = first->first;
            std::function<void()> callback = std::move(first->second);
            callbacks_.erase(first);
            lock.unlock();
            run(std::move(callback));
            lock.lock();
            running_ = 0;
            finished_.notify_all();
        }
        running_thread_ = {};
    }

  private:
    /// Takes the callback, so that it and its captures are gone when this returns.
    // NOLINTNEXTLINE(performance-unnecessary-value-param): that is what it takes it for
    static void run(std::function<void()> callback) noexcept {
        try {
            callback();
        } catch (
            ...) {  // NOLINT(bugprone-empty-catch): must not throw, by contract; here nobody could handle it
        }
    }

    std::atomic<bool> cancelled_{false};
    std::mutex mutex_;
    std::condition_variable finished_;
    std::map<unsigned long long, std::function<void()>> callbacks_;
    unsigned long long last_id_ = 0;
    unsigned long long running_ = 0;
    std::thread::id running_thread_{};
};

}  // namespace detail

CancellationToken::Registration::Registration(std::shared_ptr<detail::CancellationState> state,
                                              unsigned long long id) noexcept
    : state_(std::move(state)), id_(id) {}

CancellationToken::Registration::Registration(Registration&& other) noexcept
    : state_(std::move(other.state_)), id_(std::exchange(other.id_, 0)) {}

CancellationToken::Registration& CancellationToken::Registration::operator=(Registration&& other) noexcept {
    if (this != &other) {
        reset();
        state_ = std::move(other.state_);
        id_ = std::exchange(other.id_, 0);
    }
    return *this;
}

CancellationToken::Registration::~Registration() {
    reset();
}

void CancellationToken::Registration::reset() noexcept {
    const auto state = std::move(state_);
    const auto id = std::exchange(id_, 0);
    if (state && id != 0) {
        state->remove(id);
    }
}

bool CancellationToken::cancelled() const noexcept {
    return state_ && state_->cancelled();
}

CancellationToken::Registration CancellationToken::on_cancel(std::function<void()> callback) const {
    if (!state_ || !callback) {
        return {};
    }
    return Registration(state_, state_->add(std::move(callback)));
}

CancellationSource::CancellationSource() : state_(std::make_shared<detail::CancellationState>()) {}

void CancellationSource::cancel() const noexcept {
    // A callback may destroy the last source.
    const auto state = state_;
    if (state) {
        state->cancel();
    }
}

}  // namespace sent
