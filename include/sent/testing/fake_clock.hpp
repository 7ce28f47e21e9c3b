#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include <sent/cancellation.hpp>
#include <sent/clock.hpp>
#include <sent/export.hpp>

namespace sent::testing {

/// Clock whose time moves only when the test moves it, or when a call waits for it: on its own thread with
/// wait_until(), or with call_at().
///
///     auto clock = std::make_shared<sent::testing::FakeClock>();
///     sent::Client client({.api_key = "k", .sender_id = "s", .transport = mock, .clock = clock});
///     auto contact = client.v2().contacts().get(id);  // answered 503, 503, 200: takes no time
///     EXPECT_EQ(clock->waits().size(), 2U);           // and these were the back-offs
///
/// Both clocks stand still between waits. The wall clock starts at 2026-01-01T00:00:00Z. Thread-safe. A
/// forked child continues with the time of its parent.
class SENT_TESTING_EXPORT FakeClock final : public Clock {
  public:
    enum class Mode {
        automatic,  ///< a wait moves the time to its end and returns at once, or calls its task at once
        manual      ///< a wait lasts until advance() or set() reaches its end
    };

    explicit FakeClock(Mode mode = Mode::automatic);
    FakeClock(const FakeClock&) = delete;
    FakeClock& operator=(const FakeClock&) = delete;
    ~FakeClock() override;

    [[nodiscard]] SteadyTime now() const override;
    [[nodiscard]] std::chrono::system_clock::time_point wall_now() const override;
    /// Waits until `when` as the mode says. Returns false if `cancel` is cancelled first. In either mode, a
    /// wait until SteadyTime::max() ends only by cancellation.
    bool wait_until(SteadyTime when, const CancellationToken& cancel) override;
    /// Calls `task` on the thread that moves the time to `when`, before the function that moves it returns.
    /// In automatic mode that is call_at() itself, unless a shorter wait is pending.
    [[nodiscard]] std::unique_ptr<Timer> call_at(SteadyTime when, std::function<void()> task) override;

    /// Advances both clocks, ends the waits that are due, and calls the tasks that are due, in their order.
    void advance(std::chrono::nanoseconds duration);
    /// Advances both clocks to `when` on the steady clock, like advance(). Does nothing if that has passed.
    void set(SteadyTime when);
    /// Sets the wall clock, as an operator might. The steady clock does not change.
    void set_wall(std::chrono::system_clock::time_point when);
    /// Changes the mode. A change to automatic also ends pending waits, the shortest first.
    void set_mode(Mode mode);

    /// Returns the time that has passed since the clock was made.
    [[nodiscard]] std::chrono::nanoseconds elapsed() const;
    /// Returns the requested duration of each wait, in the order in which they began. Waits for a time that
    /// had already passed are left out.
    [[nodiscard]] std::vector<std::chrono::nanoseconds> waits() const;
    /// Number of pending waits.
    [[nodiscard]] std::size_t waiting() const;
    /// Blocks, in real time, until at least `count` waits are pending. Returns false if `timeout` passes
    /// first. Default 10 s.
    [[nodiscard]] bool wait_for_waiters(std::size_t count,
                                        std::chrono::milliseconds timeout = std::chrono::seconds{10}) const;

  private:
    class Impl;
    class FakeTimer;
    std::shared_ptr<Impl> impl_;
};

}  // namespace sent::testing
