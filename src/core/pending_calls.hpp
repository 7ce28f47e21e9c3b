#pragma once

#include <cstddef>
#include <deque>
#include <mutex>

#include <sent/cancellation.hpp>
#include <sent/clock.hpp>

namespace sent::detail {

/// Limits the number of pending asynchronous calls of a client. Thread-safe.
class PendingCalls {
  public:
    /// A place for one call. Freed by the destructor. Must not outlive the PendingCalls.
    class Place {
      public:
        Place() = default;
        Place(Place&& other) noexcept;
        Place& operator=(Place&& other) noexcept;
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;
        ~Place() { leave(); }
        void leave() noexcept;
        [[nodiscard]] explicit operator bool() const noexcept { return pending_ != nullptr; }

      private:
        friend class PendingCalls;
        explicit Place(PendingCalls& pending) noexcept : pending_(&pending) {}
        PendingCalls* pending_ = nullptr;
    };

    /// 0 means unlimited.
    explicit PendingCalls(std::size_t most) : most_(most) {}

    /// Returns an empty Place if the limit has been reached.
    [[nodiscard]] Place try_enter() noexcept;
    /// Always returns a place, if necessary beyond the limit.
    [[nodiscard]] Place enter_beyond() noexcept;
    /// Waits for a place, first come, first served. Returns an empty Place at `until`, or when `cancel`
    /// fires.
    [[nodiscard]] Place enter(Clock& clock, Clock::SteadyTime until, const CancellationToken& cancel);

  private:
    struct Waiting {
        CancellationSource wake{};
        bool has_place = false;
    };
    [[nodiscard]] Place stop_waiting(Waiting& self) noexcept;
    void leave() noexcept;

    const std::size_t most_;
    std::mutex mutex_{};
    std::size_t count_ = 0;
    std::deque<Waiting*> waiting_{};
};

}  // namespace sent::detail
