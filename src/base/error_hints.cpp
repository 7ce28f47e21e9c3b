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
     "Set the API key (ClientOptions::api_key or SENT_DM_API_KEY); something on the way may have removed the "
     "x-api-key header."},
    {"AUTH_002",
     "The API key is wrong, unknown or revoked: copy it anew from the dashboard. Ten such failures in a row "
     "lock the key for minutes."},
    {"AUTH_004",
     "The key's role may not do this, or a profile's key was used together with a profile id: use a key of "
     "the organization."},
    {"AUTH_005",
     "The account is set up and waits for the vendor to activate it: try again after activation."},
    {"AUTH_006", "The account's identity check (KYC) is not complete: finish it in the dashboard."},
    {"AUTH_007", "The account has no messaging channel yet: configure one in the dashboard."},
    {"BUSINESS_001",
     "The contact is inherited and read-only here: change it in the organization that owns it."},
    {"BUSINESS_002",
     "Too many requests: wait as long as Error::retry_after says, and lower the rate "
     "(ClientOptions::rate_limit)."},
    {"BUSINESS_003", "The balance does not suffice: top up the account, then send again."},
    {"BUSINESS_004", "The contact has opted out of messages: do not send to it until it opts in again."},
    {"BUSINESS_005", "The template is not approved: submit it for review and wait for its approval."},
    {"BUSINESS_006", "The message cannot be changed in its present state: read it to see where it stands."},
    {"BUSINESS_007",
     "The channel is not available for this account or recipient: choose another one, or let the service "
     "choose."},
    {"BUSINESS_008", "The quota is used up: wait for the next period, or ask the vendor for more."},
    {"BUSINESS_010", "The webhook is inactive: switch it on first."},
    {"BUSINESS_012",
     "The template is not active on the requested channel: choose another channel, or activate it there."},
    {"BUSINESS_014", "The account is suspended: ask the vendor's support."},
    {"BUSINESS_024", "The call was refused: Error::message says why."},
    {"BUSINESS_029",
     "The sender that was named is not active: choose another one, or leave the choice to the service."},
    {"CONFLICT_001",
     "A request with the same idempotency key is still in progress: call again with the same key in a few "
     "seconds."},
    {"CONFLICT_006",
     "The template is in review, and cannot be changed or submitted again before the decision: wait for it."},
    {"CONVERSATION_TEMPLATE_REQUIRED",
     "No conversation is open with this recipient: send a template instead of free text."},
    {"INTERNAL_001",
     "The service failed: try again later; if it persists, give Error::request_id to the vendor's support."},
    {"INTERNAL_002",
     "The service's database failed: try again later; if it persists, give Error::request_id to the vendor's "
     "support."},
    {"INTERNAL_003", "A provider behind the service failed: try again later."},
    {"INTERNAL_004", "The service ran out of time: see Error::outcome before you send again."},
    {"INTERNAL_005", "The service is briefly unavailable: try again later."},
    {"LIMIT_001", "Too many scheduled messages are held: wait until some are released, or cancel some."},
    {"RESOURCE_001", "No such contact: check the id, and that it belongs to this account."},
    {"RESOURCE_002", "No such template: check the id, and that it belongs to this account."},
    {"RESOURCE_003", "No such message: check the id, and that it belongs to this account."},
    {"RESOURCE_004", "No such customer: check the key and the ids."},
    {"RESOURCE_005", "No such organization: check the key and the ids."},
    {"RESOURCE_006", "No such user: check the id."},
    {"RESOURCE_007", "It exists already: read the existing one instead of creating it again."},
    {"RESOURCE_008", "No such webhook: check the id."},
    {"RESOURCE_009", "No such brand: check the id."},
    {"RESOURCE_010", "No such campaign: check the id."},
    {"RESOURCE_011", "No such batch: check the id."},
    {"RESOURCE_012", "No such phone number: check the number, in international format."},
    {"RESOURCE_013",
     "No such resource: check the id, and that base_url has no version such as /v3 in its path."},
    {"RESOURCE_014", "No such profile: check the profile id, and that it belongs to this organization."},
    {"SERVICE_001",
     "The service could not check the idempotency key and did nothing: call again with the same key."},
    {"VALIDATION_001",
     "The request is not valid: Error::details names the members and what is wrong with them."},
    {"VALIDATION_002",
     "Write the phone number in E.164 form: +, country code and number, digits only, such as +14155550100."},
    {"VALIDATION_003", "The id is not a UUID (8-4-4-4-12 hexadecimal digits): check where it comes from."},
    {"VALIDATION_004", "A required member is missing: Error::details names it."},
    {"VALIDATION_005", "A value is out of its range: Error::details names it."},
    {"VALIDATION_006",
     "A value is none of those allowed (upper and lower case count): Error::details names it."},
    {"VALIDATION_007", "The idempotency key may have letters, digits, _ and - only, at most 255."},
    {"VALIDATION_008", "The value of a template variable is not allowed: Error::details names it."},
    {"WEBHOOK_BODY_TOO_LARGE",
     "Answer with 413; the service's deliveries are a few kilobytes. VerifierOptions::max_body_bytes is the "
     "limit."},
    {"WEBHOOK_CONFIGURATION",
     "Correct VerifierOptions: take the secret (whsec_...) from the webhook as it stands. Until then answer "
     "with 500, so that the service comes again."},
    {"WEBHOOK_DUPLICATE_ID",
     "Answer with 401; if the service sent it, something on the way repeats the header x-webhook-id."},
    {"WEBHOOK_DUPLICATE_SIGNATURE",
     "Answer with 401; if the service sent it, something on the way repeats the header x-webhook-signature."},
    {"WEBHOOK_DUPLICATE_TIMESTAMP",
     "Answer with 401; if the service sent it, something on the way repeats the header x-webhook-timestamp."},
    {"WEBHOOK_MALFORMED_SIGNATURE",
     "Answer with 401; if the service sent it, something on the way changes the header x-webhook-signature."},
    {"WEBHOOK_MALFORMED_TIMESTAMP",
     "Answer with 401; if the service sent it, something on the way changes the header x-webhook-timestamp."},
    {"WEBHOOK_MISSING_ID",
     "Answer with 401; if the service sent it, something on the way removes the header x-webhook-id."},
    {"WEBHOOK_MISSING_SIGNATURE",
     "Answer with 401; if the service sent it, something on the way removes the header x-webhook-signature."},
    {"WEBHOOK_MISSING_TIMESTAMP",
     "Answer with 401; if the service sent it, something on the way removes the header x-webhook-timestamp."},
    {"WEBHOOK_NO_MATCH",
     "Answer with 401; if the service sent it, the secret is another endpoint's or was rotated, or the body "
     "is "
     "not the bytes that came: verify before anything parses it."},
    {"WEBHOOK_TOO_NEW", "Answer with 401; if the service sent it, this machine's clock is slow."},
    {"WEBHOOK_TOO_OLD",
     "Answer with 401; if the service sent it, this machine's clock is fast or the delivery waited on the "
     "way."},
    {"WHATSAPP_TEMPLATE_REQUIRED",
     "WhatsApp takes free text only within 24 hours of the contact's last message: send a template."},
    {"account_suspended", "The account is suspended: ask the vendor's support."},
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
        return "Look at the messages of the recipients whom the answer does not name; send to those who got "
               "none, with a new key.";
    }
    if (outcome == Outcome::unknown) {
        return idempotency_key.empty() ? "It may have been carried out: find out (delivery events, "
                                         "dashboard) before you send it again."
                                       : "It may have been carried out: call again with the same idempotency "
                                         "key within 24 hours; it takes effect once.";
    }
    if (outcome == Outcome::accepted) {
        return "The service accepted it, only its answer could not be read: do not send it again.";
    }
    if (const auto by_code = hint_for_code(code); !by_code.empty()) {
        return by_code;
    }
    if (is_replay) {
        return "The idempotency key belongs to a different request, so nothing was done: use a new key for "
               "this one.";
    }
    const auto* const row = detail::find_row(kind);
    return row != nullptr ? row->hint : "Look at Error::raw_body.";
}

}  // namespace sent
