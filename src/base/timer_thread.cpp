#include "base/timer_thread.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <new>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "base/process_exit.hpp"
#include "base/thread_exit.hpp"

namespace sent::detail {

/// The tasks and the thread of one process. The thread uses the clock only while a task waits, because the
/// clock may be destroyed once there is none.
class TimerThread::State final : public Retirable, public std::enable_shared_from_this<State> {
  public:
    using SteadyTime = sent::Clock::SteadyTime;
    using Task = std::function<void()>;
    /// Tasks with the same time keep their order.
    using Key = std::pair<SteadyTime, std::uint64_t>;

    explicit State(sent::Clock& clock) : clock_(clock) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() override { forget_destroyed(); }

    void start() {
        retire_at_exit(shared_from_this());
        const std::lock_guard lock{mutex_};
        thread_ = start_background_thread(exit_, [self = shared_from_this()] { self->run(); });
    }

    Key add(SteadyTime when, Task&& task) {
        std::unique_lock lock{mutex_};
        if (is_retired_) {
            throw std::system_error{std::make_error_code(std::errc::operation_canceled),
                                    "the process is exiting"};
        }
        const auto added = tasks_.emplace(Key{when, ++last_number_}, std::move(task)).first;
        const Key key = added->first;
        if (added == tasks_.begin()) {
            wake(lock);
        }
        return key;
    }

    void remove(const Key& key) noexcept {
        if (process_ != this_process()) {
            return;  // a thread of the parent may have held the lock during the fork
        }
        std::map<Key, Task>::node_type dropped;  // destroyed after the lock is released
        std::unique_lock lock{mutex_};
        dropped = tasks_.extract(key);
        if (thread_id_ == std::this_thread::get_id()) {
            return;
        }
        if (tasks_.empty()) {
            wake(lock);
        }
        changed_.wait(lock, [&] { return running_ != key.second && (!uses_clock_ || !tasks_.empty()); });
    }

    void stop() noexcept {
        std::map<Key, Task> dropped;
        std::unique_lock lock{mutex_};
        is_stopping_ = true;
        dropped.swap(tasks_);
        std::thread thread = std::move(thread_);
        wake(lock);
        lock.unlock();
        if (!thread.joinable()) {
            return;  // retired
        }
        if (thread.get_id() == std::this_thread::get_id()) {
            detach_until_exit(std::move(thread), exit_);
        } else {
            thread.join();
        }
    }

    void retire(Retirable::Clock::time_point deadline) noexcept override {
        std::unique_lock lock{mutex_};
        is_retired_ = true;
        if (thread_.joinable()) {
            thread_.detach();
        }
        wake(lock);
        if (thread_id_ != std::this_thread::get_id()) {
            changed_.wait_until(lock, deadline, [this] { return is_resting_ || is_stopping_; });
        }
        if (is_stopping_ && !is_resting_) {
            lock.unlock();
            exit_->retire(deadline);  // the thread uses OpenSSL once more when it ends
        }
    }

  private:
    void run() noexcept {
        std::unique_lock lock{mutex_};
        thread_id_ = std::this_thread::get_id();
        while (!is_stopping_) {
            if (is_retired_) {
                is_resting_ = true;
                changed_.notify_all();
                changed_.wait(lock, [] { return false; });
            } else if (tasks_.empty()) {
                changed_.wait(lock);
            } else if (tasks_.begin()->first.first <= reached_) {
                run_first(lock);
            } else {
                wait_for_first(lock);
            }
        }
    }

    void run_first(std::unique_lock<std::mutex>& lock) noexcept {
        const auto first = tasks_.begin();
        running_ = first->first.second;
        Task task = std::move(first->second);
        tasks_.erase(first);
        lock.unlock();
        try {
            task();
        } catch (...) {  // NOLINT(bugprone-empty-catch): see Clock::call_at()
        }
        task = nullptr;  // what it holds is destroyed without the lock
        lock.lock();
        running_ = 0;
        changed_.notify_all();
    }

    void wait_for_first(std::unique_lock<std::mutex>& lock) noexcept {
        const SteadyTime when = tasks_.begin()->first.first;
        uses_clock_ = true;
        try {
            interrupt_.emplace();
        } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): see wait_until()
        }
        lock.unlock();
        const SteadyTime reached = wait_until(when);
        lock.lock();
        reached_ = std::max(reached_, reached);
        interrupt_.reset();
        uses_clock_ = false;
        changed_.notify_all();
    }

    /// Returns up to which time tasks are due. If memory runs out, looks at the clock from time to time.
    SteadyTime wait_until(SteadyTime when) noexcept {
        constexpr std::chrono::milliseconds pause_without_memory{10};
        try {
            if (interrupt_) {
                const bool has_arrived = clock_.wait_until(when, interrupt_->token());
                return has_arrived ? std::max(when, clock_.now()) : SteadyTime::min();
            }
        } catch (...) {  // NOLINT(bugprone-empty-catch): handled like an interrupt that cannot be made
        }
        std::this_thread::sleep_for(pause_without_memory);
        try {
            return clock_.now();
        } catch (...) {
            return SteadyTime::min();
        }
    }

    /// Makes the thread look at its tasks again.
    void wake(std::unique_lock<std::mutex>& lock) noexcept {
        changed_.notify_all();
        if (const auto interrupt = interrupt_) {
            lock.unlock();  // the clock is called
            interrupt->cancel();
            lock.lock();
        }
    }

    sent::Clock& clock_;
    const std::uint64_t process_ = this_process();
    const std::shared_ptr<ThreadExit> exit_ = std::make_shared<ThreadExit>();
    std::mutex mutex_{};
    std::condition_variable changed_{};
    std::thread thread_{};
    std::thread::id thread_id_{};
    std::map<Key, Task> tasks_{};
    std::uint64_t last_number_ = 0;
    /// The number of the running task, or 0.
    std::uint64_t running_ = 0;
    /// Tasks up to this time are due.
    SteadyTime reached_ = SteadyTime::min();
    bool uses_clock_ = false;
    /// Ends a wait by the clock.
    std::optional<CancellationSource> interrupt_{};
    bool is_stopping_ = false;
    bool is_retired_ = false;
    bool is_resting_ = false;
};

class TimerThread::ThreadTimer final : public Timer {
  public:
    explicit ThreadTimer(std::shared_ptr<State> state) noexcept : state_(std::move(state)) {}
    ThreadTimer(const ThreadTimer&) = delete;
    ThreadTimer& operator=(const ThreadTimer&) = delete;
    ~ThreadTimer() override {
        if (key_) {
            state_->remove(*key_);
        }
    }

    void add(Clock::SteadyTime when, std::function<void()>&& task) {
        key_ = state_->add(when, std::move(task));
    }

  private:
    std::shared_ptr<State> state_;
    /// Empty if add() has thrown.
    std::optional<State::Key> key_{};
};

TimerThread::~TimerThread() {
    if (const auto* state = state_.find()) {
        const auto kept = *state;
        kept->stop();
        state_.destroy();
    }
}

std::unique_ptr<Timer> TimerThread::call_at(Clock::SteadyTime when, std::function<void()> task) {
    const auto& state = state_.here([this](const std::shared_ptr<State>* /*parents*/) {
        auto fresh = std::make_shared<State>(clock_);
        fresh->start();
        return fresh;
    });
    auto timer = std::make_unique<ThreadTimer>(state);
    timer->add(when, std::move(task));
    return timer;
}

}  // namespace sent::detail
