#include "core/worker_pool.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <list>
#include <mutex>
#include <thread>
#include <utility>

#include "base/signals_blocked.hpp"
#include "base/transport_thread.hpp"

namespace sent::detail {
namespace {

using SteadyTime = Clock::SteadyTime;

constexpr std::chrono::seconds idle_time{5};
/// How often the clock is looked at. A timer of the clock would move the time of a test's clock that moves by
/// itself.
constexpr std::chrono::milliseconds clock_interval{10};

/// The pool whose task is running on this thread.
thread_local const void* current_pool = nullptr;

}  // namespace

/// All but the mutex and the clock is guarded by the mutex.
struct WorkerPool::State : std::enable_shared_from_this<WorkerPool::State> {
    struct Job {
        SteadyTime latest{};
        std::function<void()> task{};
    };

    explicit State(std::shared_ptr<const Clock> own_clock) : clock(std::move(own_clock)) {}

    const std::shared_ptr<const Clock> clock;
    std::mutex mutex{};
    std::condition_variable work{};
    std::condition_variable time{};
    std::condition_variable ended{};
    std::list<Job> queue{};
    /// The earliest `latest` in the queue. May be too early.
    SteadyTime next_latest = SteadyTime::max();
    int threads = 0;
    /// Number of threads that have nothing to do or are about to take a job from the queue.
    std::size_t idle = 0;
    bool is_watching = false;
    bool stopping = false;

    [[nodiscard]] int all_threads() const noexcept { return threads + (is_watching ? 1 : 0); }

    /// Whether a thread will take the next job that is queued.
    bool has_thread_for_one_more() {
        if (queue.size() >= idle && threads < max_threads && start(&State::work_through)) {
            ++threads;
            ++idle;
        }
        return queue.size() < idle;
    }

    /// The new thread waits for the mutex, which the caller holds.
    bool start(void (State::*body)()) {
        try {
            const SignalsBlocked inherited_by_the_thread;
            std::thread{[state = shared_from_this(), body] { ((*state).*body)(); }}.detach();
            return true;
        } catch (const std::exception&) {  // std::system_error, std::bad_alloc
            return false;
        }
    }

    /// Runs the first of these jobs.
    static void run_first(std::list<Job>& jobs, std::unique_lock<std::mutex>& lock) noexcept {
        std::list<Job> first;
        first.splice(first.begin(), jobs, jobs.begin());
        lock.unlock();
        try {
            first.front().task();
        } catch (...) {  // NOLINT(bugprone-empty-catch): nobody could handle it, and the thread must continue
        }
        first.clear();
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
            run_first(queue, lock);
            ++idle;
            idle_until = std::chrono::steady_clock::now() + idle_time;
        }
        --idle;
        --threads;
        ended.notify_all();
    }

    /// Runs the jobs that can wait no longer, until no queued job has such a time.
    void watch() {
        const TransportThread here;
        current_pool = this;
        std::unique_lock lock{mutex};
        while (!stopping && !queue.empty() && next_latest != SteadyTime::max()) {
            time.wait_for(lock, clock_interval);
            if (const auto now = clock->now(); next_latest <= now) {
                auto late = take_late(now);
                while (!late.empty()) {
                    run_first(late, lock);
                }
            }
        }
        next_latest = SteadyTime::max();
        is_watching = false;
        ended.notify_all();
    }

    std::list<Job> take_late(SteadyTime now) noexcept {
        std::list<Job> late;
        next_latest = SteadyTime::max();
        for (auto job = queue.begin(); job != queue.end();) {
            const auto next = std::next(job);
            if (job->latest <= now) {
                late.splice(late.end(), queue, job);
            } else {
                next_latest = std::min(next_latest, job->latest);
            }
            job = next;
        }
        return late;
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
    std::list<State::Job> job;
    job.push_back({latest, std::move(task)});
    std::unique_lock lock{state->mutex};
    const bool is_waiting = !state->has_thread_for_one_more();
    if (is_waiting && state->threads == 0) {
        State::run_first(job, lock);
        return;
    }
    state->queue.splice(state->queue.end(), job);
    state->work.notify_one();
    if (is_waiting && latest != SteadyTime::max()) {
        state->next_latest = std::min(state->next_latest, latest);
        state->is_watching = state->is_watching || state->start(&State::watch);
    }
}

}  // namespace sent::detail
