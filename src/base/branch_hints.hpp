#pragma once

/// @file
/// Branch hints for the path of a successful send, the most frequent call. Other paths are as correct without
/// hints, only slightly slower. Between two calls, the kernel, the server and TLS evict our branches from the
/// processor's predictor, so it assumes that every branch falls through. A branch that does not costs as much
/// as dozens of instructions. The hints make the compiler lay out the successful path as straight-line code;
/// without them it guesses wrong in functions that check for exceptions. See docs/performance.md.

namespace sent::detail {

#if defined(__GNUC__)
[[gnu::always_inline]] constexpr bool usually(bool condition) noexcept {
    return __builtin_expect(static_cast<long>(condition), 1L) != 0;
}
[[gnu::always_inline]] constexpr bool seldom(bool condition) noexcept {
    return __builtin_expect(static_cast<long>(condition), 0L) != 0;
}
#else
constexpr bool usually(bool condition) noexcept {
    return condition;
}
constexpr bool seldom(bool condition) noexcept {
    return condition;
}
#endif

}  // namespace sent::detail
