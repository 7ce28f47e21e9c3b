#pragma once

/// @file
/// Which way a send goes that succeeds, the call that is made by the million; others are as right without a
/// hint, and a little slower. Until the next call the kernel, the server and TLS have made the processor
/// forget our branches, and it takes each to go straight on: a branch that does not costs what dozens of
/// instructions do. The compiler lays the code out by what it is told here; by itself it guesses wrong where
/// a function looks for exceptions and finds none. See docs/performance.md.

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
