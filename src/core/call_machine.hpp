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

/// The life of one call as a state machine without I/O. A driver starts it, does what each Step says, and
/// tells it what happened and what time it is; so the rules of retrying exist once, and are tested without
/// clock or socket.
///
/// Not thread-safe: a driver must see to it that its calls do not overlap.
class CallMachine {
  public:
    using SteadyTime = Clock::SteadyTime;
    using WallTime = std::chrono::system_clock::time_point;

    enum class Action {
        send,  ///< put request() on the wire and report to on_result
        wait,  ///< until `until`, then report to on_wake; when cancelled before, to on_cancelled
        done   ///< take the result
    };
    struct Step {
        Action action = Action::done;
        SteadyTime until{};
    };

    /// What the calls of one client share. Outlives the machine.
    struct Shared {
        const Config* config = nullptr;
        const Logger* logger = nullptr;
        RetryBudget* budget = nullptr;
        RateLimiter* limiter = nullptr;
        KeyMemory* keys = nullptr;
        /// Null, or what pauses all calls of a bulk run together.
        Throttle* throttle = nullptr;
    };

    /// The driver keeps what `target` points to until the machine is done, and the call as long as the
    /// machine.
    CallMachine(const Shared& shared, PreparedCall& call, CallTarget target);

    Step start(SteadyTime now);
    /// The driver must wait before it can send: the attempt has not begun. on_turn() follows, or
    /// on_cancelled().
    void postpone() noexcept {
        --attempts_;
        has_permit_ = shared_.limiter->enabled();  // not used yet
    }
    Step on_turn(SteadyTime now);
    Step on_result(TransportResult&& result, SteadyTime now, WallTime wall_now);
    Step on_wake(SteadyTime now);
    [[gnu::cold]] Step on_cancelled();
    /// The bulk run of this call has ended while it waited.
    [[gnu::cold]] Step on_run_ended() { return end_with_run(); }
    /// The driver has lost sight of the attempt, or of the wait.
    [[gnu::cold]] Step on_dropped(bool was_sending);
    /// Ends the call where there is no memory for more.
    [[gnu::cold]] Step end_without_words(ErrorKind kind, Outcome outcome) noexcept;

    /// When the call must be over.
    [[nodiscard]] SteadyTime deadline() const noexcept { return deadline_; }

    /// The attempt to be sent, with its time-outs cut to what is left.
    [[nodiscard]] const HttpRequest& request() const noexcept { return call_.http; }

    /// Only when done, once: empty after a success, which is in the target.
    [[nodiscard]] std::optional<Error> take_error() noexcept { return std::move(error_); }

  private:
    Step begin_attempt(SteadyTime now);
    Step begin_sending(SteadyTime now) noexcept;
    /// Returns what to do instead if the run's pause or end, or the client's rate limit, holds the attempt
    /// back. Otherwise the call has a permit for now.
    std::optional<Step> held_back(SteadyTime now);
    [[gnu::cold]] std::optional<Step> wait_for_permit(SteadyTime now);
    [[gnu::cold]] void give_back_permit();
    Step answered(HttpResponse&& response, SteadyTime now, WallTime wall_now);
    [[gnu::cold]] Step failed(TransportError&& error, SteadyTime now);
    Step succeed(HttpResponse&& response, SteadyTime now, WallTime wall_now);
    /// A 2xx that cannot be read, or does not prove that the service has answered.
    [[gnu::cold]] Step unreadable(HttpResponse& response, const Envelope& envelope);
    [[gnu::cold]] Route::ReplayMismatch replay_mismatch(std::string_view body);
    /// The service has carried out nothing, as the key was used for another request.
    [[gnu::cold]] Step refuse_replay(HttpResponse& response, const Route::ReplayMismatch& mismatch);
    /// The service says no: by the status, or (v3) inside a 2xx.
    [[gnu::cold]] Step refused(HttpResponse&& response, SteadyTime now, WallTime wall_now);
    /// Repeats the call if judgement, count, budget and deadline allow it, else ends it with `error`.
    [[gnu::cold]] Step retry_or_end(Error&& error, const AttemptEnd& end, const Judgement& judgement,
                                    SteadyTime now);
    /// Keeps a request of a bulk run that did not get through while the run waits for the service; nothing
    /// when it does not.
    [[gnu::cold]] std::optional<Step> wait_for_service(Error& error, const AttemptEnd& end, SteadyTime now);
    /// Pauses the bulk run for `delay`, or ends it with `error` if that is longer than the run waits. Returns
    /// when a call may be tried again that has no retries left; SteadyTime::max() means never.
    [[gnu::cold]] SteadyTime hold_run_back(const Error& error, std::chrono::milliseconds delay,
                                           bool is_too_long, SteadyTime now);
    /// Waits, and remembers why in case that the run ends meanwhile.
    [[gnu::cold]] Step wait_with(Error& error, SteadyTime until);
    [[gnu::cold]] Step end_with_run();
    [[gnu::cold]] Step end(Error&& error);
    void blame_base_url(Error& error) const;
    /// Whether the caller's key may serve for this request.
    bool take_key(SteadyTime now);
    void release_key(bool may_be_done);
    [[gnu::cold]] Step out_of_time(std::string_view during);
    void note_meta(HttpResponse& response, std::string&& request_id);
    /// What is shown beside the error: without the key, as the error itself.
    [[gnu::cold]] void show_meta_of(Error& error);
    /// Where the answer is decoded: the target, or for an encoded request an object that is only judged.
    void* decoded_into();
    /// Decodes the answer.
    Envelope read_value(const HttpResponse& response);
    [[nodiscard]] bool is_write() const noexcept { return call_.safety != Safety::read; }
    [[gnu::cold]] void log_mismatches(const DecodeResult& decoded) const;
    [[nodiscard]] std::string_view secret() const noexcept { return shared_.config->api_key.reveal(); }
    [[nodiscard]] bool logs(LogLevel level) const noexcept { return shared_.logger->enabled(level); }
    [[gnu::cold]] void log(LogLevel level, const std::string& text) const;

    Shared shared_;
    PreparedCall& call_;
    CallTarget target_;
    /// What the answer to an encoded request is decoded into.
    std::shared_ptr<void> judged_{};
    SteadyTime deadline_ = SteadyTime::max();
    std::chrono::milliseconds attempt_timeout_{};
    std::chrono::milliseconds connect_timeout_{};
    SteadyTime sent_at_{};
    int attempts_ = 0;
    int retries_ = 0;
    /// The rate limit lets this attempt go at `permitted_at_`, and it has not gone yet.
    bool has_permit_ = false;
    SteadyTime permitted_at_{};
    /// While the caller's key is taken: what it is known by in the memory of keys.
    std::string key_scope_{};
    bool has_key_ = false;
    /// An earlier attempt may have been carried out: then no later failure makes the whole one "not sent" or
    /// "rejected".
    bool may_be_done_ = false;
    RetryDecision last_retry_ = RetryDecision::stop;
    /// How the call ended; during a wait, how the last attempt did.
    std::optional<Error> error_{};
};

}  // namespace sent::detail
