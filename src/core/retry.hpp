#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string_view>

#include <sent/error.hpp>
#include <sent/operation.hpp>
#include <sent/options.hpp>

/// @file
/// The retry table (docs/retries.md) as a function without state, and the budget that bounds it.

namespace sent::detail {

/// What is known of an attempt that has ended.
struct AttemptEnd {
    enum class How {
        answered,    ///< the service's answer with `status`; with a 2xx, it says that it succeeded
        not_left,    ///< nothing reached the server; another try may fare better
        lost,        ///< may have left, no complete answer
        unreadable,  ///< a 2xx that is not the service's answer, or an answer that is too large
        wrong_peer,  ///< nothing reached the server: its certificate, or ours, was not accepted, or it speaks
                     ///< no TLS
        hopeless     ///< nothing reached the server, and nothing will: malformed request
    };
    How how = How::answered;
    int status = 0;
    /// Of the error body; empty when there is none.
    std::string_view code{};
    /// Server's `x-should-retry`.
    std::optional<bool> should_retry{};
    /// It is this machine that could not: no memory, no descriptors. That says nothing of the network.
    bool is_local = false;
    /// The error body is not JSON, so that a proxy may have written it.
    bool is_foreign = false;
};

enum class RetryDecision {
    stop,
    retry,            ///< for a passing fault
    retry_throttled,  ///< 429
    retry_conflict    ///< the same key is in flight, or could not be looked up: short wait
};

/// For which requests the end of one attempt holds.
enum class Extent {
    one_request,
    rate,      ///< for all, until the service's wait is over: 429
    service,   ///< the same, if the answer has a `Retry-After`; else for one request: 408 and most 5xx
    unclear,   ///< for one or for all: a 403 without a code
    whole_run  ///< for all that have the same credentials: revoked key, no balance, certificate
};

/// What an attempt's end means. All of it comes from one row of the retry table, so that no two places judge
/// the same answer.
struct Judgement {
    /// Whether another attempt may follow; how often is the caller's to count.
    RetryDecision decision = RetryDecision::stop;
    /// What the attempt did to the service.
    Outcome outcome = Outcome::unknown;
    Extent extent = Extent::one_request;
};

/// Judges an attempt that was no success.
Judgement judge(const AttemptEnd& end, Safety safety, RetrySafety policy) noexcept;

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
    bool spend(RetryDecision decision) noexcept;
    /// After a success; `retried` brings back what its retry has cost.
    void refill(RetryDecision last_retry) noexcept;
    [[nodiscard]] int tokens() const noexcept { return tokens_.load(std::memory_order_relaxed); }

  private:
    std::atomic<int> tokens_{capacity};
};

}  // namespace sent::detail
