#pragma once

#include <chrono>
#include <optional>
#include <string>

#include <sent/client.hpp>
#include <sent/clock.hpp>
#include <sent/http/transport.hpp>

#include "core/admission.hpp"
#include "core/attempt.hpp"
#include "core/config.hpp"
#include "core/key_memory.hpp"
#include "core/logger.hpp"
#include "core/prepared_call.hpp"
#include "core/rate_limiter.hpp"
#include "core/retry.hpp"
#include "core/retry_plan.hpp"
#include "core/throttle.hpp"

namespace sent::detail {

/// The life of one call as a state machine without I/O (docs/decisions/0001), so that the rules about retries
/// exist once for both drivers, and tests need neither clock nor socket. A driver starts it, carries out each
/// Step, and reports what has happened and the current time.
///
/// Not thread-safe: the driver makes sure that its calls do not overlap.
class CallMachine {
  public:
    using SteadyTime = Clock::SteadyTime;
    using WallTime = std::chrono::system_clock::time_point;

    enum class Action {
        send,  ///< send begin_attempt(), then call on_result; or wait for a thread, then call on_wake
        wait,  ///< wait until `until`, then call on_wake
        done   ///< take the result
    };
    struct Step {
        Action action = Action::done;
        SteadyTime until{};
    };

    /// What the calls of one client share. Must outlive the machine.
    struct Shared {
        const Config* config = nullptr;
        const Logger* logger = nullptr;
        RetryBudget* budget = nullptr;
        RateLimiter* limiter = nullptr;
        KeyMemory* keys = nullptr;
        /// Pauses all calls of a bulk run together. Null if the call belongs to none.
        Throttle* throttle = nullptr;
    };

    /// The object that `target` points to must exist until the machine is done, `call` as long as the
    /// machine.
    CallMachine(const Shared& shared, PreparedCall& call, CallTarget target);
    CallMachine(const CallMachine&) = delete;
    CallMachine& operator=(const CallMachine&) = delete;
    ~CallMachine() = default;

    Step start(SteadyTime now) { return resume(now, nullptr, {}); }
    Step on_wake(SteadyTime now) { return resume(now, nullptr, {}); }
    Step on_result(TransportResult&& result, SteadyTime now, WallTime wall_now) {
        return resume(now, &result, wall_now);
    }

    /// Returns the request of the attempt that was admitted, with credentials and with its timeouts limited
    /// to the remaining time. Valid until on_result(). Call once for each attempt, when it leaves.
    const HttpRequest& begin_attempt();

    // The ways in which a call ends early.

    /// The call was cancelled while it waited.
    Step on_cancelled();
    /// The bulk run of this call has ended while the call waited.
    Step on_run_ended();
    /// The transport or timer was destroyed without reporting the end of the attempt or wait.
    Step on_dropped(bool was_sending);
    /// Ends the call without an error message, because memory has run out.
    Step end_without_words(ErrorKind kind, Outcome outcome) noexcept;

    /// The time by which the call must have ended.
    [[nodiscard]] SteadyTime deadline() const noexcept { return admission_.deadline(); }

    /// Call once, when done. Empty after a success, whose result is in the target.
    [[nodiscard]] std::optional<Error> take_error() noexcept { return std::move(error_); }

  private:
    /// Where resume() continues.
    enum class Stage { start, admission, answer };

    Step resume(SteadyTime now, TransportResult* result, WallTime wall_now);
    Problem refuse_to_start(SteadyTime now);
    void note_answer(const std::optional<FailedAttempt>& failed, SteadyTime now, WallTime wall_now);
    Step wait_for_retry(FailedAttempt&& failed, SteadyTime until);
    Step succeed();
    Step fail(FailedAttempt&& failed);
    Step end(Error&& error);
    /// Returns whether the caller's key may be used for this request.
    bool take_key(SteadyTime now);
    void release_key(bool may_be_done);

    Shared shared_;
    PreparedCall& call_;
    CallTarget target_;
    CallLog log_;
    Admission admission_;
    RetryPlan plan_;
    Stage stage_ = Stage::start;
    /// The call's limits for each attempt.
    std::chrono::milliseconds attempt_timeout_;
    std::chrono::milliseconds connect_timeout_;
    SteadyTime admitted_at_{};
    int attempts_ = 0;
    /// Identifies the caller's key in KeyMemory while the call uses it.
    std::string key_scope_{};
    bool has_key_ = false;
    /// An earlier attempt may have been carried out. Then no later failure makes the outcome of the call
    /// `not_sent` or `rejected`.
    bool may_be_done_ = false;
    /// How the call ended. During a wait, how the last attempt ended.
    std::optional<Error> error_{};
};

}  // namespace sent::detail
