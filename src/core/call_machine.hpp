#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <sent/client.hpp>
#include <sent/clock.hpp>
#include <sent/http/transport.hpp>

#include "core/config.hpp"
#include "core/envelope.hpp"
#include "core/key_memory.hpp"
#include "core/logger.hpp"
#include "core/prepared_call.hpp"
#include "core/rate_limiter.hpp"
#include "core/retry.hpp"
#include "core/throttle.hpp"

namespace sent::detail {

/// The life of one call as a state machine without I/O. A driver starts it, carries out each Step, and
/// reports what happened and the current time. So the retry rules exist once, and tests need neither clock
/// nor socket.
///
/// Not thread-safe: the driver makes sure that its calls do not overlap.
class CallMachine {
  public:
    using SteadyTime = Clock::SteadyTime;
    using WallTime = std::chrono::system_clock::time_point;

    enum class Action {
        send,  ///< send request(), then call on_result
        wait,  ///< wait until `until`, then call on_wake; if cancelled before, call on_cancelled
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

    Step start(SteadyTime now);
    /// Called if the driver must wait before it can send, so the attempt has not begun. on_turn() or
    /// on_cancelled() follows.
    void postpone() noexcept {
        --attempts_;
        has_permit_ = shared_.limiter->enabled();  // has not been used
    }
    Step on_turn(SteadyTime now);
    Step on_result(TransportResult&& result, SteadyTime now, WallTime wall_now);
    Step on_wake(SteadyTime now);
    [[gnu::cold]] Step on_cancelled();
    /// The bulk run of this call has ended while the call waited.
    [[gnu::cold]] Step on_run_ended() { return end_with_run(); }
    /// The transport or timer was destroyed without reporting the end of the attempt or wait.
    [[gnu::cold]] Step on_dropped(bool was_sending);
    /// Ends the call without an error message, because memory has run out.
    [[gnu::cold]] Step end_without_words(ErrorKind kind, Outcome outcome) noexcept;

    /// The time by which the call must have ended.
    [[nodiscard]] SteadyTime deadline() const noexcept { return deadline_; }

    /// The request of the current attempt. Its timeouts are limited to the remaining time.
    [[nodiscard]] const HttpRequest& request() const noexcept { return call_.http; }

    /// Call once, when done. Empty after a success, whose result is in the target.
    [[nodiscard]] std::optional<Error> take_error() noexcept { return std::move(error_); }

  private:
    Step begin_attempt(SteadyTime now);
    Step begin_sending(SteadyTime now) noexcept;
    /// Returns the next step if the run's pause or end, or the client's rate limit, holds the attempt back.
    /// Otherwise returns nothing, and the call has a permit for now.
    std::optional<Step> held_back(SteadyTime now);
    [[gnu::cold]] std::optional<Step> wait_for_permit(SteadyTime now);
    [[gnu::cold]] void give_back_permit();
    Step answered(HttpResponse&& response, SteadyTime now, WallTime wall_now);
    [[gnu::cold]] Step failed(TransportError&& error, SteadyTime now);
    Step succeed(HttpResponse&& response, SteadyTime now, WallTime wall_now);
    /// Handles a 2xx that cannot be decoded, or does not prove that the service sent it.
    [[gnu::cold]] Step unreadable(HttpResponse& response, const Envelope& envelope);
    [[gnu::cold]] Route::ReplayMismatch replay_mismatch(std::string_view body);
    /// Handles a replayed reply to another request with the same key: the service has carried out nothing.
    [[gnu::cold]] Step refuse_replay(HttpResponse& response, const Route::ReplayMismatch& mismatch);
    /// Handles a refusal, by the status or (v3) inside a 2xx.
    [[gnu::cold]] Step refused(HttpResponse&& response, SteadyTime now, WallTime wall_now);
    /// Retries the call if judgement, number of retries, budget and deadline allow it. Otherwise ends it with
    /// `error`.
    [[gnu::cold]] Step retry_or_end(Error&& error, const AttemptEnd& end, const Judgement& judgement,
                                    SteadyTime now);
    /// If the request of a bulk run has not reached the service and the run waits for the service, returns
    /// the wait. Otherwise returns nothing.
    [[gnu::cold]] std::optional<Step> wait_for_service(Error& error, const AttemptEnd& end, SteadyTime now);
    /// Pauses the bulk run for `delay`. If that is longer than the run may wait, ends the run with `error`.
    /// Returns when a call without retries left may be tried again; SteadyTime::max() means never.
    [[gnu::cold]] SteadyTime hold_run_back(const Error& error, std::chrono::milliseconds delay,
                                           bool is_too_long, SteadyTime now);
    /// Waits, and keeps the error in case the run ends meanwhile.
    [[gnu::cold]] Step wait_with(Error& error, SteadyTime until);
    [[gnu::cold]] Step end_with_run();
    [[gnu::cold]] Step end(Error&& error);
    void blame_base_url(Error& error) const;
    /// Returns whether the caller's key may be used for this request.
    bool take_key(SteadyTime now);
    void release_key(bool may_be_done);
    [[gnu::cold]] Step out_of_time(std::string_view during);
    void note_meta(HttpResponse& response, std::string&& request_id);
    /// Removes the API key from the metadata, as from the error itself.
    [[gnu::cold]] void show_meta_of(Error& error);
    /// Returns where the reply is decoded: the target, or for an encoded request an object that is only
    /// checked.
    void* decoded_into();
    Envelope read_value(const HttpResponse& response);
    [[nodiscard]] bool is_write() const noexcept { return call_.safety != Safety::read; }
    [[gnu::cold]] void log_mismatches(const DecodeResult& decoded) const;
    [[nodiscard]] std::string_view secret() const noexcept { return shared_.config->api_key.reveal(); }
    [[nodiscard]] bool logs(LogLevel level) const noexcept { return shared_.logger->enabled(level); }
    [[gnu::cold]] void log(LogLevel level, const std::string& text) const;

    Shared shared_;
    PreparedCall& call_;
    CallTarget target_;
    /// The object that the reply to an encoded request is decoded into.
    std::shared_ptr<void> judged_{};
    SteadyTime deadline_ = SteadyTime::max();
    std::chrono::milliseconds attempt_timeout_{};
    std::chrono::milliseconds connect_timeout_{};
    SteadyTime sent_at_{};
    int attempts_ = 0;
    int retries_ = 0;
    /// The rate limiter permits this attempt at `permitted_at_`, and it has not been sent yet.
    bool has_permit_ = false;
    SteadyTime permitted_at_{};
    /// Identifies the caller's key in KeyMemory while the call uses it.
    std::string key_scope_{};
    bool has_key_ = false;
    /// An earlier attempt may have been carried out. Then no later failure makes the outcome of the call
    /// `not_sent` or `rejected`.
    bool may_be_done_ = false;
    RetryDecision last_retry_ = RetryDecision::stop;
    /// How the call ended. During a wait, how the last attempt ended.
    std::optional<Error> error_{};
};

}  // namespace sent::detail
