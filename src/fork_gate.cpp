#include "fork_gate.hpp"

#include <openssl/crypto.h>
#include <pthread.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "branch_hints.hpp"
#include "this_process.hpp"

namespace sent::detail {

namespace {

constexpr std::chrono::seconds longest_wait_of_fork{10};
constexpr std::chrono::seconds longest_wait_at_exit{1};
constexpr std::chrono::microseconds pause{50};

/// Threads that hold a gate. Constant-initialised, like the other counters, because clients may exist before
/// main().
std::atomic<int> inside{0};
/// Threads that are about to fork. While it is not 0, no thread gets a gate.
std::atomic<int> forking{0};
/// The process that the two counters belong to.
std::atomic<std::uint64_t> counted_in{0};
/// A gate is never released: the process is about to end.
std::atomic<bool> is_exiting{false};
/// Gates that this thread holds. If a signal handler forks, the thread does not wait for itself.
thread_local int depth = 0;

/// Resets the counters in a child, which `_Fork` and `clone` do not do. A gate that another thread of the
/// child got in the meantime is not counted.
void count_for_this_process() noexcept {
    const std::uint64_t process = this_process();
    std::uint64_t counted = counted_in.load();
    if (counted != process && counted_in.compare_exchange_strong(counted, process)) {
        forking.store(0);
        inside.store(depth > 0 ? 1 : 0);
        is_exiting.store(false);
    }
}

[[gnu::cold]] void wait_for_forks() noexcept {
    count_for_this_process();
    while (forking.load() > 0) {
        inside.fetch_sub(1);
        while (forking.load() > 0) {
            std::this_thread::sleep_for(pause);
        }
        inside.fetch_add(1);
    }
}

extern "C" {
static void sent_before_fork() {
    count_for_this_process();
    forking.fetch_add(1);
    const int self = depth > 0 ? 1 : 0;
    const auto begun = std::chrono::steady_clock::now();
    const auto is_too_long = [begun] {
        return std::chrono::steady_clock::now() - begun >=
               (is_exiting.load() ? longest_wait_at_exit : longest_wait_of_fork);
    };
    while (inside.load() > self && !is_too_long()) {
        std::this_thread::sleep_for(pause);
    }
}
static void sent_after_fork_in_parent() {
    forking.fetch_sub(1);
}
static void sent_after_fork_in_child() {
    count_for_this_process();
}
}  // extern "C"

/// Runs when this code is loaded: before the first client, and in most programs before the first thread.
[[gnu::constructor]] void watch_forks() {
    counted_in.store(this_process());
    pthread_atfork(&sent_before_fork, &sent_after_fork_in_parent, &sent_after_fork_in_child);
}

/// OpenSSL takes a lock when a thread that has used it ends, after all destructors of C++. This is done
/// before, with a gate.
struct EndOfThread {
    EndOfThread() = default;
    EndOfThread(const EndOfThread&) = delete;
    EndOfThread& operator=(const EndOfThread&) = delete;
    ~EndOfThread() {
        const ForkGate gate;
        OPENSSL_thread_stop();
    }
};
thread_local const EndOfThread end_of_thread;

}  // namespace

ForkGate::ForkGate() noexcept {
    if (depth++ == 0) {
        static_cast<void>(&end_of_thread);  // registers its destructor
        inside.fetch_add(1);
        if (seldom(forking.load() > 0)) {
            wait_for_forks();
        }
    }
}

void ForkGate::hold_until_exit() {
    static std::atomic<const ForkGate*> last{nullptr};  // reachable, for leak checkers
    // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): never released
    last = new ForkGate;
    is_exiting = true;
}

ForkGate::~ForkGate() {
    if (--depth == 0) {
        inside.fetch_sub(1);
    }
}

}  // namespace sent::detail
