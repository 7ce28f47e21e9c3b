#include "base/fork_gate.hpp"

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "support/forking.hpp"

namespace sent::detail {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

void let_pass(milliseconds time) {
    const auto end = Clock::now() + time;
    while (Clock::now() < end) {
        std::this_thread::yield();
    }
}

/// While it is set, each fork takes some milliseconds after the library has been told of it.
std::atomic<bool> forks_are_slow{false};

extern "C" {
static void slow_fork() {
    if (forks_are_slow) {
        std::this_thread::sleep_for(milliseconds{5});
    }
}
}

/// Before that of the library, so that this handler runs after the library's.
[[gnu::constructor(101)]] void watch_forks_first() {
    pthread_atfork(&slow_fork, nullptr, nullptr);
}

class A4_ForkGate : public test::ForkTest {};

TEST_F(A4_ForkGate, IsNotKeptWaitingByConstantForking) {
    // In a process of its own, which is killed if it hangs.
    EXPECT_TRUE(test::in_child([] {
        alarm(20);
        forks_are_slow = true;
        std::atomic<bool> stop{false};
        std::atomic<int> forks{0};
        std::vector<std::thread> forkers;
        for (int i = 0; i < 16; ++i) {
            forkers.emplace_back([&] {
                while (!stop) {
                    (void)test::in_child([] { return true; });
                    ++forks;
                }
            });
        }
        while (forks == 0) {
            std::this_thread::yield();
        }
        auto longest = Clock::duration::zero();
        for (int i = 0; i < 20; ++i) {
            const auto begun = Clock::now();
            const ForkGate gate;
            longest = std::max(longest, Clock::now() - begun);
        }
        stop = true;
        for (auto& forker : forkers) {
            forker.join();
        }
        return longest < seconds{5};
    }));
}

#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
TEST_F(A4_ForkGate, CountsRightlyInAChildThatWasMadeWithoutHandlers) {
    std::atomic<bool> is_held{false};
    std::atomic<bool> may_end{false};
    std::thread holder([&] {
        const ForkGate gate;
        is_held = true;
        while (!may_end) {
            std::this_thread::yield();
        }
    });
    while (!is_held) {
        std::this_thread::yield();
    }
    const pid_t child = _Fork();
    if (child == 0) {
        alarm(20);
        // Twice: the first fork is when the counts of the parent are forgotten.
        for (int round = 0; round < 2; ++round) {
            std::atomic<bool> is_inside{false};
            std::atomic<bool> has_left{false};
            std::thread own([&] {
                const ForkGate gate;
                is_inside = true;
                let_pass(milliseconds{200});
                has_left = true;
            });
            while (!is_inside) {
                std::this_thread::yield();
            }
            const bool works = test::in_child([&] { return has_left.load(); });
            own.join();
            if (!works) {
                _exit(1);
            }
        }
        _exit(0);
    }
    int status = -1;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0)
        << "a fork did not wait for a gate: " << status;
    may_end = true;
    holder.join();
}
#endif

TEST_F(A4_ForkGate, AThreadWithAGateDoesNotWaitForItselfInAChildEither) {
    const ForkGate gate;
    EXPECT_TRUE(test::in_child([] {
        alarm(20);
        { const ForkGate inner; }
        const auto begun = Clock::now();
        return test::in_child([] { return true; }) && Clock::now() - begun < seconds{5};
    }));
}

TEST(ForkGate, RunsTasksWhenTheLastGateOfTheThreadIsOpen) {
    std::string order;
    ForkGate::when_open([&] { order += "at once, "; });
    {
        const ForkGate outer;
        {
            const ForkGate inner;
            ForkGate::when_open([&] { order += "first, "; });
            ForkGate::when_open([] { throw std::runtime_error{"dropped"}; });
            ForkGate::when_open([&] {
                const ForkGate again;
                order += "second";
            });
        }
        order += "still held, ";
    }
    EXPECT_EQ(order, "at once, still held, first, second");
}

}  // namespace
}  // namespace sent::detail
