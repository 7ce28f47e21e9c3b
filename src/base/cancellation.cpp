#include <sent/cancellation.hpp>

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <new>
#include <thread>
#include <utility>
#include <vector>

#include "base/this_process.hpp"

namespace sent {

namespace detail {

namespace {

/// The callbacks of one process.
class Callbacks {
  public:
    explicit Callbacks(unsigned long long last_number = 0) noexcept : last_number_(last_number) {}
    Callbacks(const Callbacks&) = delete;
    Callbacks& operator=(const Callbacks&) = delete;
    ~Callbacks() = default;

    [[nodiscard]] unsigned long long last_number() const noexcept { return last_number_; }

    /// If it is too late to register, runs the callback and returns 0.
    unsigned long long add(std::function<void()>&& callback, const std::atomic<bool>& cancelled) {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            if (!cancelled.load(std::memory_order_acquire)) {
                return keep(std::move(callback));
            }
        }
        run(std::move(callback));
        return 0;
    }

    void remove(unsigned long long id) noexcept {
        // Destroyed after the lock is released, because its captures' destructors may run any code.
        std::function<void()> unused;
        std::unique_lock<std::mutex> lock(mutex_);
        const std::size_t index = index_of(id);
        if (index > further_.size()) {
            return;  // registered in the parent process
        }
        if (Registered& registered = at(index); registered.id == id) {
            unused.swap(registered.callback);
            registered.id = 0;
            if (index != 0) {
                free_.push_back(index);  // does not allocate: keep() has reserved the space
            }
            return;
        }
        if (running_thread_ != std::this_thread::get_id()) {
            finished_.wait(lock, [&] { return running_ != id; });
        }
    }

    void cancel(std::atomic<bool>& cancelled) noexcept {
        std::unique_lock<std::mutex> lock(mutex_);
        if (cancelled.exchange(true, std::memory_order_acq_rel)) {
            return;
        }
        running_thread_ = std::this_thread::get_id();
        for (std::size_t index = 0; index <= further_.size(); ++index) {
            Registered& registered = at(index);
            if (registered.id == 0) {
                continue;
            }
            running_ = std::exchange(registered.id, 0);
            std::function<void()> callback = std::move(registered.callback);
            lock.unlock();
            run(std::move(callback));
            lock.lock();
            running_ = 0;
            finished_.notify_all();
        }
        running_thread_ = {};
    }

  private:
    struct Registered {
        /// 0 if this place is free.
        unsigned long long id = 0;
        std::function<void()> callback{};
    };

    /// An id consists of a number that is never reused (high bits) and the index of the place (low bits).
    static constexpr unsigned index_bits = 24;
    static std::size_t index_of(unsigned long long id) noexcept {
        return static_cast<std::size_t>(id & ((1ULL << index_bits) - 1));
    }

    Registered& at(std::size_t index) noexcept { return index == 0 ? first_ : further_[index - 1]; }

    unsigned long long keep(std::function<void()>&& callback) {
        std::size_t index = 0;
        if (first_.id != 0) {
            if (free_.empty()) {
                free_.reserve(further_.size() + 1);
                further_.emplace_back();
                free_.push_back(further_.size());
            }
            index = free_.back();
            free_.pop_back();
        }
        Registered& registered = at(index);
        registered.callback = std::move(callback);
        registered.id = (++last_number_ << index_bits) | index;
        return registered.id;
    }

    /// Takes the callback by value, so that it and its captures are destroyed before this returns.
    // NOLINTNEXTLINE(performance-unnecessary-value-param): by value on purpose
    static void run(std::function<void()> callback) noexcept {
        try {
            callback();
        } catch (
            ...) {  // NOLINT(bugprone-empty-catch): callbacks must not throw; nobody could handle it here
        }
    }

    std::mutex mutex_{};
    std::condition_variable finished_{};
    /// Most sources have one callback at a time, which therefore needs no allocation.
    Registered first_{};
    std::vector<Registered> further_{};
    std::vector<std::size_t> free_{};
    unsigned long long last_number_;
    unsigned long long running_ = 0;
    std::thread::id running_thread_{};
};

}  // namespace

/// A child inherits the sources of its parent, but not the calls that wait for them, so it does not run
/// callbacks of its parent.
class CancellationState {
  public:
    CancellationState() : own() {}
    CancellationState(const CancellationState&) = delete;
    CancellationState& operator=(const CancellationState&) = delete;
    ~CancellationState() {
        if (process_ == this_process()) {
            own.~Callbacks();
        }
        childs_.destroy();
    }

    [[nodiscard]] bool cancelled() const noexcept { return cancelled_.load(std::memory_order_acquire); }

    /// If it is too late to register, runs the callback and returns 0.
    unsigned long long add(std::function<void()>&& callback) {
        return callbacks().add(std::move(callback), cancelled_);
    }

    void remove(unsigned long long id) noexcept {
        if (Callbacks* callbacks = process_ == this_process() ? &own : childs_.find()) {
            callbacks->remove(id);
        }
    }

    void cancel() noexcept {
        try {
            callbacks().cancel(cancelled_);
        } catch (const std::bad_alloc&) {  // happens only in a child, where nothing can have been registered
            cancelled_.store(true, std::memory_order_release);
        }
    }

  private:
    Callbacks& callbacks() {
        if (process_ == this_process()) {
            return own;
        }
        // Its ids must differ from the parent's: registrations of the parent may still exist.
        return childs_.here([this](const Callbacks* parents) {
            return Callbacks((parents != nullptr ? *parents : own).last_number() + 1);
        });
    }

    const std::uint64_t process_ = this_process();
    std::atomic<bool> cancelled_{false};
    /// Belongs to the process that made the source; a child does not destroy it.
    union {
        Callbacks own;
    };
    PerProcess<Callbacks> childs_{};
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
