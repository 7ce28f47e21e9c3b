#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <unordered_set>

#include <sent/cancellation.hpp>
#include <sent/clock.hpp>

namespace sent::detail {

/// A call that can be cancelled while it is pending.
class PendingCall {
  public:
    PendingCall() = default;
    PendingCall(const PendingCall&) = delete;
    PendingCall& operator=(const PendingCall&) = delete;
    virtual void cancel() noexcept = 0;

  protected:
    ~PendingCall() = default;
};

/// The pending asynchronous calls of a client. Limits their number, and ends all of them with the client (R2
/// in docs/reliability.md).
/// Thread-safe.
class PendingCalls {
  public:
    /// A place within the limit. Freed by the destructor. Must not outlive the PendingCalls.
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

    /// The first member of a call, so that it exists until everything else of the call is destroyed.
    class Entry {
      public:
        /// `place` is empty for a call that the limit does not count.
        Entry(std::shared_ptr<PendingCalls> calls, Place place) noexcept;
        Entry(const Entry&) = delete;
        Entry& operator=(const Entry&) = delete;
        ~Entry();
        /// From now on, cancel_all() cancels the call.
        void add(std::weak_ptr<PendingCall> call);
        void free_place() noexcept { place_.leave(); }
        /// The call has ended.
        void remove() noexcept;

      private:
        friend class PendingCalls;
        std::shared_ptr<PendingCalls> calls_;
        Place place_;
        std::weak_ptr<PendingCall> call_{};
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

    void cancel_all() noexcept;
    /// Waits until all calls are destroyed. Otherwise the last call would destroy the transport on the
    /// transport's own thread. Nobody could join that thread, and the process might exit or unload the
    /// library while it runs.
    void wait_until_destroyed(std::chrono::milliseconds patience) noexcept;

  private:
    struct Waiting {
        CancellationSource wake{};
        bool has_place = false;
    };
    [[nodiscard]] Place stop_waiting(Waiting& self) noexcept;
    void leave() noexcept;
    [[nodiscard]] std::shared_ptr<PendingCall> take_to_cancel() noexcept;

    const std::size_t most_;
    std::mutex mutex_{};
    /// Places that are taken.
    std::size_t count_ = 0;
    std::deque<Waiting*> waiting_{};
    /// Calls that have neither ended nor been cancelled by cancel_all().
    std::unordered_set<Entry*> calls_{};
    /// Calls that are not destroyed.
    std::size_t existing_ = 0;
    std::condition_variable all_destroyed_{};
};

}  // namespace sent::detail
