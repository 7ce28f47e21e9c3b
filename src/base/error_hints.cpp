#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>

#include <sent/error.hpp>

#include "base/error_kinds.hpp"

/// @file
/// Hints that say what to do next: one for every code of the catalogue, otherwise by kind and outcome.

namespace sent {
namespace {

struct CodeHint {
    std::string_view code;
    std::string_view hint;
};

// Sorted by code.
constexpr CodeHint code_hints[] = {
    {"AUTH_001",
     "Set the API key (ClientOptions::api_key or SENT_DM_API_KEY); a proxy may have removed the x-api-key "
     "header."},
    {"AUTH_002",
     "Copy the API key from the dashboard again: it is wrong, unknown or revoked. Ten such failures in a row "
     "lock the key for minutes."},
    {"AUTH_004",
     "Use a key of the organization: the key's role does not permit this, or a profile's key was used "
     "together with a profile id."},
    {"AUTH_005",
     "Try again after the vendor has activated the account: it is set up and waits for activation."},
    {"AUTH_006", "Complete the account's identity check (KYC) in the dashboard."},
    {"AUTH_007", "Configure a messaging channel in the dashboard: the account has none."},
    {"BUSINESS_001",
     "Change the contact in the organization that owns it: here it is inherited and read-only."},
    {"BUSINESS_002",
     "Wait as long as Error::retry_after says, and lower the rate (ClientOptions::rate_limit): there were "
     "too many requests."},
    {"BUSINESS_003", "Top up the account, then send again: the balance is too low."},
    {"BUSINESS_004", "Do not send to the contact until it opts in again: it has opted out."},
    {"BUSINESS_005", "Submit the template for review and wait for its approval."},
    {"BUSINESS_006", "Read the message: it cannot be changed in its current state."},
    {"BUSINESS_007",
     "Choose another channel, or let the service choose: this one is not available for the account or the "
     "recipient."},
    {"BUSINESS_008", "Wait for the next period, or ask the vendor for a larger quota: the quota is used up."},
    {"BUSINESS_010", "Activate the webhook first."},
    {"BUSINESS_012", "Choose another channel, or activate the template on this one."},
    {"BUSINESS_014", "The account is suspended: contact the vendor's support."},
    {"BUSINESS_024", "Read Error::message: it says why the voice call was refused."},
    {"BUSINESS_029", "Choose an active sender, or let the service choose."},
    {"CONFLICT_001",
     "Call again with the same idempotency key in a few seconds: a request with this key is still in "
     "progress."},
    {"CONFLICT_006", "Wait for the decision: a template in review cannot be changed or submitted again."},
    {"CONVERSATION_TEMPLATE_REQUIRED",
     "Send a template instead of free text: no conversation is open with this recipient."},
    {"INTERNAL_001",
     "The service failed: try again later; if it persists, give Error::request_id to the vendor's support."},
    {"INTERNAL_002",
     "The service's database failed: try again later; if it persists, give Error::request_id to the vendor's "
     "support."},
    {"INTERNAL_003", "A provider that the service uses failed: try again later."},
    {"INTERNAL_004", "The service ran out of time: check Error::outcome before you send again."},
    {"INTERNAL_005", "The service is unavailable for a short time: try again later."},
    {"LIMIT_001", "Wait until scheduled messages are released, or cancel some: too many are held."},
    {"RESOURCE_001", "No such contact: check the id, and that it belongs to this account."},
    {"RESOURCE_002", "No such template: check the id, and that it belongs to this account."},
    {"RESOURCE_003", "No such message: check the id, and that it belongs to this account."},
    {"RESOURCE_004", "No such customer: check the key and the ids."},
    {"RESOURCE_005", "No such organization: check the key and the ids."},
    {"RESOURCE_006", "No such user: check the id."},
    {"RESOURCE_007", "Read the existing resource instead of creating it again."},
    {"RESOURCE_008", "No such webhook: check the id."},
    {"RESOURCE_009", "No such brand: check the id."},
    {"RESOURCE_010", "No such campaign: check the id."},
    {"RESOURCE_011", "No such batch: check the id."},
    {"RESOURCE_012", "No such phone number: check the number, in international format."},
    {"RESOURCE_013",
     "No such resource: check the id, and that base_url has no version such as /v3 in its path."},
    {"RESOURCE_014", "No such profile: check the profile id, and that it belongs to this organization."},
    {"SERVICE_001",
     "Call again with the same idempotency key: the service could not check the key and did nothing."},
    {"VALIDATION_001", "Correct the members that Error::details names."},
    {"VALIDATION_002",
     "Write the phone number in E.164 form: +, country code and number, digits only, such as +14155550100."},
    {"VALIDATION_003", "Check where the id comes from: it is not a UUID (8-4-4-4-12 hexadecimal digits)."},
    {"VALIDATION_004", "Set the required member that Error::details names."},
    {"VALIDATION_005", "Correct the value that Error::details names: it is out of range."},
    {"VALIDATION_006",
     "Use one of the allowed values for the member that Error::details names; upper and lower case matter."},
    {"VALIDATION_007", "Use only letters, digits, _ and - in the idempotency key, at most 255 characters."},
    {"VALIDATION_008", "Correct the template variable that Error::details names: its value is not allowed."},
    {"WEBHOOK_BODY_TOO_LARGE",
     "Answer with 413; the service's deliveries have a few kilobytes, and VerifierOptions::max_body_bytes is "
     "the limit."},
    {"WEBHOOK_CONFIGURATION",
     "Correct VerifierOptions: copy the whole secret (whsec_...) of the webhook. Until then, answer with "
     "500, so that the service delivers again."},
    {"WEBHOOK_DUPLICATE_ID",
     "Answer with 401; if the service sent it, find the proxy that repeats the header x-webhook-id."},
    {"WEBHOOK_DUPLICATE_SIGNATURE",
     "Answer with 401; if the service sent it, find the proxy that repeats the header x-webhook-signature."},
    {"WEBHOOK_DUPLICATE_TIMESTAMP",
     "Answer with 401; if the service sent it, find the proxy that repeats the header x-webhook-timestamp."},
    {"WEBHOOK_MALFORMED_SIGNATURE",
     "Answer with 401; if the service sent it, find the proxy that changes the header x-webhook-signature."},
    {"WEBHOOK_MALFORMED_TIMESTAMP",
     "Answer with 401; if the service sent it, find the proxy that changes the header x-webhook-timestamp."},
    {"WEBHOOK_MISSING_ID",
     "Answer with 401; if the service sent it, find the proxy that removes the header x-webhook-id."},
    {"WEBHOOK_MISSING_SIGNATURE",
     "Answer with 401; if the service sent it, find the proxy that removes the header x-webhook-signature."},
    {"WEBHOOK_MISSING_TIMESTAMP",
     "Answer with 401; if the service sent it, find the proxy that removes the header x-webhook-timestamp."},
    {"WEBHOOK_NO_MATCH",
     "Answer with 401; if the service sent it, check that the secret is the current one of this endpoint, "
     "and verify the received bytes before anything parses them."},
    {"WEBHOOK_TOO_NEW",
     "Answer with 401; if the service sent it, correct this machine's clock, which is slow."},
    {"WEBHOOK_TOO_OLD",
     "Answer with 401; if the service sent it, correct this machine's clock, which is fast, or find out what "
     "delays deliveries."},
    {"WHATSAPP_TEMPLATE_REQUIRED",
     "Send a template: WhatsApp accepts free text only within 24 hours of the contact's last message."},
    {"account_suspended", "The account is suspended: contact the vendor's support."},
};

constexpr bool is_sorted() noexcept {
    for (std::size_t i = 1; i < std::size(code_hints); ++i) {
        if (!(code_hints[i - 1].code < code_hints[i].code)) {
            return false;
        }
    }
    return true;
}
static_assert(is_sorted(), "hint_for_code searches by bisection");

std::string_view hint_for_code(std::string_view code) noexcept {
    const auto* found =
        std::lower_bound(std::begin(code_hints), std::end(code_hints), code,
                         [](const CodeHint& row, std::string_view wanted) { return row.code < wanted; });
    return found != std::end(code_hints) && found->code == code ? found->hint : std::string_view{};
}

}  // namespace

std::string_view Error::hint() const noexcept {
    // The service replayed a reply that does not match the request.
    constexpr int first_refusal = 300;
    const bool is_replay = kind == ErrorKind::conflict && code.empty() && http_status < first_refusal &&
                           !idempotency_key.empty();
    if (is_replay && outcome == Outcome::unknown) {
        return "Look up the messages of the recipients that the answer does not name, and send to those who "
               "got none, with a new key.";
    }
    if (outcome == Outcome::unknown) {
        return idempotency_key.empty() ? "The request may have been carried out: check delivery events or "
                                         "the dashboard before you send it again."
                                       : "The request may have been carried out: call again with the same "
                                         "idempotency key within 24 hours; it takes effect once.";
    }
    if (outcome == Outcome::accepted) {
        return "Do not send it again: the service accepted the request, but its answer could not be read.";
    }
    if (const auto by_code = hint_for_code(code); !by_code.empty()) {
        return by_code;
    }
    if (is_replay) {
        return "Use a new key for this request: the idempotency key belongs to a different one, so nothing "
               "was done.";
    }
    const auto* const row = detail::find_row(kind);
    return row != nullptr ? row->hint : "Look at Error::raw_body.";
}

}  // namespace sent
