#include "core/call_machine.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/http_status.hpp"
#include "base/redaction/redact.hpp"
#include "base/saturating.hpp"
#include "base/text/milliseconds.hpp"
#include "core/answer.hpp"
#include "core/error_mapping.hpp"
#include "core/response_headers.hpp"
#include "json/decode.hpp"
#include "json/event_source.hpp"

namespace sent::detail {
namespace {

/// Describes an attempt without a complete reply in the terms of the retry table.
AttemptEnd describe(const TransportError& error) noexcept {
    AttemptEnd end;
    end.status = error.partial.status;
    end.is_local =
        error.kind == TransportErrorKind::internal || error.kind == TransportErrorKind::resource_exhausted;
    if (error.kind == TransportErrorKind::too_large) {
        end.how = AttemptEnd::How::unreadable;
    } else if (error.request_may_have_left) {
        end.how = AttemptEnd::How::lost;
    } else if (error.kind == TransportErrorKind::certificate || error.kind == TransportErrorKind::not_tls) {
        end.how = AttemptEnd::How::wrong_peer;
    } else if (error.kind == TransportErrorKind::invalid_request) {
        end.how = AttemptEnd::How::hopeless;
    } else {
        end.how = AttemptEnd::How::not_left;
    }
    return end;
}

}  // namespace

CallMachine::CallMachine(const Shared& shared, PreparedCall& call, CallTarget target)
    : shared_(shared),
      call_(call),
      target_(target),
      attempt_timeout_(call_.http.timeout),
      connect_timeout_(call_.http.connect_timeout) {}

CallMachine::Step CallMachine::start(SteadyTime now) {
    if (call_.deadline.has_value()) {
        deadline_ = saturating_add(now, *call_.deadline);
    }
    if (call_.http.cancel.cancelled()) {
        return on_cancelled();
    }
    if (call_.has_callers_key && !take_key(now)) {
        return end(not_sent_error(
            ErrorKind::invalid_request,
            "`idempotency_key` was already used for a different request within the last 24 hours, so the "
            "service would send nothing. Use a new key"));
    }
    if (call_.start_after.count() > 0) {
        return {Action::wait, std::min(saturating_add(now, call_.start_after), deadline_)};
    }
    return begin_attempt(now);
}

CallMachine::Step CallMachine::on_wake(SteadyTime now) {
    return begin_attempt(now);
}

CallMachine::Step CallMachine::on_cancelled() {
    Error error = not_sent_error(ErrorKind::cancelled, "the call was cancelled");
    return end(std::move(error));
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
    target_.meta->attempts = attempts_;
    release_key(error.outcome == Outcome::unknown);
    if (has_permit_) {
        give_back_permit();
    }
    error_ = std::move(error);
    return {Action::done, {}};
}

CallMachine::Step CallMachine::begin_attempt(SteadyTime now) {
    if (now >= deadline_) {
        return out_of_time("before the request could be sent");
    }
    if (auto step = held_back(now)) {
        return *step;
    }
    // Checked last, because during an outage it may admit this call and no other.
    if (shared_.throttle != nullptr) {
        const auto admitted_at = shared_.throttle->admit(now, call_.retry);
        if (admitted_at > now) {
            return admitted_at < deadline_ ? Step{Action::wait, admitted_at}
                                           : out_of_time("while the run waited for the service");
        }
    }
    if (logs(LogLevel::debug)) {
        log(LogLevel::debug, "attempt " + std::to_string(attempts_ + 1) + ": " + call_.http.method + " " +
                                 std::string{call_.route->path});
    }
    return begin_sending(now);
}

std::optional<CallMachine::Step> CallMachine::held_back(SteadyTime now) {
    if (shared_.throttle != nullptr) {
        if (shared_.throttle->ended()) {
            return end_with_run();
        }
        const auto opens_at = shared_.throttle->opens_at();
        if (opens_at > now) {
            return opens_at < deadline_ ? Step{Action::wait, opens_at}
                                        : out_of_time("while the service held the run back");
        }
    }
    return shared_.limiter->enabled() ? wait_for_permit(now) : std::nullopt;
}

std::optional<CallMachine::Step> CallMachine::wait_for_permit(SteadyTime now) {
    auto& limiter = *shared_.limiter;
    if (has_permit_ && !limiter.may_use(call_.route->rate_class, call_.messages, permitted_at_, now)) {
        give_back_permit();
    }
    if (!has_permit_) {
        const auto permitted_at = limiter.acquire(call_.route->rate_class, call_.messages, now, deadline_);
        if (!permitted_at) {
            return out_of_time("while the client's rate limit held it back");
        }
        has_permit_ = true;
        permitted_at_ = *permitted_at;
    }
    return permitted_at_ > now ? std::optional{Step{Action::wait, permitted_at_}} : std::nullopt;
}

/// Later calls must not wait for a request that is never sent.
void CallMachine::give_back_permit() {
    shared_.limiter->give_back(call_.route->rate_class, call_.messages, permitted_at_);
    has_permit_ = false;
}

CallMachine::Step CallMachine::begin_sending(SteadyTime now) noexcept {
    ++attempts_;
    has_permit_ = false;
    if (deadline_ != SteadyTime::max()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - now);
        call_.http.timeout = std::min(attempt_timeout_, left);
        call_.http.connect_timeout = std::min(connect_timeout_, left);
    }
    sent_at_ = now;
    return {Action::send, now};
}

