#include "core/error_mapping.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/error_kinds.hpp"
#include "base/http_status.hpp"
#include "base/redaction/redact.hpp"
#include "base/text/ascii.hpp"
#include "base/text/trim.hpp"
#include "core/envelope.hpp"
#include "json/decode.hpp"
#include "json/field.hpp"
#include "json/inspect.hpp"

namespace sent::detail {
namespace {

/// The members of `error` in v3.
struct EnvelopeError {
    std::string code{};
    std::string message{};
    FieldErrors details{};
    std::string doc_url{};
};

/// The members of all shapes. Which shape it is shows by the members that are set.
struct AnyErrorBody {
    std::optional<EnvelopeError> error{};
    EnvelopeMeta meta{};
    std::string title{};
    std::string detail{};
    std::string message{};
    FieldErrors errors{};
};

/// The members by which an error is recognised.
struct ErrorMarks {
    std::optional<RawJson> success{};
    std::optional<RawJson> error{};
    std::optional<RawJson> errors{};
    std::optional<RawJson> code{};
    std::optional<RawJson> message{};
    std::optional<std::int64_t> status{};
    std::optional<std::int64_t> status_code{};
};

}  // namespace

SENT_OWN_TABLE(EnvelopeError, field<&EnvelopeError::code>("code"), field<&EnvelopeError::message>("message"),
               field<&EnvelopeError::details>("details").as_field_errors(),
               field<&EnvelopeError::doc_url>("doc_url"));
SENT_OWN_TABLE(AnyErrorBody, field<&AnyErrorBody::error>("error"), field<&AnyErrorBody::meta>("meta"),
               field<&AnyErrorBody::title>("title"), field<&AnyErrorBody::detail>("detail"),
               field<&AnyErrorBody::message>("message"),
               field<&AnyErrorBody::errors>("errors").as_field_errors());
SENT_OWN_TABLE(ErrorMarks, field<&ErrorMarks::success>("success"), field<&ErrorMarks::error>("error"),
               field<&ErrorMarks::errors>("errors"), field<&ErrorMarks::code>("code"),
               field<&ErrorMarks::message>("message"), field<&ErrorMarks::status>("status"),
               field<&ErrorMarks::status_code>("statusCode"));

namespace {

/// Whether the member is neither null nor empty, false or 0.
bool says_much(const std::optional<RawJson>& member) {
    if (!member) {
        return false;
    }
    for (const std::string_view nothing : {"", "null", "false", "0", "\"\"", "{}", "[]"}) {
        if (member->text == nothing) {
            return false;
        }
    }
    return true;
}

/// How much of a foreign body the log and the error show.
constexpr std::size_t excerpt_length = 256;

/// Larger details are not useful, and each error copies them a few times.
constexpr Room most_details = std::size_t{1024} * 1024;

std::string excerpt(std::string_view body, const Redactor& redactor) {
    return body.empty() ? std::string{"an empty body"}
                        : "`" + redactor.presentable(body, excerpt_length) + "`";
}

void make_presentable(Error& error, const Redactor& redactor) {
    error.message = redactor.presentable(error.message);
    std::map<std::string, std::vector<std::string>> details;
    for (auto& [member, problems] : error.details) {
        auto& shown = details[redactor.presentable(member)];
        for (auto& problem : problems) {
            shown.push_back(redactor.presentable(problem));
        }
    }
    error.details = std::move(details);
    error.code = redactor.presentable(error.code, excerpt_length);
    error.doc_url = redactor.presentable(error.doc_url);
    error.request_id = redactor.presentable_id(error.request_id);
    error.raw_body = redactor.body_without_secret(error.raw_body);
}

/// The code in capitals if it has the form of the service's, else as it came; nothing for blanks.
std::string service_code(std::string&& text) {
    std::string code{trimmed(text, white_space)};
    std::transform(code.begin(), code.end(), code.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return code.empty() || is_service_code(code) ? code : std::move(text);
}

ErrorKind kind_of(TransportErrorKind kind) noexcept {
    switch (kind) {
        case TransportErrorKind::resolve:
        case TransportErrorKind::connect:
        case TransportErrorKind::proxy:
        case TransportErrorKind::closed:
        case TransportErrorKind::incomplete:
        case TransportErrorKind::protocol:
        case TransportErrorKind::internal:
            return ErrorKind::connection;
        case TransportErrorKind::resource_exhausted:
            return ErrorKind::resource_exhausted;
        case TransportErrorKind::tls:
        case TransportErrorKind::certificate:
        case TransportErrorKind::not_tls:
            return ErrorKind::tls;
        case TransportErrorKind::timeout:
            return ErrorKind::timeout;
        case TransportErrorKind::too_large:
            return ErrorKind::response_too_large;
        case TransportErrorKind::cancelled:
            return ErrorKind::cancelled;
        case TransportErrorKind::invalid_request:
            return ErrorKind::invalid_request;
    }
    return ErrorKind::connection;
}

}  // namespace

bool is_error_shaped(std::string_view json) {
    constexpr int first_error = 400;
    ErrorMarks marks;
    if (!decode(json, Described<ErrorMarks>::info(), &marks)) {
        return false;
    }
    if (marks.success) {
        return !says_much(marks.success);
    }
    return says_much(marks.error) || says_much(marks.errors) ||
           (says_much(marks.code) && says_much(marks.message)) || marks.status >= first_error ||
           marks.status_code >= first_error;
}

bool is_service_code(std::string_view code) noexcept {
    const auto digits = code.find_last_not_of("0123456789") + 1;  // 0 if there is nothing else
    return digits >= 2 && digits < code.size() && code[digits - 1] == '_' && is_letter(code.front()) &&
           std::all_of(code.begin(), code.end(), [](char c) { return is_alphanumeric(c) || c == '_'; });
}

ErrorBody parse_error_body(std::string_view body) {
    AnyErrorBody any;
    ErrorBody result;
    if (body.empty() || !decode(body, Described<AnyErrorBody>::info(), &any, most_details)) {
        result.is_foreign = !body.empty();
        return result;
    }
    result.request_id = std::move(any.meta.request_id);
    if (any.error) {
        result.code = service_code(std::move(any.error->code));
        result.message = std::move(any.error->message);
        result.details = std::move(any.error->details);
        result.doc_url = std::move(any.error->doc_url);
        return result;
    }
    // `title` only repeats the status in words, so `detail` is the better message if it exists.
    result.message = std::move(!any.detail.empty()    ? any.detail
                               : !any.message.empty() ? any.message
                                                      : any.title);
    result.details = std::move(any.errors);
    return result;
}

int status_of_code(std::string_view code) noexcept {
    struct Row {
        std::string_view start;
        int status;
    };
    // The first matching row applies.
    static constexpr Row rows[] = {
        {"AUTH_001", 401},     {"AUTH_002", 401},          {"AUTH_", 403},        {"VALIDATION_", 400},
        {"RESOURCE_007", 409}, {"RESOURCE_", 404},         {"CONFLICT_", 409},    {"BUSINESS_002", 429},
        {"BUSINESS_003", 402}, {"BUSINESS_006", 409},      {"BUSINESS_014", 403}, {"BUSINESS_", 400},
        {"LIMIT_", 429},       {"SERVICE_", 503},          {"INTERNAL_004", 504}, {"INTERNAL_005", 503},
        {"INTERNAL_", 500},    {"account_suspended", 403},
    };
    for (const auto& row : rows) {
        if (code.substr(0, row.start.size()) == row.start) {
            return row.status;
        }
    }
    return 0;
}

bool may_show_body(int status, const StructInfo* table) {
    return !is_success(status) || !holds_secret(table);
}

Error error_from_answer(const HttpResponse& response, ErrorBody&& body, bool may_show,
                        std::string_view secret) {
    const Redactor redactor(secret);
    Error error;
    error.kind = kind_of_status(is_success(response.status) ? status_of_code(body.code) : response.status);
    error.http_status = response.status;
    error.code = std::move(body.code);
    error.message = std::move(body.message);
    error.details = std::move(body.details);
    error.doc_url = std::move(body.doc_url);
    error.request_id = std::move(body.request_id);
    if (error.message.empty()) {
        error.message = "the answer has status " + std::to_string(response.status);
        const auto location = response.headers.get("Location");
        if (location && response.status >= 300 && response.status < 400) {
            error.message += ", a redirect to " + std::string{*location} + ", which is not followed";
        } else if (response.body.empty()) {
            error.message += " and an empty body";
        } else if (!may_show) {
            error.message += " and a body that is not shown, because it may hold a secret";
        } else {
            error.message += " and the body " + excerpt(response.body, redactor);
        }
    }
    make_presentable(error, redactor);
    if (may_show) {
        error.raw_body = redactor.body_without_secret(response.body);
    }
    return error;
}

Error error_from_transport(TransportError&& error, std::string_view secret) {
    Error result;
    result.kind = kind_of(error.kind);
    result.http_status = error.partial.status;
    result.message = std::move(error.message);
    result.raw_body = std::move(error.partial.body);
    make_presentable(result, Redactor(secret));
    return result;
}

Error undecodable_error(const HttpResponse& response, std::string_view reason, bool may_show,
                        std::string_view secret) {
    const Redactor redactor(secret);
    Error error;
    error.kind = ErrorKind::undecodable;
    error.http_status = response.status;
    error.message =
        "the answer has status " + std::to_string(response.status) + ", but its body cannot be read: ";
    error.message += reason;
    if (!response.body.empty() && !may_show) {
        error.message += "; it is not shown, because it may hold a secret";
    } else if (!response.body.empty()) {
        error.message += "; it begins with " + excerpt(response.body, redactor);
    }
    make_presentable(error, redactor);
    if (may_show) {
        error.raw_body = redactor.body_without_secret(response.body);
    }
    return error;
}

}  // namespace sent::detail
