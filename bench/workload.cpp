#include "workload.hpp"

#include <cstdio>

#include <nlohmann/json.hpp>
#include <sent/version.hpp>

namespace bench {

namespace {

constexpr const char* contact_id = "5d1a9f40-77c2-4e0b-b6a3-91e4c8d2f015";
constexpr const char* template_id = "a2e6c0d8-1b3f-4a95-8c7e-f04b9d6132ac";
constexpr const char* phone_number = "+14155550100";
constexpr const char* webhook_url = "https://hooks.example.org/message-status";

std::string numbered(const std::string& text, int number, int digits = 2) {
    char figures[32];
    std::snprintf(figures, sizeof figures, "%0*d", digits, number);
    return text + figures;
}

nlohmann::ordered_json contact(int number) {
    return {{"id", numbered("5d1a9f40-77c2-4e0b-b6a3-", number, 12)},
            {"phoneNumber", numbered("+4420718387", number)},
            {"formatE164", numbered("+4420718387", number)},
            {"formatInternational", numbered("+44 20 7183 87", number)},
            {"formatNational", numbered("020 7183 87", number)},
            {"formatRfc", numbered("tel:+44-20-7183-87", number)},
            {"countryCode", "44"},
            {"regionCode", "GB"},
            {"availableChannels", "sms,whatsapp"},
            {"defaultChannel", "whatsapp"}};
}

std::vector<std::string> common_headers() {
    return {
        "Accept: application/json",
        std::string{"User-Agent: sent-cpp/"} + SENT_VERSION_STRING,
        std::string{"x-api-key: "} + api_key,
    };
}

}  // namespace

sent::v1::SendToContactRequest v1_send_request() {
    sent::v1::SendToContactRequest request;
    request.contact_id = contact_id;
    request.template_id = template_id;
    request.message_body = {{"name", "Mira Lindqvist"}, {"order_id", "12345"}};
    request.webhook_url = webhook_url;
    return request;
}

std::string v1_send_body() {
    const nlohmann::ordered_json body = {{"contactId", contact_id},
                                         {"templateId", template_id},
                                         {"messageBody", {{"name", "Mira Lindqvist"}, {"order_id", "12345"}}},
                                         {"webhookUrl", webhook_url}};
    return body.dump();
}

sent::SendMessageRequest v3_send_request() {
    sent::SendMessageRequest request;
    request.to = {phone_number};
    request.channel = {sent::Channel::sms};
    auto& source = request.template_ref.emplace();
    source.id = template_id;
    source.parameters = {{"name", "Mira Lindqvist"}, {"order_id", "12345"}};
    return request;
}

std::string v3_send_body() {
    const nlohmann::ordered_json body = {
        {"to", {phone_number}},
        {"channel", {"sms"}},
        {"template",
         {{"id", template_id}, {"parameters", {{"name", "Mira Lindqvist"}, {"order_id", "12345"}}}}}};
    return body.dump();
}

std::string contacts_page() {
    nlohmann::ordered_json items = nlohmann::ordered_json::array();
    for (int number = 0; number < contacts_per_page; ++number) {
        items.push_back(contact(number));
    }
    const nlohmann::ordered_json page = {{"items", std::move(items)},
                                         {"totalCount", contacts_per_page},
                                         {"page", 0},
                                         {"pageSize", contacts_per_page},
                                         {"totalPages", 1}};
    return page.dump();
}

sent::v1::ListContactsRequest v1_list_request() {
    sent::v1::ListContactsRequest request;
    request.page_size = contacts_per_page;
    return request;
}

std::string contacts_path() {
    return "/v1/contacts?page=0&pageSize=" + std::to_string(contacts_per_page);
}

std::vector<std::string> v1_headers(bool has_body) {
    std::vector<std::string> headers = common_headers();
    headers.push_back(std::string{"x-sender-id: "} + sender_id);
    if (has_body) {
        headers.emplace_back("Content-Type: application/json");
    }
    return headers;
}

std::vector<std::string> v3_headers() {
    std::vector<std::string> headers = common_headers();
    headers.emplace_back("Content-Type: application/json");
    headers.emplace_back("Idempotency-Key: 3f0d5c1e-8a4b-4f7e-9c26-71b0e5d8a943");
    return headers;
}

}  // namespace bench