CallMachine::Step CallMachine::on_turn(SteadyTime now) {
    if (now >= deadline_) {
        return out_of_time("before a thread was free to send the request");
    }
    const auto step = held_back(now);
    return step ? *step : begin_sending(now);
}

CallMachine::Step CallMachine::on_result(TransportResult&& result, SteadyTime now, WallTime wall_now) {
    if (result) {
        return answered(std::move(result.response()), now, wall_now);
    }
    auto& error = result.error();
    // A status other than 2xx tells enough, however long the rest of the reply is.
    if (error.kind == TransportErrorKind::too_large && error.partial.status != 0 &&
        !is_success(error.partial.status)) {
        return answered(std::move(error.partial), now, wall_now);
    }
    return failed(std::move(error), now);
}

CallMachine::Step CallMachine::answered(HttpResponse&& response, SteadyTime now, WallTime wall_now) {
    if (logs(LogLevel::debug)) {
        log(LogLevel::debug, "attempt " + std::to_string(attempts_) + ": status " +
                                 std::to_string(response.status) + " after " +
                                 milliseconds_text(now - sent_at_));
    }
    const auto rate_limit = parse_rate_limit(response.headers);
    if (rate_limit && shared_.limiter->enabled()) {
        shared_.limiter->adjust(call_.route->rate_class, *rate_limit, now,
                                server_time(response.headers, wall_now));
    }
    target_.meta->rate_limit = rate_limit;
    return is_success(response.status) ? succeed(std::move(response), now, wall_now)
                                       : refused(std::move(response), now, wall_now);
}

CallMachine::Step CallMachine::refused(HttpResponse&& response, SteadyTime now, WallTime wall_now) {
    auto body = parse_error_body(response.body);
    const std::string code = body.code;
    AttemptEnd end = end_of_refusal(response.status, code, body.is_foreign);
    end.should_retry = parse_should_retry(response.headers);
    auto judgement = judge(end, call_.safety, call_.retry.safety);
    const auto retry_after = parse_retry_after(response.headers, wall_now);
    if (judgement.extent == Extent::service && !retry_after) {
        judgement.extent = Extent::one_request;
    }
    if (judgement.extent == Extent::rate && retry_after && shared_.limiter->enabled()) {
        shared_.limiter->hold_back(call_.route->rate_class, call_.messages, *retry_after, now);
    }
    if (shared_.throttle != nullptr) {
        shared_.throttle->note_answer(judgement.extent);
    }
    note_meta(response, std::string{body.request_id});
    response.headers = target_.meta->headers;
    auto error = error_from_answer(std::move(response), std::move(body), secret());
    error.retry_after = retry_after;
    blame_base_url(error);
    show_meta_of(error);
    return retry_or_end(std::move(error), end, judgement, now);
}

/// A version in the base URL is usually a mistake that makes the service report an unknown path.
void CallMachine::blame_base_url(Error& error) const {
    constexpr int not_found = 404;
    constexpr int method_not_allowed = 405;
    const bool unknown_path = error.http_status == not_found || error.http_status == method_not_allowed;
    const bool unknown_object = !error.code.empty() && error.code != "RESOURCE_013";
    const auto version = version_in_path(shared_.config->base);
    if (unknown_path && !unknown_object && !version.empty()) {
        error.message += "; base_url holds " + std::string{version} +
                         ", and the library adds the version to each path itself: leave it out of base_url";
    }
}

