#include "core/worker_pool.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace sent::detail {
namespace {

struct Task {
    WorkerPool::SteadyTime when{};
    std::uint64_t number = 0;
    bool was_due = false;
    std::function<void()> run{};
};

/// For a heap whose front is the earliest; equal times in the order in which they came.
bool later(const Task& a, const Task& b) noexcept {
    return a.when != b.when ? a.when > b.when : a.number > b.number;
}

}  // namespace

struct WorkerPool::State {
    std::mutex mutex{};
    std::condition_variable wake{};
    std::condition_variable ended{};
    std::vector<Task> tasks{};
    std::uint64_t next_number = 0;
    int threads = 0;
    int idle = 0;
    /// Tasks that were due when they came and have not been taken yet.
    int due = 0;
    bool stopping = false;
};

namespace {

/// The pool whose task runs on this thread.
thread_local const void* current_pool = nullptr;

void run_guarded(const std::function<void()>& task) noexcept {
    try {
        task();
    } catch (...) {  // NOLINT(bugprone-empty-catch): there is nobody to tell, and the thread must go on
    }
}

}  // namespace

WorkerPool::WorkerPool() : state_(std::make_shared<State>()) {}

WorkerPool::~WorkerPool() {
    std::unique_lock lock{state_->mutex};
    state_->stopping = true;
    state_->wake.notify_all();
    const int own = current_pool == state_.get() ? 1 : 0;
    state_->ended.wait(lock, [&] { return state_->threads <= own; });
}

void WorkerPool::run_at(SteadyTime when, std::function<void()> task) {
    const auto state = state_;
    std::unique_lock lock{state->mutex};
    const bool is_due = when <= std::chrono::steady_clock::now();
    // Waiting for a time occupies nobody: an idle thread does it for all tasks that are not due.
    const int wanted = state->due + 1;
    if (state->idle < wanted && state->threads < max_threads && !start_thread(state) && state->threads == 0) {
        lock.unlock();
        run_guarded(task);
        return;
    }
    state->tasks.push_back({when, state->next_number++, is_due, std::move(task)});
    state->due += is_due ? 1 : 0;
    std::push_heap(state->tasks.begin(), state->tasks.end(), later);
    state->wake.notify_one();
}

bool WorkerPool::start_thread(const std::shared_ptr<State>& state) {
    try {
        std::thread{[state] { work(state); }}.detach();
        ++state->threads;
        return true;
    } catch (const std::exception&) {  // std::system_error, std::bad_alloc
        return false;
    }
}

void WorkerPool::work(const std::shared_ptr<State>& state) {
    constexpr std::chrono::seconds idle_time{5};
    current_pool = state.get();
    std::unique_lock lock{state->mutex};
    auto idle_until = std::chrono::steady_clock::now() + idle_time;
    while (true) {
        auto& tasks = state->tasks;
        const auto now = std::chrono::steady_clock::now();
        if (!tasks.empty() && (state->stopping || tasks.front().when <= now)) {
            std::pop_heap(tasks.begin(), tasks.end(), later);
            auto task = std::move(tasks.back().run);
            tasks.pop_back();
            lock.unlock();
            try {
                task();
            } catch (
                ...) {  // NOLINT(bugprone-empty-catch): there is nobody to tell, and the thread must go on
            }
            task = nullptr;
            lock.lock();
            idle_until = std::chrono::steady_clock::now() + idle_time;
            continue;
        }
        if (state->stopping || (tasks.empty() && now >= idle_until)) {
            break;
        }
        ++state->idle;
        // A copy: while the lock is released, others may move the tasks to another place.
        const auto until = tasks.empty() ? idle_until : tasks.front().when;
        state->wake.wait_until(lock, until);
        --state->idle;
    }
    --state->threads;
    state->ended.notify_all();
}

}  // namespace sent::detail
