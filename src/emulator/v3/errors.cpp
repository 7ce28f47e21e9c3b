#include "emulator/v3/errors.hpp"

#include <algorithm>
#include <array>

namespace sent::testing::emulator {
namespace {

// If documents disagree about the status of a code, the newest one counts.
constexpr std::array<ErrorCode, 56> catalogue{{
    {"INTERNAL_001", 500, "An unexpected error occurred"},
    {"AUTH_001", 401, "The x-api-key header is missing"},
    {"AUTH_002", 401, "The API key is invalid"},
    {"AUTH_004", 403, "The API key lacks permission for this operation"},
    {"AUTH_005", 403, "Setup is complete; the account waits for activation"},
    {"AUTH_006", 403, "KYC verification is not complete"},
    {"AUTH_007", 403, "No messaging channel is configured"},
    {"VALIDATION_001", 400, "Request validation failed"},
    {"VALIDATION_002", 400, "Invalid phone number format"},
    {"VALIDATION_003", 400, "Invalid UUID format"},
    {"VALIDATION_004", 400, "A required field is missing"},
    {"VALIDATION_005", 400, "A value is out of range"},
    {"VALIDATION_006", 400, "Invalid enum value"},
    {"VALIDATION_007", 400, "Invalid Idempotency-Key"},
    {"VALIDATION_008", 400, "Invalid template variable value"},
    {"RESOURCE_001", 404, "Contact not found"},
    {"RESOURCE_002", 404, "Template not found"},
    {"RESOURCE_003", 404, "Message not found"},
    {"RESOURCE_004", 404, "Customer not found"},
    {"RESOURCE_005", 404, "Organization not found"},
    {"RESOURCE_006", 404, "User not found"},
    {"RESOURCE_007", 409, "The resource already exists"},
    {"RESOURCE_008", 404, "Webhook not found"},
    {"RESOURCE_009", 404, "Brand not found"},
    {"RESOURCE_010", 404, "Campaign not found"},
    {"RESOURCE_011", 404, "Batch not found"},
    {"RESOURCE_012", 404, "Phone number not found"},
    {"RESOURCE_013", 404, "Resource not found"},
    {"RESOURCE_014", 404, "Profile not found"},
    {"BUSINESS_001", 400, "An inherited contact cannot be changed"},
    {"BUSINESS_002", 429, "Rate limit exceeded"},
    {"BUSINESS_003", 402, "Insufficient balance"},
    {"BUSINESS_004", 400, "The contact has opted out"},
    {"BUSINESS_005", 400, "The template is not approved"},
    {"BUSINESS_006", 409, "The message cannot be changed in its state"},
    {"BUSINESS_007", 400, "The channel is not available"},
    {"BUSINESS_008", 400, "Quota exceeded"},
    {"BUSINESS_010", 400, "The webhook is inactive"},
    {"BUSINESS_012", 400, "The template is not active on the requested channel"},
    {"BUSINESS_014", 403, "The account is suspended"},
    {"BUSINESS_024", 400, "The call cannot be made"},
    {"CONFLICT_001", 409, "A request with this Idempotency-Key is still being processed"},
    {"CONFLICT_006", 409, "The template is in review"},
    {"SERVICE_001", 503, "The idempotency cache is unavailable; the request was not executed"},
    {"INTERNAL_002", 500, "A database error occurred"},
    {"INTERNAL_003", 500, "An upstream provider failed"},
    {"INTERNAL_004", 504, "The request timed out"},
    {"INTERNAL_005", 503, "The service is temporarily unavailable"},
    {"LIMIT_001", 429, "Too many scheduled messages"},
    // Errors of a single message, never of a reply. Listed so that a fault can name them.
    {"BUSINESS_029", 400, "A listed sender is not active"},
    {"DELIVERY_007", 400, "The recipient is not registered on the channel"},
    {"WHATSAPP_TEMPLATE_REQUIRED", 400, "Free text needs an open conversation"},
    {"CONVERSATION_TEMPLATE_REQUIRED", 400, "Free text needs an open conversation"},
    {"ERR_CONSENT_BLOCKED", 400, "The recipient has opted out"},
    {"ERR_ROUTE_DENIED", 400, "No route to the recipient"},
    {"ERR_TEMPLATE_PARAMS_INVALID", 400, "The template's parameters are invalid"},
}};

struct StatusRow {
    int status;
    std::string_view code;
};

constexpr std::array<StatusRow, 10> statuses{{
    {401, "AUTH_002"},
    {402, "BUSINESS_003"},
    {403, "AUTH_004"},
    {404, "RESOURCE_013"},
    {409, "CONFLICT_001"},
    {429, "BUSINESS_002"},
    {500, "INTERNAL_001"},
    {502, "INTERNAL_003"},
    {503, "INTERNAL_005"},
    {504, "INTERNAL_004"},
}};

}  // namespace

const ErrorCode& error_code(std::string_view code) {
    const auto* found = std::find_if(catalogue.begin(), catalogue.end(),
                                     [code](const ErrorCode& row) { return row.code == code; });
    return found == catalogue.end() ? catalogue.front() : *found;
}

std::string_view code_for_status(int status) {
    for (const auto& row : statuses) {
        if (row.status == status) {
            return row.code;
        }
    }
    return status < 500 ? "VALIDATION_001" : "INTERNAL_001";
}

Refusal::Refusal(std::string_view code, std::string message, FieldErrors details)
    : status_(error_code(code).status),
      code_(code),
      message_(message.empty() ? std::string(error_code(code).message) : std::move(message)),
      details_(std::move(details)) {}

}  // namespace sent::testing::emulator
