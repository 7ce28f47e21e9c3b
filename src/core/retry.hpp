#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string_view>

#include <sent/error.hpp>
#include <sent/operation.hpp>
#include <sent/options.hpp>

/// @file
/// The retry table of the design, section 4, as functions without state, and the budget that bounds it.

namespace sent::detail {

/// What is known of an attempt that has ended.
struct AttemptEnd {
    enum class How {
        answered,    ///< complete answer with `status`
        not_left,    ///< nothing reached the server; another try may fare better
        lost,        ///< may have left, no complete answer
        unreadable,  ///< the answer began, and reading it again would end the same: too large
        hopeless     ///< nothing reached the server, and nothing will: certificate, malformed request
    };
    How how = How::answered;
    int status = 0;
    /// Of the error body; empty when there is none.
    std::string_view code{};
    /// Server's `x-should-retry`.
    std::optional<bool> should_retry{};
    /// It is this machine that could not: no memory, no descriptors. That says nothing of the network.
    bool is_local = false;
};

enum class Verdict {
    succeeded,
    stop,
    retry,            ///< for a passing fault
    retry_throttled,  ///< 429
    retry_conflict    ///< the same key is in flight, or could not be looked up: short wait
};

/// Whether an attempt of this kind may be followed by another; how often is the caller's to count.
Verdict judge(const AttemptEnd& end, Safety safety, RetrySafety policy) noexcept;

/// What the attempt did to the service, when it was not a success.
Outcome outcome_of(const AttemptEnd& end) noexcept;

/// Wait before the retry of that number (from 0): initial_backoff doubled each time up to max_backoff,
/// shortened by up to a quarter; `random` is uniform in [0,1).
std::chrono::milliseconds back_off(const RetryOptions& options, int retry, double random) noexcept;

/// Uniform in [0,1), from a generator of the thread's own.
double random_fraction() noexcept;

/// Tokens that retries cost and successes bring back, shared by all calls of a client, so that an outage of
/// the service is not answered with a multiple of the load. Thread-safe, without locks.
class RetryBudget {
  public:
    static constexpr int capacity = 500;
    static constexpr int transient_cost = 14;
    static constexpr int throttled_cost = 5;

    /// Takes the price of the retry; false when there is not enough left.
    bool spend(Verdict verdict) noexcept;
    /// After a success; `retried` brings back what its retry has cost.
    void refill(Verdict last_retry) noexcept;
    [[nodiscard]] int tokens() const noexcept { return tokens_.load(std::memory_order_relaxed); }

  private:
    std::atomic<int> tokens_{capacity};
};

}  // namespace sent::detail
