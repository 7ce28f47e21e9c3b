#pragma once

/// @file
/// The time of the emulator: that of the system when it started, running steadily, plus what a test let pass.

#include <chrono>
#include <string>

namespace sent::testing::emulator {

using Time = std::chrono::system_clock::time_point;

/// Not synchronised.
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

/// "2026-01-27T13:33:14.2705281+00:00", as v1 and v2 write it.
std::string precise_timestamp(Time time);

/// "2026-01-27T13:33:14Z", as webhook events have it.
std::string short_timestamp(Time time);

/// Days since 1970, in UTC.
long long utc_day(Time time);

/// Up to the next midnight in UTC; at least 1.
long long seconds_to_midnight(Time time);

}  // namespace sent::testing::emulator