CallMachine::Step CallMachine::failed(TransportError&& transport_error, SteadyTime now) {
    const auto end = describe(transport_error);
    auto judgement = judge(end, call_.safety, call_.retry.safety);
    if (transport_error.kind == TransportErrorKind::cancelled) {
        judgement.decision = RetryDecision::stop;
    }
    auto& partial = transport_error.partial;
    note_meta(partial, {});
    auto error = error_from_transport(std::move(transport_error), secret());
    show_meta_of(error);
    return retry_or_end(std::move(error), end, judgement, now);
}

CallMachine::Step CallMachine::succeed(HttpResponse&& response, SteadyTime now, WallTime wall_now) {
    Envelope envelope = read_value(response);
    if (envelope.is_refusal) {
        return refused(std::move(response), now, wall_now);
    }
    if (shared_.throttle != nullptr) {
        shared_.throttle->note_answer(Extent::one_request);
    }
    if (!is_answer(envelope, is_write())) {
        return unreadable(response, envelope);
    }
    if (envelope.decoded.mismatches > 0 && logs(LogLevel::debug)) {
        log_mismatches(envelope.decoded);
    }
    if (call_.route->finish != nullptr && !response.body.empty()) {
        call_.route->finish(decoded_into(), call_.http, response.body);
    }
    if (call_.reading == PreparedCall::Reading::raw || call_.reading == PreparedCall::Reading::encoded) {
        auto& raw = *static_cast<RawResponse*>(target_.value);
        raw.status = response.status;
        raw.body = response.body;
    }
    note_meta(response, std::move(envelope.request_id));
    if (target_.meta->replayed && !call_.idempotency_key.empty()) {
        if (const auto mismatch = replay_mismatch(response.body); !mismatch.difference.empty()) {
            return refuse_replay(response, mismatch);
        }
    }
    error_.reset();
    target_.meta->idempotency_key = std::move(call_.idempotency_key);
    target_.meta->raw_body = std::move(response.body);
    shared_.budget->refill(last_retry_);
    release_key(true);
    return {Action::done, {}};
}

CallMachine::Step CallMachine::unreadable(HttpResponse& response, const Envelope& envelope) {
    auto error =
        undecodable_error(response, reason_of(envelope, response.body, call_.route->generation), secret());
    const auto end = end_of_unreadable(response.status, envelope);
    error.outcome = judge(end, call_.safety, call_.retry.safety).outcome;
    if (envelope.decoded.status == DecodeStatus::too_large) {
        error.kind = ErrorKind::response_too_large;
        error.message += "; ask for smaller pages, or raise ClientOptions::max_response_bytes";
    }
    note_meta(response, {});
    show_meta_of(error);
    return this->end(std::move(error));
}

Route::ReplayMismatch CallMachine::replay_mismatch(std::string_view body) {
    // A simulated reply is made up and does not have to match the request's object.
    const bool can_compare = call_.route->replay_mismatch != nullptr && !target_.meta->sandbox;
    return can_compare ? call_.route->replay_mismatch(call_.http, decoded_into(), body)
                       : Route::ReplayMismatch{};
}

CallMachine::Step CallMachine::refuse_replay(HttpResponse& response, const Route::ReplayMismatch& mismatch) {
    const Redactor redactor(secret());
    // Whole, even if it looks like a phone number: the caller must find it.
    const std::string key = redactor.without_secret(std::string{call_.idempotency_key});
    Error error;
    error.kind = ErrorKind::conflict;
    error.http_status = response.status;
    error.raw_body = redactor.body_without_secret(response.body);
    if (mismatch.is_partial) {
        error.outcome = Outcome::unknown;
        error.message =
            "the service replayed an answer for the idempotency key `" + key +
            "` that does not name all of this request's recipients or channels: nobody knows whether the "
            "others have had the message. Look at their messages before you send it to them with a new key";
        show_meta_of(error);
        return end(std::move(error));
    }
    error.outcome = Outcome::rejected;
    error.message =
        "the idempotency key `" + key + "` was already used for a different request (" +
        std::string{mismatch.difference} +
        "): the service replayed its answer to that one and did nothing. Use a new key for this request";
    show_meta_of(error);
    // No earlier attempt of this call was carried out either, because the service would have replayed its
    // reply.
    may_be_done_ = false;
    return end(std::move(error));
}

