#include <utility>

#include "core/call_machine.hpp"

/// @file
/// The ends of a call that is not a success, and what happens only rarely.

namespace sent::detail {

CallMachine::Step CallMachine::fail(FailedAttempt&& failed) {
    may_be_done_ = may_be_done_ && !failed.had_no_effect_before;
    return end(std::move(failed.error));
}

CallMachine::Step CallMachine::end(Error&& error) {
    if (may_be_done_ && error.outcome != Outcome::accepted) {
        error.outcome = Outcome::unknown;
    }
    release_key(error.outcome == Outcome::unknown || error.outcome == Outcome::accepted);
    admission_.give_up();
    error.attempts = attempts_;
    error.idempotency_key = call_.idempotency_key;
    target_.meta->idempotency_key = call_.idempotency_key;
    const bool uncertain = error.outcome == Outcome::unknown && call_.safety != Safety::read;
    const auto level = uncertain ? LogLevel::warn : LogLevel::info;
    if (log_.enabled(level)) {
        log_.log(level, to_string(error));
    }
    error_ = std::move(error);
    return {Action::done, {}};
}

CallMachine::Step CallMachine::on_cancelled() {
    return end(not_sent_error(ErrorKind::cancelled, "the call was cancelled"));
}

CallMachine::Step CallMachine::on_run_ended() {
    return end(admission_.end_of_run(error_));
}

CallMachine::Step CallMachine::on_dropped(bool was_sending) {
    Error error =
        not_sent_error(ErrorKind::connection, "the transport has dropped the request without an answer");
    error.outcome = was_sending && attempts_ > 0 ? Outcome::unknown : Outcome::not_sent;
    return end(std::move(error));
}

CallMachine::Step CallMachine::end_without_words(ErrorKind kind, Outcome outcome) noexcept {
    Error error;
    error.kind = kind;
    error.outcome = may_be_done_ ? Outcome::unknown : outcome;
    error.message = "out of memory";  // short enough for a string without an allocation
    error.attempts = attempts_;
    error.idempotency_key = std::move(call_.idempotency_key);
    release_key(error.outcome == Outcome::unknown);
    admission_.give_up();
    error_ = std::move(error);
    return {Action::done, {}};
}

void CallMachine::release_key(bool may_be_done) {
    if (std::exchange(has_key_, false)) {
        shared_.keys->end(key_scope_, may_be_done);
    }
}

}  // namespace sent::detail
