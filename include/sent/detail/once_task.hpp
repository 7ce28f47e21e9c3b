#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

/// @file
/// Work that is passed to an executor. For the library's own headers and sources.

namespace sent::detail {

/// Work that runs exactly once, whatever happens to the tasks that refer to it: in the first run(), or on the
/// thread that drops the last reference.
template <class Work>
class OnceTask {
  public:
    explicit OnceTask(Work work) : work_(std::move(work)) {}
    OnceTask(const OnceTask&) = delete;
    OnceTask& operator=(const OnceTask&) = delete;
    ~OnceTask() { run(); }

    /// Runs the work unless it has run. An exception ends the program, because a destructor may call this.
    void run() noexcept {
        if (!begun_.exchange(true)) {
            Work work = std::move(work_);  // releases what it holds here, not with the last reference
            work();
        }
    }

  private:
    Work work_;
    std::atomic<bool> begun_{false};
};

/// Passes `work` to an executor. If the executor throws or drops it, it runs on the thread where that
/// happens. Returns false if the executor threw. If memory runs out, throws std::bad_alloc and does not move
/// from `work`.
template <class Work>
bool hand_over(const std::function<void(std::function<void()>)>& executor, Work&& work) {
    const auto task = std::make_shared<OnceTask<std::decay_t<Work>>>(std::forward<Work>(work));
    try {
        executor([task] { task->run(); });
    } catch (...) {
        return false;
    }
    return true;
}

}  // namespace sent::detail
