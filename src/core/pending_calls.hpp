#pragma once

#include <cstddef>
#include <deque>
#include <mutex>

#include <sent/cancellation.hpp>
#include <sent/clock.hpp>

namespace sent::detail {

/// Bounds how many asynchronous calls of a client are under way. Thread-safe.
class PendingCalls {
  public:
    /// A call's place among them, given up when destroyed. Must not outlive the PendingCalls.
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

    /// 0: as many as like.
    explicit PendingCalls(std::size_t most) : most_(most) {}

    /// False when there are as many as may be.
    [[nodiscard]] Place try_enter() noexcept;
    /// A place beyond the limit, if need be.
    [[nodiscard]] Place enter_beyond() noexcept;
    /// Waits for a place, first come, first served. False at `until`, and when `cancel` fires.
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
