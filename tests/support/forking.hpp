#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

namespace sent::test {

// A child that was forked amid other threads can do nothing with a sanitizer's allocator, or start no thread.
#if defined(__has_feature)
#define SENT_HAS_FEATURE(name) __has_feature(name)
#else
#define SENT_HAS_FEATURE(name) 0
#endif
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__) || SENT_HAS_FEATURE(address_sanitizer) || \
    SENT_HAS_FEATURE(thread_sanitizer)
inline constexpr bool can_fork = false;
#else
inline constexpr bool can_fork = true;
#endif

/// Runs `body` in a forked child; whether it returned true.
inline bool in_child(const std::function<bool()>& body) {
    const pid_t child = fork();
    if (child == 0) {
        _exit(body() ? 0 : 1);
    }
    int status = 0;
    return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// For tests that fork.
class ForkTest : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!can_fork) {
            GTEST_SKIP() << "fork does not work under this sanitizer";
        }
    }
};

}  // namespace sent::test
