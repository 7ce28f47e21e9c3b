#pragma once

#include <chrono>
#include <cstddef>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SENT_TEST_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define SENT_TEST_SANITIZED 1
#endif
#endif
#if !defined(SENT_TEST_SANITIZED)
#define SENT_TEST_SANITIZED 0
#endif

namespace sent::test {

/// Whether a sanitizer watches this program: it takes more time and memory then.
inline constexpr bool sanitized = SENT_TEST_SANITIZED != 0;

/// The promise: a call ends by its deadline, and these milliseconds.
inline constexpr std::chrono::milliseconds deadline_slack{sanitized ? 500 : 100};

/// MiB for buffers, threads and stacks beside what is measured.
inline constexpr std::size_t memory_slack = sanitized ? 256 : 12;

}  // namespace sent::test
