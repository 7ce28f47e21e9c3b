#include "core/worker_pool.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "base/transport_thread.hpp"

namespace sent::detail {
namespace {

using Task = std::function<void()>;
using SteadyTime = WorkerPool::SteadyTime;

constexpr std::chrono::seconds idle_time{5};
/// How often the clock of a test is looked at. A wait by it would move the time of one that runs by itself.
constexpr std::chrono::milliseconds clock_interval{10};

struct Timer {
    SteadyTime when{};
    std::uint64_t number = 0;
    Task run{};
};

/// Heap order whose front is the earliest timer. Equal times keep their order.
bool later(const Timer& a, const Timer& b) noexcept {
    return a.when != b.when ? a.when > b.when : a.number > b.number;
}

/// Tasks for the threads in order, and the latest time at which each must run.
class Queue {
  public:
    [[nodiscard]] bool empty() const noexcept { return jobs_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return jobs_.size(); }
    /// Returns the earliest of these times.
    [[nodiscard]] SteadyTime end() const noexcept {
        return ends_.empty() ? SteadyTime::max() : ends_.begin()->first;
    }

    void push(std::uint64_t number, SteadyTime latest, Task task) {
        const auto place = jobs_.emplace(number, Job{latest, std::move(task)}).first;
        if (latest != SteadyTime::max()) {
            try {
                ends_.emplace(latest, number);
            } catch (...) {
                jobs_.erase(place);
                throw;
            }
        }
    }
    /// There must be a task.
    Task pop() noexcept { return take(jobs_.begin()); }
    /// At least one task must have such a time.
    Task pop_first_to_end() noexcept { return take(jobs_.find(ends_.begin()->second)); }

  private:
    struct Job {
        SteadyTime latest{};
        Task run{};
    };

    Task take(std::map<std::uint64_t, Job>::iterator job) noexcept {
        Task task = std::move(job->second.run);
        ends_.erase({job->second.latest, job->first});
        jobs_.erase(job);
        return task;
    }

    std::map<std::uint64_t, Job> jobs_{};
    std::set<std::pair<SteadyTime, std::uint64_t>> ends_{};
};

void run_guarded(Task& task) noexcept {
    try {
        task();
    } catch (...) {  // NOLINT(bugprone-empty-catch): nobody could handle it, and the thread must continue
    }
    task = nullptr;
}

/// The pool whose task is running on this thread.
thread_local const void* current_pool = nullptr;

}  // namespace

/// All but the mutex and the clock is guarded by the mutex.
struct WorkerPool::State : std::enable_shared_from_this<WorkerPool::State> {
    explicit State(std::shared_ptr<const Clock> own_clock) : clock(std::move(own_clock)) {}

    /// What `latest` is measured by; null for the system's.
    const std::shared_ptr<const Clock> clock;
    std::mutex mutex{};
    std::condition_variable work{};
    std::condition_variable time{};
    std::condition_variable ended{};
    Queue queue{};
    std::vector<Timer> timers{};
    std::uint64_t next_number = 0;
    int threads = 0;
    /// Number of threads that have nothing to do or are about to take a task from the queue.
    std::size_t idle = 0;
    bool has_timekeeper = false;
    bool stopping = false;

    [[nodiscard]] int all_threads() const noexcept { return threads + (has_timekeeper ? 1 : 0); }

    /// Whether a thread will take the next task that is pushed.
    bool has_thread_for_one_more() {
        return queue.size() < idle || (threads < max_threads && start_worker());
    }
    bool start_worker() {
        const bool has_started = start(&State::work_through);
        threads += has_started ? 1 : 0;
        idle += has_started ? 1U : 0U;
        return has_started;
    }
    bool ensure_timekeeper() {
        has_timekeeper = has_timekeeper || start(&State::keep_time);
        return has_timekeeper;
    }

    /// The new thread waits for the mutex, which the caller holds.
    bool start(void (State::*body)()) {
        try {
            std::thread{[state = shared_from_this(), body] { ((*state).*body)(); }}.detach();
            return true;
        } catch (const std::exception&) {  // std::system_error, std::bad_alloc
            return false;
        }
    }

