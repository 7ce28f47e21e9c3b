#include "core/attempt.hpp"

#include <utility>

#include "base/http_status.hpp"
#include "base/redaction/redact.hpp"
#include "core/answer.hpp"
#include "core/drift.hpp"
#include "core/error_mapping.hpp"
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

void note_meta(HttpResponse& response, std::string&& request_id, ResponseMeta& meta) {
    meta.http_status = response.status;
    meta.request_id = std::move(request_id);
    note_headers(response.headers, meta);
    meta.headers = std::move(response.headers);
}

const StructInfo* table_of(const Route& route) noexcept {
    return route.response != nullptr ? &route.response() : nullptr;
}

/// Copies metadata to the error, after removing the API key from it as from the error itself.
void finish_error(std::string_view secret, const Route& route, ResponseMeta& meta, Error& error) {
    if (!may_show_body(error.http_status, table_of(route))) {
        error.raw_body.clear();
    }
    // Headers can contain anything, even the API key, because many servers echo what they received.
    const Redactor redactor(secret);
    for (auto* id : {&meta.request_id, &meta.original_request_id, &meta.profile_id}) {
        *id = redactor.presentable_id(*id);
    }
    meta.headers = redactor.without_secret(std::move(meta.headers));
    meta.raw_body = error.raw_body;
    error.request_id = meta.request_id;
    error.attempts = meta.attempts;
}

/// A version in the base URL is usually a mistake that makes the service report an unknown path.
void blame_base_url(const BaseUrl& base, Error& error) {
    constexpr int not_found = 404;
    constexpr int method_not_allowed = 405;
    const bool unknown_path = error.http_status == not_found || error.http_status == method_not_allowed;
    const bool unknown_object = !error.code.empty() && error.code != "RESOURCE_013";
    const auto version = version_in_path(base);
    if (unknown_path && !unknown_object && !version.empty()) {
        error.message += "; base_url holds " + std::string{version} +
                         ", and the library adds the version to each path itself: leave it out of base_url";
    }
}

/// The service has replayed its reply to another request with the same key.
FailedAttempt replayed_for_another(const HttpResponse& response, const std::string& idempotency_key,
                                   const Route::ReplayMismatch& mismatch, std::string_view secret) {
    const Redactor redactor(secret);
    // Whole, even if it looks like a phone number: the caller must find it.
    const std::string key = redactor.without_secret(std::string{idempotency_key});
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
    return failed;
}

/// Compares a reply that the service has replayed with the request.
Route::ReplayMismatch find_replay_mismatch(const PreparedCall& call, const ResponseMeta& meta,
                                           const void* value, std::string_view body) {
    // A simulated reply is made up and does not have to match the request's object.
    const bool can_compare = meta.replayed && !meta.sandbox && !call.idempotency_key.empty() &&
                             call.route->replay_mismatch != nullptr;
    return can_compare ? call.route->replay_mismatch(call.http, value, body) : Route::ReplayMismatch{};
}

FailedAttempt without_answer(TransportError&& transport_error, const PreparedCall& call, ResponseMeta& meta,
                             std::string_view secret) {
    const auto end = describe(transport_error);
    FailedAttempt failed;
    failed.judgement = judge(end, call.safety, call.retry.safety);
    failed.is_unreachable = end.how == AttemptEnd::How::not_left && !is_local(transport_error.kind);
    if (transport_error.kind == TransportErrorKind::cancelled) {
        failed.judgement.decision = RetryDecision::stop;
    }
    note_meta(transport_error.partial, {}, meta);
    failed.error = error_from_transport(std::move(transport_error), secret);
    failed.error.outcome = failed.judgement.outcome;
    finish_error(secret, *call.route, meta, failed.error);
    return failed;
}

std::optional<FailedAttempt> read_response(HttpResponse&& response, const PreparedCall& call,
                                           const CallTarget& target, const Config& config, const CallLog& log,
                                           std::chrono::system_clock::time_point now) {
    const auto secret = config.options.api_key.reveal();
    const auto& route = *call.route;
    const bool is_encoded = call.reading == PreparedCall::Reading::encoded;
    // The reply to an encoded request is decoded only to check it.
    const auto checked = is_encoded && route.make_response != nullptr ? route.make_response() : nullptr;
    void* const value = checked != nullptr ? checked.get() : target.value;
    auto& meta = *target.meta;
    const bool is_read = call.reading != PreparedCall::Reading::raw || !is_success(response.status);
    const auto* table = table_of(route);
    auto answer = is_read ? read_answer(response, {route.generation, call.safety, call.retry.safety, table},
                                        value, room_for_text(call.http.max_response_bytes), secret, now)
                          : Answer{};
    note_meta(response, std::move(answer.request_id), meta);
    if (answer.error) {
        FailedAttempt failed;
        failed.error = std::move(*answer.error);
        failed.judgement = answer.judgement;
        failed.has_answer = true;
        blame_base_url(config.base, failed.error);
        finish_error(secret, *call.route, meta, failed.error);
        return failed;
    }
    if (answer.decoded.mismatches > 0 && log.enabled(LogLevel::debug)) {
        log.log(LogLevel::debug, std::to_string(answer.decoded.mismatches) +
                                     " members of the answer had an unexpected type, first " +
                                     presentable(answer.decoded.first_mismatch, secret));
    }
    if (route.finish != nullptr && !response.body.empty()) {
        route.finish(value, call.http, response.body);
    }
    if (call.reading != PreparedCall::Reading::structure) {
        auto& raw = *static_cast<RawResponse*>(target.value);
        raw.status = response.status;
        raw.body = response.body;
    }
    const auto mismatch = find_replay_mismatch(call, meta, value, response.body);
    if (!mismatch.difference.empty()) {
        auto failed = replayed_for_another(response, call.idempotency_key, mismatch, secret);
        finish_error(secret, *call.route, meta, failed.error);
        return failed;
    }
    meta.raw_body = std::move(response.body);
    if (config.options.drift != nullptr) {
        count_drift(call, config, meta.raw_body);
    }
    return std::nullopt;
}

}  // namespace

std::optional<FailedAttempt> read_attempt(TransportResult&& result, const PreparedCall& call,
                                          const CallTarget& target, const Config& config, const CallLog& log,
                                          std::chrono::system_clock::time_point now) {
    if (result) {
        return read_response(std::move(result.response()), call, target, config, log, now);
    }
    auto& error = result.error();
    // A status other than 2xx tells enough, however long the rest of the reply is.
    if (error.kind == TransportErrorKind::too_large && error.partial.status != 0 &&
        !is_success(error.partial.status)) {
        return read_response(std::move(error.partial), call, target, config, log, now);
    }
    return without_answer(std::move(error), call, *target.meta, config.options.api_key.reveal());
}

}  // namespace sent::detail
