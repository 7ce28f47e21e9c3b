#include "core/attempt_reader.hpp"

#include <utility>

#include "base/http_status.hpp"
#include "core/answer.hpp"
#include "core/response_headers.hpp"
#include "json/decode.hpp"

namespace sent::detail {
namespace {

/// Describes an attempt without a complete reply in the terms of the retry table.
AttemptEnd describe(const TransportError& error) noexcept {
    AttemptEnd end;
    end.status = error.partial.status;
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

/// Whether the cause is this machine (no memory, no descriptors), so that the error says nothing about the
/// network.
bool is_local(TransportErrorKind kind) noexcept {
    return kind == TransportErrorKind::internal || kind == TransportErrorKind::resource_exhausted;
}

}  // namespace

std::optional<FailedAttempt> AttemptReader::read(TransportResult&& result, WallTime wall_now) {
    if (result) {
        return read_answer(std::move(result.response()), wall_now);
    }
    auto& error = result.error();
    // A status other than 2xx tells enough, however long the rest of the reply is.
    if (error.kind == TransportErrorKind::too_large && error.partial.status != 0 &&
        !is_success(error.partial.status)) {
        return read_answer(std::move(error.partial), wall_now);
    }
    return without_answer(std::move(error));
}

std::optional<FailedAttempt> AttemptReader::read_answer(HttpResponse&& response, WallTime wall_now) {
    target_.meta->rate_limit = parse_rate_limit(response.headers);
    if (!is_success(response.status)) {
        return refused(std::move(response), wall_now);
    }
    Envelope envelope = read_envelope(response);
    if (envelope.is_refusal) {
        return refused(std::move(response), wall_now);
    }
    if (!is_answer(envelope, is_write())) {
        return unreadable(response, envelope);
    }
    deliver(response, envelope);
    auto mismatch = check_replay(response);
    if (!mismatch) {
        target_.meta->raw_body = std::move(response.body);
    }
    return mismatch;
}

Envelope AttemptReader::read_envelope(const HttpResponse& response) {
    if (call_.reading == PreparedCall::Reading::raw) {
        return proven_envelope({});
    }
    const auto& route = *call_.route;
    const auto* table = route.response != nullptr ? &route.response() : nullptr;
    const Room room = room_for_text(call_.http.max_response_bytes);
    return detail::read_answer(response, {route.generation, is_write(), table}, decoded_into(), room);
}

void AttemptReader::deliver(HttpResponse& response, Envelope& envelope) {
    if (envelope.decoded.mismatches > 0 && log_.enabled(LogLevel::debug)) {
        log_mismatches(envelope.decoded);
    }
    if (call_.route->finish != nullptr && !response.body.empty()) {
        call_.route->finish(decoded_into(), call_.http, response.body);
    }
    if (call_.reading != PreparedCall::Reading::structure) {
        auto& raw = *static_cast<RawResponse*>(target_.value);
        raw.status = response.status;
        raw.body = response.body;
    }
    note_meta(response, std::move(envelope.request_id));
}

void* AttemptReader::decoded_into() {
    if (call_.reading != PreparedCall::Reading::encoded || call_.route->make_response == nullptr) {
        return target_.value;
    }
    if (checked_ == nullptr) {
        checked_ = call_.route->make_response();
    }
    return checked_.get();
}

std::optional<FailedAttempt> AttemptReader::check_replay(const HttpResponse& response) {
    // A simulated reply is made up and does not have to match the request's object.
    const bool can_compare = target_.meta->replayed && !target_.meta->sandbox &&
                             !call_.idempotency_key.empty() && call_.route->replay_mismatch != nullptr;
    if (!can_compare) {
        return std::nullopt;
    }
    const auto mismatch = call_.route->replay_mismatch(call_.http, decoded_into(), response.body);
    return mismatch.difference.empty() ? std::nullopt
                                       : std::optional{replayed_for_another(response, mismatch)};
}

FailedAttempt AttemptReader::replayed_for_another(const HttpResponse& response,
                                                  const Route::ReplayMismatch& mismatch) {
    const Redactor redactor(secret());
    // Whole, even if it looks like a phone number: the caller must find it.
    const std::string key = redactor.without_secret(std::string{call_.idempotency_key});
    FailedAttempt failed;
    failed.has_answer = true;
    auto& error = failed.error;
    error.kind = ErrorKind::conflict;
    error.http_status = response.status;
    error.raw_body = redactor.body_without_secret(response.body);
    if (mismatch.is_partial) {
        error.outcome = Outcome::unknown;
        error.message =
            "the service replayed an answer for the idempotency key `" + key +
            "` that does not name all of this request's recipients or channels, so whether the others got "
            "the message is unknown. Look up their messages before you send to them with a new key";
    } else {
        error.outcome = Outcome::rejected;
        error.message =
            "the idempotency key `" + key + "` was already used for a different request (" +
            std::string{mismatch.difference} +
            "): the service replayed its answer to that one and did nothing. Use a new key for this request";
        // Otherwise the service would have replayed the reply to that attempt.
        failed.had_no_effect_before = true;
    }
    finish_error(error);
    return failed;
}

FailedAttempt AttemptReader::unreadable(HttpResponse& response, const Envelope& envelope) {
    FailedAttempt failed;
    failed.has_answer = true;
    failed.judgement = judge(end_of_unreadable(response.status, envelope));
    auto& error = failed.error;
    error =
        undecodable_error(response, reason_of(envelope, response.body, call_.route->generation), secret());
    error.outcome = failed.judgement.outcome;
    if (envelope.decoded.status == DecodeStatus::too_large) {
        error.kind = ErrorKind::response_too_large;
        error.message += "; ask for smaller pages, or raise ClientOptions::max_response_bytes";
    }
    note_meta(response, {});
    finish_error(error);
    return failed;
}

FailedAttempt AttemptReader::refused(HttpResponse&& response, WallTime wall_now) {
    auto body = parse_error_body(response.body);
    const std::string code = body.code;
    AttemptEnd end = end_of_refusal(response.status, code, body.is_foreign);
    end.should_retry = parse_should_retry(response.headers);
    const auto retry_after = parse_retry_after(response.headers, wall_now);
    FailedAttempt failed;
    failed.has_answer = true;
    failed.judgement = judge(end);
    if (failed.judgement.extent == Extent::service && !retry_after) {
        failed.judgement.extent = Extent::one_request;
    }
    note_meta(response, std::string{body.request_id});
    response.headers = target_.meta->headers;
    auto& error = failed.error;
    error = error_from_answer(std::move(response), std::move(body), secret());
    error.outcome = failed.judgement.outcome;
    error.retry_after = retry_after;
    blame_base_url(error);
    finish_error(error);
    return failed;
}

/// A version in the base URL is usually a mistake that makes the service report an unknown path.
void AttemptReader::blame_base_url(Error& error) const {
    constexpr int not_found = 404;
    constexpr int method_not_allowed = 405;
    const bool unknown_path = error.http_status == not_found || error.http_status == method_not_allowed;
    const bool unknown_object = !error.code.empty() && error.code != "RESOURCE_013";
    const auto version = version_in_path(config_.base);
    if (unknown_path && !unknown_object && !version.empty()) {
        error.message += "; base_url holds " + std::string{version} +
                         ", and the library adds the version to each path itself: leave it out of base_url";
    }
}

FailedAttempt AttemptReader::without_answer(TransportError&& transport_error) {
    const auto end = describe(transport_error);
    FailedAttempt failed;
    failed.judgement = judge(end);
    failed.is_unreachable = end.how == AttemptEnd::How::not_left && !is_local(transport_error.kind);
    if (transport_error.kind == TransportErrorKind::cancelled) {
        failed.judgement.decision = RetryDecision::stop;
    }
    note_meta(transport_error.partial, {});
    failed.error = error_from_transport(std::move(transport_error), secret());
    failed.error.outcome = failed.judgement.outcome;
    finish_error(failed.error);
    return failed;
}

void AttemptReader::note_meta(HttpResponse& response, std::string&& request_id) {
    auto& meta = *target_.meta;
    auto& headers = response.headers;
    const auto copy = [&headers](std::string_view name, std::string& to) {
        to.assign(headers.get(name).value_or(""));
    };
    meta.http_status = response.status;
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

void AttemptReader::finish_error(Error& error) {
    // Headers can contain anything, even the API key, because many servers echo what they received.
    const Redactor redactor(secret());
    auto& meta = *target_.meta;
    for (auto* id : {&meta.request_id, &meta.original_request_id, &meta.profile_id}) {
        *id = redactor.presentable_id(*id);
    }
    meta.headers = redactor.without_secret(std::move(meta.headers));
    meta.raw_body = error.raw_body;
    error.request_id = meta.request_id;
    error.attempts = meta.attempts;
}

void AttemptReader::log_mismatches(const DecodeResult& decoded) const {
    log_.log(LogLevel::debug, std::to_string(decoded.mismatches) +
                                  " members of the answer had an unexpected type, first " +
                                  presentable(decoded.first_mismatch, secret()));
}

}  // namespace sent::detail