CallMachine::Step CallMachine::retry_or_end(Error&& error, const AttemptEnd& end, const Judgement& judgement,
                                            SteadyTime now) {
    const auto decision = judgement.decision;
    error.outcome = judgement.outcome;
    error.attempts = attempts_;  // reported by the run if this ends it
    if (shared_.throttle != nullptr && shared_.throttle->is_for_all(judgement.extent)) {
        shared_.throttle->end_run(error);
    }
    const bool is_too_long = error.retry_after > call_.retry.max_retry_after;
    // A 429 says nothing about the request, so waiting for it is free. Other replies may be caused by the
    // request, and cost a retry.
    const bool is_free = judgement.extent == Extent::rate;
    const bool is_held_back = shared_.throttle != nullptr && (is_free || judgement.extent == Extent::service);
    if (decision == RetryDecision::stop) {
        if (is_held_back && error.retry_after) {
            static_cast<void>(hold_run_back(error, *error.retry_after, is_too_long, now));
        }
        return this->end(std::move(error));
    }
    // Use the shortest wait, because a key in flight or a cache that was unavailable is usually free again
    // soon.
    const int step = decision == RetryDecision::retry_conflict ? 0 : retries_;
    const auto delay = error.retry_after.value_or(back_off(call_.retry, step, random_fraction()));
    if (const auto wait = wait_for_service(error, end, now)) {
        return *wait;
    }
    const bool in_time = delay < std::chrono::ceil<std::chrono::milliseconds>(deadline_ - now);
    const bool may_repeat =
        !is_too_long && in_time && retries_ < call_.retry.max_retries && shared_.budget->spend(decision);
    if (is_held_back && may_repeat) {
        shared_.throttle->pause_until(saturating_add(now, delay));
    } else if (is_held_back) {
        const auto until = hold_run_back(error, delay, is_too_long, now);
        if (until < deadline_ && (is_free || retries_ < call_.retry.max_retries)) {
            may_be_done_ = may_be_done_ || error.outcome == Outcome::unknown;
            retries_ += is_free ? 0 : 1;
            return wait_with(error, until);
        }
    }
    if (!may_repeat) {
        return this->end(std::move(error));
    }
    if (logs(LogLevel::info)) {
        log(LogLevel::info, "attempt " + std::to_string(attempts_) + " failed, next one in " +
                                milliseconds_text(delay) + ": " + error.message);
    }
    may_be_done_ = may_be_done_ || error.outcome == Outcome::unknown;
    ++retries_;
    last_retry_ = decision;
    return wait_with(error, saturating_add(now, delay));
}

CallMachine::Step CallMachine::wait_with(Error& error, SteadyTime until) {
    error_ = std::move(error);
    return {Action::wait, until};
}

CallMachine::Step CallMachine::end_with_run() {
    auto last = error_ ? std::move(*error_) : shared_.throttle->never_started();
    return end(std::move(last));
}

CallMachine::SteadyTime CallMachine::hold_run_back(const Error& error, std::chrono::milliseconds delay,
                                                   bool is_too_long, SteadyTime now) {
    auto& throttle = *shared_.throttle;
    const bool is_patient = throttle.waits() && call_.retry.max_retries > 0;
    if (!is_patient && !is_too_long) {
        throttle.pause_until(saturating_add(now, delay));
        return SteadyTime::max();
    }
    const auto until = is_patient ? throttle.note_throttled(now, delay, call_.retry) : SteadyTime::max();
    if (until == SteadyTime::max()) {
        throttle.end_run(error);
    } else if (logs(LogLevel::info)) {
        log(LogLevel::info, "attempt " + std::to_string(attempts_) +
                                " was told to wait, the run pauses for " + milliseconds_text(until - now));
    }
    return until;
}

std::optional<CallMachine::Step> CallMachine::wait_for_service(Error& error, const AttemptEnd& end,
                                                               SteadyTime now) {
    if (shared_.throttle == nullptr || end.how != AttemptEnd::How::not_left || end.is_local) {
        return std::nullopt;
    }
    const auto next = shared_.throttle->note_no_connection(now, call_.retry);
    if (call_.retry.max_retries <= 0 || next >= deadline_) {
        return std::nullopt;
    }
    if (logs(LogLevel::info)) {
        log(LogLevel::info,
            "attempt " + std::to_string(attempts_) +
                " failed, the run waits until the service can be reached again: " + error.message);
    }
    return wait_with(error, next);
}

