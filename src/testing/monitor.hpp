#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "base/this_process.hpp"

namespace sent::testing {

/// Data with a lock, and a way to wait for a change. A child starts with `data.for_child()`, or, if a thread
/// of the parent held the lock during the fork, with default-constructed data.
template <class Data>
class Monitor {
    struct Slot {
        explicit Slot(Data initial) : data(std::move(initial)) {}
        explicit Slot(Slot* parents) {
            if (const std::unique_lock lock{parents->mutex, std::try_to_lock}) {
                data = parents->data.for_child();
            }
        }

        std::mutex mutex{};
        std::condition_variable changed{};
        Data data{};
    };

  public:
    /// Holds the lock for as long as it lives, except while it waits.
    class Access {
      public:
        explicit Access(Slot& slot) : slot_(slot), lock_(slot.mutex) {}
        [[nodiscard]] Data* operator->() const noexcept { return &slot_.data; }
        [[nodiscard]] Data& operator*() const noexcept { return slot_.data; }
        void notify() const noexcept { slot_.changed.notify_all(); }
        template <class Condition>
        void wait(Condition condition) {
            slot_.changed.wait(lock_, condition);
        }
        template <class Condition>
        bool wait_for(std::chrono::milliseconds timeout, Condition condition) {
            return slot_.changed.wait_for(lock_, timeout, condition);
        }

      private:
        Slot& slot_;
        std::unique_lock<std::mutex> lock_;
    };

    explicit Monitor(Data initial = {}) {
        slots_.here([&](Slot* /*none*/) { return Slot{std::move(initial)}; });
    }
    Monitor(const Monitor&) = delete;
    Monitor& operator=(const Monitor&) = delete;
    ~Monitor() { slots_.destroy(); }

    [[nodiscard]] Access lock() const {
        return Access{slots_.here([](Slot* parents) { return Slot{parents}; })};
    }

  private:
    mutable detail::PerProcess<Slot> slots_{};
};

}  // namespace sent::testing
