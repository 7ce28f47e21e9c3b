#pragma once

#include <chrono>
#include <cstddef>

namespace sent::test {

/// Whether a sanitizer watches this program: it takes more time and memory then.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif
#else
inline constexpr bool sanitized = false;
#endif

/// The promise: a call ends by its deadline, and these milliseconds.
inline constexpr std::chrono::milliseconds deadline_slack{sanitized ? 500 : 100};

/// MiB for buffers, threads and stacks beside what is measured.
inline constexpr std::size_t memory_slack = sanitized ? 256 : 12;

}  // namespace sent::test
