#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "support/posix.hpp"

namespace sent::test {

/// Judges whether something ended by its deadline. Beside it another thread waits for the same moment; how
/// late that one wakes up is what the machine, not the library, adds.
class Stopwatch {
  public:
    explicit Stopwatch(std::chrono::milliseconds deadline)
        : end_(Clock::now() + deadline), canary_(start_thread([this] { watch(); })) {}
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;
    ~Stopwatch() {
        if (canary_.joinable()) {
            canary_.join();
        }
    }

    /// How long after the deadline this is called, less the machine's part; below zero when before it.
    std::chrono::milliseconds lateness() {
        const auto now = Clock::now();
        canary_.join();
        return std::chrono::duration_cast<std::chrono::milliseconds>(now - end_ - 2 * noise_);
    }

  private:
    using Clock = std::chrono::steady_clock;

    void watch() {
        // A dozen waits, as a call has some too; the worst counts.
        constexpr int waits = 12;
        const auto step = std::max<Clock::duration>((end_ - Clock::now()) / waits, Clock::duration::zero());
        for (auto next = Clock::now() + step; next <= end_; next += step) {
            std::this_thread::sleep_until(next);
            noise_ = std::max<Clock::duration>(noise_, Clock::now() - next);
            if (step == Clock::duration::zero()) {
                break;
            }
        }
    }

    Clock::time_point end_;
    Clock::duration noise_{};
    std::thread canary_;
};

}  // namespace sent::test