CallMachine::Step CallMachine::end(Error&& error) {
    if (may_be_done_ && error.outcome != Outcome::accepted) {
        error.outcome = Outcome::unknown;
    }
    release_key(error.outcome == Outcome::unknown || error.outcome == Outcome::accepted);
    if (has_permit_) {
        give_back_permit();
    }
    error.attempts = attempts_;
    error.idempotency_key = call_.idempotency_key;
    target_.meta->attempts = attempts_;
    target_.meta->idempotency_key = call_.idempotency_key;
    const bool uncertain = error.outcome == Outcome::unknown && call_.safety != Safety::read;
    const auto level = uncertain ? LogLevel::warn : LogLevel::info;
    if (logs(level)) {
        log(level, to_string(error));
    }
    error_ = std::move(error);
    return {Action::done, {}};
}

bool CallMachine::take_key(SteadyTime now) {
    const auto& http = call_.http;
    // A child profile may be a separate account with separate keys.
    key_scope_ = std::string{http.headers.get("x-profile-id").value_or("")} + " " + call_.idempotency_key;
    const auto request = std::hash<std::string>{}(http.method + " " + http.url + "\n" + http.body);
    has_key_ = shared_.keys->begin(key_scope_, request, now);
    return has_key_;
}

void CallMachine::release_key(bool may_be_done) {
    if (std::exchange(has_key_, false)) {
        shared_.keys->end(key_scope_, may_be_done);
    }
}

CallMachine::Step CallMachine::out_of_time(std::string_view during) {
    Error error = not_sent_error(ErrorKind::timeout,
                                 "the call's deadline of " +
                                     std::to_string(call_.deadline.value_or(attempt_timeout_).count()) +
                                     " ms passed " + std::string{during});
    return end(std::move(error));
}

void CallMachine::note_meta(HttpResponse& response, std::string&& request_id) {
    auto& meta = *target_.meta;
    auto& headers = response.headers;
    const auto copy = [&headers](std::string_view name, std::string& to) {
        to.assign(headers.get(name).value_or(""));
    };
    meta.http_status = response.status;
    meta.attempts = attempts_;
    if (request_id.empty()) {
        copy("X-Request-Id", meta.request_id);
    } else {
        meta.request_id = std::move(request_id);
    }
    meta.replayed = parse_flag(headers, "Idempotent-Replayed").value_or(false);
    copy("X-Original-Request-Id", meta.original_request_id);
    meta.sandbox = parse_flag(headers, "X-Sandbox").value_or(false);
    copy("X-Profile-Id", meta.profile_id);
    meta.headers = std::move(headers);
}

void CallMachine::show_meta_of(Error& error) {
    // Headers can contain anything, even the API key, because many servers echo what they received.
    const Redactor redactor(secret());
    auto& meta = *target_.meta;
    for (auto* id : {&meta.request_id, &meta.original_request_id, &meta.profile_id}) {
        *id = redactor.presentable_id(*id);
    }
    meta.headers = redactor.without_secret(std::move(meta.headers));
    meta.raw_body = error.raw_body;
    error.request_id = meta.request_id;
}

Envelope CallMachine::read_value(const HttpResponse& response) {
    if (call_.reading == PreparedCall::Reading::raw) {
        return proven_envelope({});
    }
    const Room room = room_for_text(call_.http.max_response_bytes);
    const auto* table = call_.route->response != nullptr ? &call_.route->response() : nullptr;
    return read_answer(response, {call_.route->generation, is_write(), table}, decoded_into(), room);
}

void* CallMachine::decoded_into() {
    if (call_.reading != PreparedCall::Reading::encoded || call_.route->make_response == nullptr) {
        return target_.value;
    }
    if (judged_ == nullptr) {
        judged_ = call_.route->make_response();
    }
    return judged_.get();
}

void CallMachine::log_mismatches(const DecodeResult& decoded) const {
    log(LogLevel::debug, std::to_string(decoded.mismatches) +
                             " members of the answer had an unexpected type, first " +
                             presentable(decoded.first_mismatch, secret()));
}

void CallMachine::log(LogLevel level, const std::string& text) const {
    shared_.logger->log(level, std::string{call_.route->name} + ": " + text);
}

}  // namespace sent::detail
