#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "branch_hints.hpp"

/// @file
/// Detects forks, in this one place. A child has a copy of its parent's memory but none of its threads: a
/// lock that one of them held stays locked, and a count that one of them was to take back stays. So a child
/// uses nothing of the kind that it finds, and makes its own.

namespace sent::detail {

/// The number of this process. A child has another one than its parent and all processes before, whether
/// `fork`, `_Fork` or `clone` made it. Any thread may call it; it costs a few instructions.
std::uint64_t this_process() noexcept;

/// A T for each process that needs one. What a parent had is neither used nor destroyed in its child: a
/// thread that the child does not have may hold its lock or be in the middle of changing it. Thread-safe.
///
/// Constant-initialised and without a destructor, so that static ones work at any time. The owner of another
/// one calls destroy().
template <class T>
class PerProcess {
  public:
    constexpr PerProcess() noexcept = default;
    PerProcess(const PerProcess&) = delete;
    PerProcess& operator=(const PerProcess&) = delete;
    ~PerProcess() = default;

    /// Null when this process has none yet.
    [[nodiscard]] T* find() const noexcept {
        Node* node = node_.load(std::memory_order_acquire);
        return node != nullptr && node->process == this_process() ? &node->value : nullptr;
    }

    /// The first time, `make(inherited)` returns it. `inherited` is the parent's, or null. Two threads may
    /// both make one; then one of them is destroyed at once.
    template <class Make>
    T& here(Make make) {
        Node* node = node_.load(std::memory_order_acquire);
        if (usually(node != nullptr) && usually(node->process == this_process())) {
            return node->value;
        }
        auto fresh = std::make_unique<Node>(node, make);
        if (node_.compare_exchange_strong(node, fresh.get(), std::memory_order_acq_rel)) {
            return fresh.release()->value;
        }
        return node->value;
    }

    /// What a parent had stays.
    void destroy() noexcept {
        if (find() != nullptr) {
            delete node_.exchange(nullptr);
        }
    }

  private:
    struct Node {
        template <class Make>
        Node(Node* parents, Make& make)
            : inherited(parents), value(make(parents != nullptr ? &parents->value : nullptr)) {}

        const std::uint64_t process = this_process();
        /// For tools that look for memory that nothing refers to.
        Node* const inherited;
        T value;
    };

    std::atomic<Node*> node_{nullptr};
};

}  // namespace sent::detail
