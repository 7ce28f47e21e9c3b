#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

#include <sent/cancellation.hpp>
#include <sent/clock.hpp>
#include <sent/export.hpp>

namespace sent::testing {

/// Time that passes only when the test says so, or when somebody waits for it.
///
///     auto clock = std::make_shared<sent::testing::FakeClock>();
///     sent::Client client({.api_key = "k", .sender_id = "s", .transport = mock, .clock = clock});
///     auto contact = client.v2().contacts().get(id);  // answered 503, 503, 200: takes no time
///     EXPECT_EQ(clock->waits().size(), 2U);           // and these were the back-offs
///
/// Both clocks stand still between waits. The wall clock starts at 2026-01-01T00:00:00Z. Thread-safe. A
/// forked child goes on with the time of its parent.
class SENT_TESTING_EXPORT FakeClock final : public Clock {
  public:
    enum class Mode {
        automatic,  ///< a wait moves the time to its end, and returns at once
        manual      ///< a wait lasts until advance() or set() reaches its end
    };

    explicit FakeClock(Mode mode = Mode::automatic);
    FakeClock(const FakeClock&) = delete;
    FakeClock& operator=(const FakeClock&) = delete;
    ~FakeClock() override;

    [[nodiscard]] SteadyTime now() const override;
    [[nodiscard]] std::chrono::system_clock::time_point wall_now() const override;
    /// A wait until SteadyTime::max() ends by cancellation only, in either mode.
    bool wait_until(SteadyTime when, const CancellationToken& cancel) override;

    /// Lets time pass on both clocks and ends the waits that are due.
    void advance(std::chrono::nanoseconds duration);
    /// The same, up to a point of the steady clock; does nothing when that has passed.
    void set(SteadyTime when);
    /// Makes the wall clock jump, as when an operator sets it. The steady clock does not notice.
    void set_wall(std::chrono::system_clock::time_point when);
    /// To automatic: also ends the waits that are under way, the shortest first.
    void set_mode(Mode mode);

    /// Since the clock was made.
    [[nodiscard]] std::chrono::nanoseconds elapsed() const;
    /// How long each wait was asked to be, in the order in which they began. Waits for a moment that had
    /// passed are left out.
    [[nodiscard]] std::vector<std::chrono::nanoseconds> waits() const;
    /// Waits under way.
    [[nodiscard]] std::size_t waiting() const;
    /// Blocks, in real time, until at least so many waits are under way. False when `timeout` was over first.
    [[nodiscard]] bool wait_for_waiters(std::size_t count,
                                        std::chrono::milliseconds timeout = std::chrono::seconds{10}) const;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace sent::testing
