#pragma once

#include <atomic>
#include <utility>

/// @file
/// Work on its way to an executor. For the library's own headers and sources.

namespace sent::detail {

/// Work that is done once, whatever becomes of the tasks that refer to it: by the first run(), or on the
/// thread that drops the last reference.
template <class Work>
class OnceTask {
  public:
    explicit OnceTask(Work work) : work_(std::move(work)) {}
    OnceTask(const OnceTask&) = delete;
    OnceTask& operator=(const OnceTask&) = delete;
    ~OnceTask() { run(); }

    /// An exception ends the program, since a destructor may be what calls this.
    void run() noexcept {
        if (!begun_.exchange(true)) {
            Work work = std::move(work_);  // what it holds is let go here, not with the last reference
            work();
        }
    }

  private:
    Work work_;
    std::atomic<bool> begun_{false};
};

}  // namespace sent::detail
