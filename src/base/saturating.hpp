#pragma once

#include <chrono>
#include <ratio>

/// @file
/// Arithmetic on times that stops at the limits of the clock instead of overflowing (A17 in
/// docs/reliability.md). Users may set any
/// duration, for example `std::chrono::hours::max()` for "never". Any folder may include this.

namespace sent::detail {

/// Converts a duration to other units. Returns the longest or shortest duration of those units if it does not
/// fit. Comparing durations of different units can overflow too, so convert them first.
template <class To, class Rep, class Period>
[[nodiscard]] constexpr To saturating_cast(std::chrono::duration<Rep, Period> value) noexcept {
    using From = std::chrono::duration<Rep, Period>;
    if constexpr (std::ratio_less_equal_v<typename To::period, Period>) {
        if (value >= std::chrono::duration_cast<From>(To::max())) {
            return To::max();
        }
        if (value <= std::chrono::duration_cast<From>(To::min())) {
            return To::min();
        }
    }
    return std::chrono::duration_cast<To>(value);
}

/// Returns `time` + `wait`.
template <class Clock, class Unit, class Rep, class Period>
[[nodiscard]] constexpr std::chrono::time_point<Clock, Unit> saturating_add(
    std::chrono::time_point<Clock, Unit> time, std::chrono::duration<Rep, Period> wait) noexcept {
    using Time = std::chrono::time_point<Clock, Unit>;
    const auto step = saturating_cast<Unit>(wait);
    if (step > Unit::zero() && time > Time::max() - step) {
        return Time::max();
    }
    if (step < Unit::zero() && time < Time::min() - step) {
        return Time::min();
    }
    return time + step;
}

/// Returns `time` - `age`.
template <class Clock, class Unit, class Rep, class Period>
[[nodiscard]] constexpr std::chrono::time_point<Clock, Unit> saturating_subtract(
    std::chrono::time_point<Clock, Unit> time, std::chrono::duration<Rep, Period> age) noexcept {
    using Time = std::chrono::time_point<Clock, Unit>;
    const auto step = saturating_cast<Unit>(age);
    if (step > Unit::zero() && time < Time::min() + step) {
        return Time::min();
    }
    if (step < Unit::zero() && time > Time::max() + step) {
        return Time::max();
    }
    return time - step;
}

/// Returns `later` - `earlier`.
template <class Clock, class Unit>
[[nodiscard]] constexpr Unit saturating_difference(std::chrono::time_point<Clock, Unit> later,
                                                   std::chrono::time_point<Clock, Unit> earlier) noexcept {
    return saturating_subtract(later, earlier.time_since_epoch()).time_since_epoch();
}

}  // namespace sent::detail