    void run_unlocked(std::unique_lock<std::mutex>& lock, Task task) noexcept {
        lock.unlock();
        run_guarded(task);
        lock.lock();
    }

    void work_through() {
        const TransportThread here;
        current_pool = this;
        std::unique_lock lock{mutex};
        auto idle_until = std::chrono::steady_clock::now() + idle_time;
        while (!queue.empty() || (!stopping && std::chrono::steady_clock::now() < idle_until)) {
            if (queue.empty()) {
                work.wait_until(lock, idle_until);
                continue;
            }
            --idle;
            run_unlocked(lock, queue.pop());
            ++idle;
            idle_until = std::chrono::steady_clock::now() + idle_time;
        }
        --idle;
        --threads;
        ended.notify_all();
    }

    /// Waits for the times of all tasks. Runs due tasks itself only if all threads are busy.
    void keep_time() {
        const TransportThread here;
        current_pool = this;
        std::unique_lock lock{mutex};
        auto idle_until = std::chrono::steady_clock::now() + idle_time;
        for (;;) {
            const auto now = std::chrono::steady_clock::now();
            const auto queue_end = queue.end();
            if (!timers.empty() && (stopping || timers.front().when <= now)) {
                run_timer(lock);
            } else if (timers.empty() && stopping) {
                break;  // the other threads work through the queue
            } else if (queue_end <= (clock ? clock->now() : now)) {
                run_unlocked(lock, queue.pop_first_to_end());
            } else {
                const bool watches_clock = clock && queue_end != SteadyTime::max();
                const auto next = std::min(timers.empty() ? SteadyTime::max() : timers.front().when,
                                           watches_clock ? now + clock_interval : queue_end);
                if (next == SteadyTime::max() && timers.empty() && now >= idle_until) {
                    break;
                }
                time.wait_until(lock, next == SteadyTime::max() ? now + idle_time : next);
                continue;
            }
            idle_until = std::chrono::steady_clock::now() + idle_time;
        }
        has_timekeeper = false;
        ended.notify_all();
    }

    void run_timer(std::unique_lock<std::mutex>& lock) {
        std::pop_heap(timers.begin(), timers.end(), later);
        Timer timer = std::move(timers.back());
        timers.pop_back();
        if (!stopping && has_thread_for_one_more()) {
            try {
                queue.push(timer.number, SteadyTime::max(), timer.run);
                work.notify_one();
                return;
            } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): then it runs here
            }
        }
        run_unlocked(lock, std::move(timer.run));
    }
};

WorkerPool::WorkerPool(std::shared_ptr<const Clock> clock)
    : state_(std::make_shared<State>(std::move(clock))) {}

WorkerPool::~WorkerPool() {
    std::unique_lock lock{state_->mutex};
    state_->stopping = true;
    state_->work.notify_all();
    state_->time.notify_all();
    const int own = current_pool == state_.get() ? 1 : 0;
    state_->ended.wait(lock, [&] { return state_->all_threads() <= own; });
}

void WorkerPool::run_before(SteadyTime latest, std::function<void()> task) {
    const auto state = state_;
    std::unique_lock lock{state->mutex};
    const bool is_waiting = !state->has_thread_for_one_more();
    if (is_waiting && state->threads == 0) {
        lock.unlock();
        run_guarded(task);
        return;
    }
    state->queue.push(state->next_number++, latest, std::move(task));
    if (is_waiting && latest != SteadyTime::max() && state->ensure_timekeeper()) {
        state->time.notify_one();
    }
    state->work.notify_one();
}

void WorkerPool::run_at(SteadyTime when, std::function<void()> task) {
    const auto state = state_;
    std::unique_lock lock{state->mutex};
    if (!state->ensure_timekeeper()) {
        lock.unlock();
        run_guarded(task);
        return;
    }
    state->timers.push_back({when, state->next_number++, std::move(task)});
    std::push_heap(state->timers.begin(), state->timers.end(), later);
    state->time.notify_one();
}

}  // namespace sent::detail
