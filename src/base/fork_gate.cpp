#include "base/fork_gate.hpp"

#include <openssl/crypto.h>
#include <pthread.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "base/this_process.hpp"

namespace sent::detail {

namespace {

constexpr std::chrono::seconds longest_wait_of_fork{10};
constexpr std::chrono::seconds longest_wait_at_exit{1};
constexpr std::chrono::microseconds pause{50};

/// The number of threads in one process. One word holds number and process, so that no thread of a child can
/// count before the parent's number is reset. Constant-initialised, because clients may exist before main().
class ThreadCount {
  public:
    /// Resets the number if it belongs to a parent. Call it before the other functions.
    void begin(std::uint64_t process) noexcept {
        const std::uint64_t none = process << number_bits;
        std::uint64_t word = word_.load();
        while ((word & ~number_mask) != none && !word_.compare_exchange_weak(word, none)) {
        }
    }
    [[nodiscard]] int number() const noexcept { return static_cast<int>(word_.load() & number_mask); }
    void add(int by) noexcept { word_.fetch_add(static_cast<std::uint64_t>(by)); }

  private:
    static constexpr unsigned number_bits = 20;
    static constexpr std::uint64_t number_mask = (std::uint64_t{1} << number_bits) - 1;

    std::atomic<std::uint64_t> word_{0};
};

/// Threads that hold a gate.
ThreadCount inside;
/// Threads that wait for a gate.
ThreadCount waiting;
/// Threads that are about to fork. While there are any, no thread gets a gate.
ThreadCount forking;
/// The process in which a gate is never released, because exit() has begun.
std::atomic<std::uint64_t> exiting_in{0};

/// What this thread has added to the counts of `process`, so that a fork in a signal handler does not wait
/// for its own thread.
struct Share {
    std::uint64_t process = 0;
    int inside = 0;
    int waiting = 0;
};
thread_local Share own;
/// The number of nested gates of this thread.
thread_local int depth = 0;
/// Tasks that this thread runs when it releases its outermost gate. A pointer, because gates are used until
/// the very end of a thread.
thread_local std::vector<std::function<void()>>* postponed = nullptr;

/// Also counts the thread that continues in a child.
[[gnu::cold]] void begin_counts(std::uint64_t process) noexcept {
    for (ThreadCount* all : {&inside, &waiting, &forking}) {
        all->begin(process);
    }
    own.process = process;
    inside.add(own.inside);
    waiting.add(own.waiting);
}

/// Prepares the counts for this process, and returns its number.
std::uint64_t count_here() noexcept {
    const std::uint64_t process = this_process();
    if (own.process != process) {
        begin_counts(process);
    }
    return process;
}

void count(ThreadCount& all, int& of_thread, int by) noexcept {
    count_here();
    of_thread += by;
    all.add(by);
}

bool somebody_forks() noexcept {
    count_here();
    return forking.number() > 0;
}

/// Forks that begin while this thread is counted as waiting let it in first.
[[gnu::cold]] void wait_for_forks() noexcept {
    count(waiting, own.waiting, 1);
    do {
        count(inside, own.inside, -1);
        while (somebody_forks()) {
            std::this_thread::sleep_for(pause);
        }
        count(inside, own.inside, 1);
    } while (somebody_forks());
    count(waiting, own.waiting, -1);
}

void run_guarded(const std::function<void()>& task) noexcept {
    try {
        task();
    } catch (...) {  // NOLINT(bugprone-empty-catch): see when_open
    }
}

[[gnu::cold]] void run_postponed() noexcept {
    const std::unique_ptr<std::vector<std::function<void()>>> tasks(std::exchange(postponed, nullptr));
    for (const auto& task : *tasks) {
        run_guarded(task);
    }
}

extern "C" {
static void sent_before_fork() {
    const std::uint64_t process = count_here();
    const auto begun = std::chrono::steady_clock::now();
    const auto wait_for_others = [&](const ThreadCount& all, int of_thread) {
        while (all.number() > of_thread) {
            const auto longest = exiting_in.load() == process ? longest_wait_at_exit : longest_wait_of_fork;
            if (std::chrono::steady_clock::now() - begun >= longest) {
                return;
            }
            std::this_thread::sleep_for(pause);
        }
    };
    wait_for_others(waiting, own.waiting);
    forking.add(1);
    wait_for_others(inside, own.inside);
}
static void sent_after_fork_in_parent() {
    count_here();
    forking.add(-1);
}
static void sent_after_fork_in_child() {
    count_here();
}
}  // extern "C"

/// Runs when this code is loaded: before the first client, and in most programs before the first thread.
[[gnu::constructor]] void watch_forks() {
    (void)this_process();  // maps its page
    pthread_atfork(&sent_before_fork, &sent_after_fork_in_parent, &sent_after_fork_in_child);
}

/// When a thread that has used OpenSSL ends, OpenSSL takes a lock, after all C++ destructors. Stopping it
/// here does that earlier, under a gate.
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
        count(inside, own.inside, 1);
        if (forking.number() > 0) {
            wait_for_forks();
        }
    }
}

void ForkGate::when_open(std::function<void()> task) {
    if (depth == 0) {
        run_guarded(task);
        return;
    }
    if (postponed == nullptr) {
        postponed = new std::vector<std::function<void()>>;  // NOLINT(cppcoreguidelines-owning-memory)
    }
    postponed->push_back(std::move(task));
}

void ForkGate::hold_until_exit() {
    static std::atomic<const ForkGate*> last{nullptr};  // reachable, for leak checkers
    // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): never released
    last = new ForkGate;
    exiting_in = this_process();
}

ForkGate::~ForkGate() {
    if (--depth == 0) {
        count(inside, own.inside, -1);
        if (postponed != nullptr) {
            run_postponed();
        }
    }
}

}  // namespace sent::detail
