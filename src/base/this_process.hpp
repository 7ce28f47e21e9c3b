#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <utility>

/// @file
/// The only place that detects forks. A child has a copy of its parent's memory but none of its threads. A
/// lock that one of those threads held stays locked, and a counter that it would have decremented stays as it
/// is. So a child uses neither the locks nor the counters that it inherits.

namespace sent::detail {

/// Returns the number of this process (A12 in docs/reliability.md). It differs from the numbers of all its
/// ancestors, whether `fork`,
/// `_Fork` or `clone` made the child. Thread-safe; costs a few instructions.
std::uint64_t this_process() noexcept;

/// One T per process (A4 in docs/reliability.md). A child neither uses nor destroys the T of its parent,
/// because a thread that does not exist in the child may hold its lock or may have been changing it.
/// Thread-safe.
///
/// Constant-initialised and trivially destructible, so that static objects can be used at any time. Other
/// owners call destroy().
template <class T>
class PerProcess {
  public:
    constexpr PerProcess() noexcept = default;
    PerProcess(const PerProcess&) = delete;
    PerProcess& operator=(const PerProcess&) = delete;
    ~PerProcess() = default;

    /// Returns null if this process has no T yet.
    [[nodiscard]] T* find() const noexcept {
        Node* node = node_.load(std::memory_order_acquire);
        return node != nullptr && node->process == this_process() ? &node->value : nullptr;
    }

    /// Returns the T of this process. `make(inherited)` makes it on first use; `inherited` is the parent's T,
    /// or null. One thread makes it and the others wait, so `make` may take over data of the parent.
    template <class Make>
    T& here(Make make) {
        Node* node = node_.load(std::memory_order_acquire);
        if (node != nullptr && node->process == this_process()) {
            return node->value;
        }
        return first_use(make);
    }

    /// Destroys the T of this process. Does not destroy its parents' Ts.
    void destroy() noexcept {
        if (find() != nullptr) {
            delete node_.exchange(nullptr);
            made_in_.store(0);
        }
    }

  private:
    template <class Make>
    [[gnu::cold]] T& first_use(Make& make) {
        const std::uint64_t process = this_process();
        for (;;) {
            std::uint64_t made_in = made_in_.load();
            if (T* made = find()) {
                return *made;
            }
            if (made_in != process && made_in_.compare_exchange_strong(made_in, process)) {
                return make_now(make);
            }
            std::this_thread::sleep_for(std::chrono::microseconds{50});
        }
    }

    template <class Make>
    T& make_now(Make& make) {
        try {
            auto* fresh = new Node(node_.load(), make);
            node_.store(fresh, std::memory_order_release);
            return fresh->value;
        } catch (...) {
            made_in_.store(0);  // another thread may try
            throw;
        }
    }

    struct Node {
        template <class Make>
        Node(Node* parents, Make& make)
            : inherited(parents), value(make(parents != nullptr ? &parents->value : nullptr)) {}

        const std::uint64_t process = this_process();
        /// Keeps the parent's node reachable, for leak checkers.
        Node* const inherited;
        T value;
    };

    std::atomic<Node*> node_{nullptr};
    /// The last process in which a thread began to make a T.
    std::atomic<std::uint64_t> made_in_{0};
};

/// Data with a lock, and a way to wait for a change. A child starts with `data.for_child()`, or, if a thread
/// of the parent held the lock during the fork, with default-constructed data. It does not destroy the data
/// of its parent, whose callbacks and calls it must not end.
template <class Data>
class Guarded {
    struct OfProcess {
        explicit OfProcess(Data initial) : data(std::move(initial)) {}
        explicit OfProcess(OfProcess* parents) {
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
        explicit Access(OfProcess& owner) : owner_(owner), lock_(owner.mutex) {}
        [[nodiscard]] Data* operator->() const noexcept { return &owner_.data; }
        [[nodiscard]] Data& operator*() const noexcept { return owner_.data; }
        void notify() const noexcept { owner_.changed.notify_all(); }
        template <class Condition>
        void wait(Condition condition) {
            owner_.changed.wait(lock_, condition);
        }
        template <class Condition>
        bool wait_for(std::chrono::milliseconds timeout, Condition condition) {
            return owner_.changed.wait_for(lock_, timeout, condition);
        }
        /// Releases the lock while it calls `work`, which must not throw.
        template <class Work>
        void run_unlocked(Work work) {
            lock_.unlock();
            work();
            lock_.lock();
        }

      private:
        OfProcess& owner_;
        std::unique_lock<std::mutex> lock_;
    };

    explicit Guarded(Data initial = {}) {
        state_.here([&](OfProcess* /*none*/) { return OfProcess{std::move(initial)}; });
    }
    Guarded(const Guarded&) = delete;
    Guarded& operator=(const Guarded&) = delete;
    ~Guarded() { state_.destroy(); }

    /// May throw std::bad_alloc, but only in a child.
    [[nodiscard]] Access lock() const {
        return Access{state_.here([](OfProcess* parents) { return OfProcess{parents}; })};
    }

  private:
    mutable PerProcess<OfProcess> state_{};
};

}  // namespace sent::detail
