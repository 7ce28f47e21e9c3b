#include "core/call_machine.hpp"

#include <algorithm>
#include <utility>

#include "base/saturating.hpp"
#include "base/text/milliseconds.hpp"
#include "core/form.hpp"

namespace sent::detail {

CallMachine::CallMachine(const Shared& shared, PreparedCall& call, CallTarget target)
    : shared_(shared),
      call_(call),
      target_(target),
      log_(*shared.logger, call.route->name),
      admission_(call, *shared.limiter, shared.throttle),
      plan_(call.retry, *shared.budget, shared.throttle, log_),
      attempt_timeout_(call.http.timeout),
      connect_timeout_(call.http.connect_timeout) {}

/// Reads like the loop that it stands for: until the call has ended, wait for admission, send, read the
/// answer, and wait before the next attempt. Each return hands over to the driver; the next call continues at
/// `stage_`. After Action::send, `result` is how the attempt ended.
CallMachine::Step CallMachine::resume(SteadyTime now, TransportResult* result, WallTime wall_now) {
    switch (stage_) {
        case Stage::start:
            admission_.begin_deadline(now);
            if (auto refusal = refuse_to_start(now)) {
                return end(std::move(*refusal));
            }
            stage_ = Stage::admission;
            if (call_.start_after.count() > 0) {
                return {Action::wait, std::min(saturating_add(now, call_.start_after), deadline())};
            }
            [[fallthrough]];

        case Stage::admission: {
            auto decision = admission_.ask(now, error_);
            if (decision.refusal) {
                return end(std::move(*decision.refusal));
            }
            if (decision.opens_at > now) {
                return {Action::wait, decision.opens_at};
            }
            admitted_at_ = now;
            return {Action::send, now};  // begin_attempt() moves on to the next stage
        }

        case Stage::answer: {
            auto failed = read_attempt(std::move(*result), call_, target_, *shared_.config, log_, wall_now);
            note_answer(failed, now, wall_now);
            if (!failed) {
                return succeed();
            }
            const auto next = plan_.next_attempt(*failed, now, deadline());
            return next ? wait_for_retry(std::move(*failed), *next) : fail(std::move(*failed));
        }
    }
    return on_dropped(attempts_ > 0);  // not reached
}

Problem CallMachine::refuse_to_start(SteadyTime now) {
    if (call_.http.cancel.cancelled()) {
        return problem_of(ErrorKind::cancelled, "the call was cancelled");
    }
    if (call_.has_callers_key && !take_key(now)) {
        return problem_of(
            ErrorKind::invalid_request,
            "`idempotency_key` was already used for a different request within the last 24 hours, so the "
            "service would send nothing. Use a new key");
    }
    return {};
}

bool CallMachine::take_key(SteadyTime now) {
    // A child profile may be a separate account with separate keys.
    key_scope_ =
        std::string{call_.http.headers.get("x-profile-id").value_or("")} + " " + call_.idempotency_key;
    has_key_ = shared_.keys->begin(key_scope_, fingerprint(call_.http), now);
    return has_key_;
}

const HttpRequest& CallMachine::begin_attempt() {
    auto& http = call_.http;
    if (log_.enabled(LogLevel::debug)) {
        log_.log(LogLevel::debug, "attempt " + std::to_string(attempts_ + 1) + ": " + http.method + " " +
                                      std::string{call_.route->path});
    }
    shared_.config->add_credentials(call_.route->generation, http.headers);
    if (deadline() != SteadyTime::max()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline() - admitted_at_);
        http.timeout = std::min(attempt_timeout_, left);
        http.connect_timeout = std::min(connect_timeout_, left);
    }
    admission_.use();
    stage_ = Stage::answer;
    target_.meta->attempts = ++attempts_;
    return http;
}

void CallMachine::note_answer(const std::optional<FailedAttempt>& failed, SteadyTime now, WallTime wall_now) {
    if (failed && !failed->has_answer) {
        return;
    }
    const auto& meta = *target_.meta;
    if (log_.enabled(LogLevel::debug)) {
        log_.log(LogLevel::debug, "attempt " + std::to_string(attempts_) + ": status " +
                                      std::to_string(meta.http_status) + " after " +
                                      milliseconds_text(now - admitted_at_));
    }
    if (failed) {
        admission_.note_answer(meta, failed->judgement.extent, failed->error.retry_after, now, wall_now);
    } else {
        admission_.note_answer(meta, Extent::one_request, std::nullopt, now, wall_now);
    }
}

CallMachine::Step CallMachine::wait_for_retry(FailedAttempt&& failed, SteadyTime until) {
    Config::remove_credentials(call_.http.headers);
    may_be_done_ = may_be_done_ || failed.error.outcome == Outcome::unknown;
    error_ = std::move(failed.error);
    stage_ = Stage::admission;
    return {Action::wait, until};
}

CallMachine::Step CallMachine::succeed() {
    error_.reset();
    target_.meta->idempotency_key = std::move(call_.idempotency_key);
    plan_.note_success();
    release_key(true);
    return {Action::done, {}};
}

}  // namespace sent::detail
