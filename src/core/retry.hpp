#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string_view>

#include <sent/error.hpp>
#include <sent/operation.hpp>
#include <sent/options.hpp>

/// @file
/// The retry table (docs/retries.md) as a pure function, and the budget that limits retries.

namespace sent::detail {

/// What is known about an attempt that has ended.
struct AttemptEnd {
    enum class How {
        answered,    ///< the service's reply with `status`; a 2xx also confirms success
        not_left,    ///< nothing reached the server; a retry may succeed
        lost,        ///< may have left; no complete reply
        unreadable,  ///< a 2xx that is not the service's reply, or a reply that is too large
        wrong_peer,  ///< nothing reached the server: it refused our certificate, we refused its, or it has no
                     ///< TLS
        hopeless     ///< nothing reached the server, and no retry can succeed: malformed request
    };
    How how = How::answered;
    int status = 0;
    /// The code in the error body. Empty if there is none.
    std::string_view code{};
    /// The server's `x-should-retry`.
    std::optional<bool> should_retry{};
    /// The error body is not JSON, so a proxy may have written it.
    bool is_foreign = false;
};

enum class RetryDecision {
    stop,
    retry,            ///< after a transient failure
    retry_throttled,  ///< 429
    retry_conflict    ///< the same key is in flight or could not be looked up: short wait
};

/// Which requests the end of one attempt applies to.
enum class Extent {
    one_request,
    rate,      ///< all, until the service's wait is over: 429
    service,   ///< the same if the reply has a `Retry-After`, otherwise one request: 408 and most 5xx
    unclear,   ///< one or all: a 403 without a code
    whole_run  ///< all with the same credentials: revoked key, no balance, certificate
};

/// What the end of an attempt means. All members come from one row of the retry table, so that the same reply
/// is judged in one place only.
struct Judgement {
    /// Whether another attempt may follow. The caller counts the retries.
    RetryDecision decision = RetryDecision::stop;
    /// The effect of the attempt on the service.
    Outcome outcome = Outcome::unknown;
    Extent extent = Extent::one_request;
};

/// Judges an attempt that was not a success.
Judgement judge(const AttemptEnd& end, Safety safety, RetrySafety policy) noexcept;

/// Returns the wait before a retry, counted from 0: initial_backoff, doubled for each retry up to
/// max_backoff, then shortened by up to a quarter. `random` is uniform in [0,1).
std::chrono::milliseconds back_off(const RetryOptions& options, int retry, double random) noexcept;

/// Returns a uniform value in [0,1), from a generator of this thread.
double random_fraction() noexcept;

/// Tokens shared by all calls of a client. Retries cost tokens and successes return them, so that an outage
/// of the service does not multiply the load. Thread-safe, without locks.
class RetryBudget {
  public:
    static constexpr int capacity = 500;
    static constexpr int transient_cost = 14;
    static constexpr int throttled_cost = 5;

    /// Takes the cost of the retry. Returns false if too few tokens are left.
    bool spend(RetryDecision decision) noexcept;
    /// Called after a success. Returns the cost of the call's last retry to the budget, or one token if there
    /// was no retry.
    void refill(RetryDecision last_retry) noexcept;
    [[nodiscard]] int tokens() const noexcept { return tokens_.load(std::memory_order_relaxed); }

  private:
    std::atomic<int> tokens_{capacity};
};

}  // namespace sent::detail
