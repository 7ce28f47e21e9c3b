#include "core/answer.hpp"

#include <utility>

#include "base/http_status.hpp"
#include "core/envelope.hpp"
#include "core/error_mapping.hpp"
#include "core/response_headers.hpp"
#include "json/event_source.hpp"

namespace sent::detail {
namespace {

bool is_write(const ExpectedAnswer& expected) noexcept {
    return expected.safety != Safety::read;
}

/// Whether the reply had a compressed body. libcurl does not report a compressed body that ends early. Then
/// the decoded body may be empty, and must not be taken for an empty list.
bool was_packed(const HttpResponse& response) noexcept {
    return response.headers.contains("Content-Encoding") && response.headers.get("Content-Length") != "0";
}

/// The text must be JSON.
bool is_object(std::string_view json) noexcept {
    constexpr std::string_view before = " \t\r\n\xEF\xBB\xBF";
    const auto begin = json.find_first_not_of(before);
    return begin != std::string_view::npos && json[begin] == '{';
}

std::string_view without_byte_order_mark(std::string_view json) noexcept {
    json.remove_prefix(json.substr(0, byte_order_mark.size()) == byte_order_mark ? byte_order_mark.size()
                                                                                 : 0);
    return json;
}

Envelope unreadable_envelope(std::string_view reason) {
    Envelope envelope;
    envelope.decoded.status = DecodeStatus::invalid;
    envelope.decoded.message = reason;
    return envelope;
}

/// The envelope of a reply that only the service can have sent.
Envelope proven_envelope(DecodeResult&& decoded) {
    Envelope envelope{std::move(decoded)};
    envelope.says_success = true;
    return envelope;
}

/// Whether the JSON text of a 2xx is a reply of v1 or v2.
bool proves_success(const std::string& body, bool is_write) {
    return is_object(body) && !(is_write && is_error_shaped(body));
}

/// A captive portal also answers with a 2xx page, which must not be taken for a sent message.
Envelope read_no_content(const std::string& body, const ExpectedAnswer& expected) {
    if (expected.generation == Generation::v3) {
        return read_envelope(body, nullptr, nullptr, unlimited);
    }
    if (const auto parsed = check_json(without_byte_order_mark(body)); !parsed) {
        return unreadable_envelope(parsed.reason());
    }
    return proves_success(body, is_write(expected)) ? proven_envelope({}) : Envelope{};
}

/// Reads a 2xx.
Envelope read_success(const HttpResponse& response, const ExpectedAnswer& expected, void* value, Room room) {
    constexpr int no_content = 204;
    const auto& body = response.body;
    if (response.status == no_content) {
        return proven_envelope({});
    }
    if (body.empty()) {
        return was_packed(response) ? unreadable_envelope("its compressed data holds nothing") : Envelope{};
    }
    if (expected.table == nullptr) {
        return read_no_content(body, expected);
    }
    if (expected.generation == Generation::v3) {
        return read_envelope(body, expected.table, value, room);
    }
    auto decoded = decode(body, *expected.table, value, room);
    return proves_success(body, is_write(expected)) ? proven_envelope(std::move(decoded))
                                                    : Envelope{std::move(decoded)};
}

/// The service has refused the request: by the status, or (v3) inside a 2xx.
Answer read_refusal(const HttpResponse& response, const ExpectedAnswer& expected, std::string_view secret,
                    std::chrono::system_clock::time_point now) {
    constexpr int conflict = 409;
    auto body = parse_error_body(response.body);
    AttemptEnd end;
    end.status = is_success(response.status) ? status_of_code(body.code) : response.status;
    // Only a code of the service says what a conflict is about.
    end.code = end.status != conflict || is_service_code(body.code) ? body.code : std::string_view{};
    end.is_foreign = body.is_foreign;
    end.should_retry = parse_should_retry(response.headers);
    Answer answer;
    answer.judgement = judge(end, expected.safety, expected.policy);
    answer.request_id = body.request_id;
    auto& error = answer.error.emplace(
        error_from_answer(response, std::move(body), may_show_body(response.status, expected.table), secret));
    error.outcome = answer.judgement.outcome;
    error.retry_after = parse_retry_after(response.headers, now);
    if (answer.judgement.extent == Extent::service && !error.retry_after) {
        answer.judgement.extent = Extent::one_request;
    }
    return answer;
}

/// Why a 2xx is no success.
std::string_view reason_of(const Envelope& envelope, const std::string& body,
                           Generation generation) noexcept {
    if (envelope.has_wrong_data) {
        return "its content has not the form that this operation answers with";
    }
    if (!envelope.decoded) {
        return envelope.decoded.message;
    }
    if (body.empty()) {
        return "it is empty, so a proxy may have answered";
    }
    if (generation == Generation::v3) {
        return "it does not say `success: true`";
    }
    return is_object(body) ? "it has the form of an error" : "it is not a JSON object";
}

/// A 2xx that cannot be decoded, or does not prove that the service sent it. Only the service reports its own
/// success; a truncated document could have continued differently.
Answer read_unproven(const HttpResponse& response, const ExpectedAnswer& expected, const Envelope& envelope,
                     std::string_view secret) {
    const bool is_proven = envelope.decoded && envelope.says_success;
    AttemptEnd end;
    end.status = response.status;
    end.how = is_proven ? AttemptEnd::How::answered : AttemptEnd::How::unreadable;
    Answer answer;
    answer.judgement = judge(end, expected.safety, expected.policy);
    auto& error = answer.error.emplace(
        undecodable_error(response, reason_of(envelope, response.body, expected.generation),
                          may_show_body(response.status, expected.table), secret));
    error.outcome = answer.judgement.outcome;
    if (envelope.decoded.status == DecodeStatus::too_large) {
        error.kind = ErrorKind::response_too_large;
        error.message += "; ask for smaller pages, or raise ClientOptions::max_response_bytes";
    }
    return answer;
}

}  // namespace

Answer read_answer(const HttpResponse& response, const ExpectedAnswer& expected, void* value, Room room,
                   std::string_view secret, std::chrono::system_clock::time_point now) {
    if (!is_success(response.status)) {
        return read_refusal(response, expected, secret, now);
    }
    Envelope envelope = read_success(response, expected, value, room);
    if (envelope.is_refusal) {
        return read_refusal(response, expected, secret, now);
    }
    const bool is_answer = envelope.decoded && !envelope.has_wrong_data;
    if (!is_answer || (is_write(expected) && !envelope.says_success)) {
        return read_unproven(response, expected, envelope, secret);
    }
    Answer answer;
    answer.request_id = std::move(envelope.request_id);
    answer.decoded = std::move(envelope.decoded);
    return answer;
}

}  // namespace sent::detail
