#pragma once

/// @file
/// The emulator's clock: the system's time at the start, advancing with the steady clock, plus the time that
/// a test has skipped.

#include <chrono>
#include <string>

namespace sent::testing::emulator {

using Time = std::chrono::system_clock::time_point;

/// Not thread-safe.
class Clock {
  public:
    Time now() const;
    /// By a century at most, all advances together.
    void advance(std::chrono::milliseconds by);
    void forget_advances() { advanced_ = {}; }

  private:
    Time start_ = std::chrono::system_clock::now();
    std::chrono::steady_clock::time_point steady_start_ = std::chrono::steady_clock::now();
    std::chrono::milliseconds advanced_{0};
};

/// Returns "2026-01-27T13:33:14.2705281+00:00", the format of v1 and v2.
std::string precise_timestamp(Time time);

/// Returns "2026-01-27T13:33:14Z", the format of webhook events.
std::string short_timestamp(Time time);

/// Returns the days since 1970 in UTC.
long long utc_day(Time time);

/// Returns the seconds to the next midnight in UTC, at least 1.
long long seconds_to_midnight(Time time);

}  // namespace sent::testing::emulator
