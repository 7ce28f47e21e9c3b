#include "webhooks/verdict.hpp"

#include <cstddef>
#include <ostream>
#include <utility>

namespace sent::webhooks {

namespace {

struct VerdictRow {
    Verdict verdict;
    std::string_view name;
    std::string_view code;
    std::string_view message;
    int status;
};

constexpr VerdictRow rows[] = {
    {Verdict::valid, "valid", "", "", 200},
    {Verdict::missing_id, "missing_id", "WEBHOOK_MISSING_ID", "the header `x-webhook-id` is missing", 401},
    {Verdict::missing_timestamp, "missing_timestamp", "WEBHOOK_MISSING_TIMESTAMP",
     "the header `x-webhook-timestamp` is missing", 401},
    {Verdict::missing_signature, "missing_signature", "WEBHOOK_MISSING_SIGNATURE",
     "the header `x-webhook-signature` is missing", 401},
    {Verdict::duplicate_id, "duplicate_id", "WEBHOOK_DUPLICATE_ID", "the header `x-webhook-id` is repeated",
     401},
    {Verdict::duplicate_timestamp, "duplicate_timestamp", "WEBHOOK_DUPLICATE_TIMESTAMP",
     "the header `x-webhook-timestamp` is repeated", 401},
    {Verdict::duplicate_signature, "duplicate_signature", "WEBHOOK_DUPLICATE_SIGNATURE",
     "the header `x-webhook-signature` is repeated", 401},
    {Verdict::malformed_timestamp, "malformed_timestamp", "WEBHOOK_MALFORMED_TIMESTAMP",
     "the header `x-webhook-timestamp` is not a number of seconds", 401},
    {Verdict::too_old, "too_old", "WEBHOOK_TOO_OLD", "the delivery was sent too long ago", 401},
    {Verdict::too_new, "too_new", "WEBHOOK_TOO_NEW", "the delivery was sent in the future", 401},
    {Verdict::malformed_signature, "malformed_signature", "WEBHOOK_MALFORMED_SIGNATURE",
     "the header `x-webhook-signature` contains no readable signature", 401},
    {Verdict::no_match, "no_match", "WEBHOOK_NO_MATCH", "no signature matches the delivery", 401},
    {Verdict::body_too_large, "body_too_large", "WEBHOOK_BODY_TOO_LARGE",
     "the body of the delivery is larger than `max_body_bytes`", 413},
    {Verdict::misconfigured, "misconfigured", "WEBHOOK_CONFIGURATION", "", 500},
};

constexpr bool is_in_order() noexcept {
    std::size_t expected = 0;
    for (const auto& row : rows) {
        if (static_cast<std::size_t>(row.verdict) != expected++) {
            return false;
        }
    }
    return true;
}
static_assert(is_in_order(), "row_of takes the verdict for the index");

const VerdictRow& row_of(Verdict verdict) noexcept {
    return rows[static_cast<std::size_t>(verdict)];
}

}  // namespace

std::string_view to_string(Verdict verdict) noexcept {
    return row_of(verdict).name;
}

std::ostream& operator<<(std::ostream& out, Verdict verdict) {
    return out << to_string(verdict);
}

int response_status(Verdict verdict) noexcept {
    return row_of(verdict).status;
}

int response_status(const Error& error) noexcept {
    if (error.kind == ErrorKind::undecodable) {
        return 400;
    }
    for (const auto& row : rows) {
        if (!row.code.empty() && row.code == error.code) {
            return row.status;
        }
    }
    return 500;
}

Error error_of(Verdict verdict) {
    Error error;
    error.kind = verdict == Verdict::misconfigured ? ErrorKind::configuration : ErrorKind::webhook_rejected;
    error.code = row_of(verdict).code;
    error.message = row_of(verdict).message;
    return error;
}

Error misconfiguration(std::string message) {
    auto error = error_of(Verdict::misconfigured);
    error.message = std::move(message);
    return error;
}

}  // namespace sent::webhooks
