#include "core/answer.hpp"

#include <utility>

#include "base/http_status.hpp"
#include "core/error_mapping.hpp"
#include "json/event_source.hpp"

namespace sent::detail {
namespace {

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

[[gnu::cold]] Envelope unreadable_envelope(std::string_view reason) {
    Envelope envelope;
    envelope.decoded.status = DecodeStatus::invalid;
    envelope.decoded.message = reason;
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
    return proves_success(body, expected.is_write) ? proven_envelope({}) : Envelope{};
}

}  // namespace

Envelope proven_envelope(DecodeResult&& decoded) {
    Envelope envelope{std::move(decoded)};
    envelope.says_success = true;
    return envelope;
}

bool is_answer(const Envelope& envelope, bool is_write) noexcept {
    return envelope.decoded && !envelope.has_wrong_data && (envelope.says_success || !is_write);
}

AttemptEnd end_of_unreadable(int status, const Envelope& envelope) noexcept {
    AttemptEnd end;
    end.status = status;
    const bool is_proven = envelope.decoded && envelope.says_success;
    end.how = is_proven ? AttemptEnd::How::answered : AttemptEnd::How::unreadable;
    return end;
}

AttemptEnd end_of_refusal(int status, std::string_view code, bool is_foreign) noexcept {
    constexpr int conflict = 409;
    AttemptEnd end;
    end.status = is_success(status) ? status_of_code(code) : status;
    // Only a code of the service says what a conflict is about.
    end.code = end.status != conflict || is_service_code(code) ? code : std::string_view{};
    end.is_foreign = is_foreign;
    return end;
}

std::string_view reason_of(const Envelope& envelope, const std::string& body,
                           Generation generation) noexcept {
    if (envelope.has_wrong_data) {
        return "its `data` has the wrong type for this operation";
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

Envelope read_answer(const HttpResponse& response, const ExpectedAnswer& expected, void* value, Room room) {
    constexpr int no_content = 204;
    const auto& body = response.body;
    if (response.status == no_content) {
        return proven_envelope({});
    }
    if (body.empty()) {
        return was_packed(response) ? unreadable_envelope("its compressed data is empty") : Envelope{};
    }
    if (expected.table == nullptr) {
        return read_no_content(body, expected);
    }
    if (expected.generation == Generation::v3) {
        return read_envelope(body, expected.table, value, room);
    }
    auto decoded = decode(body, *expected.table, value, room);
    return proves_success(body, expected.is_write) ? proven_envelope(std::move(decoded))
                                                   : Envelope{std::move(decoded)};
}

}  // namespace sent::detail
