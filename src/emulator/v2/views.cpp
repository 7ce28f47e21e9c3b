#include "emulator/v2/views.hpp"

#include <limits>

namespace sent::testing::emulator {
namespace {

Json text_or_null(const std::optional<std::string>& text) {
    return text ? Json(*text) : Json();
}

Json text_or_null(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

Json body_view(const RenderedMessage& body) {
    Json buttons = Json::array();
    for (const auto& button : body.buttons) {
        buttons.push_back(Json{{"type", button.type}, {"value", button.value}});
    }
    return Json{{"header", text_or_null(body.header)},
                {"content", body.content},
                {"footer", text_or_null(body.footer)},
                {"buttons", body.buttons.empty() ? Json() : std::move(buttons)}};
}

Json events_view(const std::vector<MessageEvent>& events) {
    Json result = Json::array();
    for (const auto& event : events) {
        result.push_back(Json{{"status", event.status},
                              {"timestamp", precise_timestamp(event.time)},
                              {"description", text_or_null(event.description)}});
    }
    return result;
}

// A JSON number, although prices are kept as text.
Json price_view(const std::optional<std::string>& price) {
    return price ? Json::parse(*price) : Json();
}

}  // namespace

std::string join_channels(const std::vector<std::string>& channels) {
    std::string result;
    for (const auto& channel : channels) {
        result.append(result.empty() ? "" : ",").append(channel);
    }
    return result;
}

Json contact_view(const Contact& contact) {
    return Json{{"id", contact.id},
                {"phoneNumber", contact.number.e164},
                {"formatE164", contact.number.e164},
                {"formatInternational", contact.number.international},
                {"formatNational", contact.number.national},
                {"formatRfc", contact.number.rfc},
                {"countryCode", contact.number.country_code},
                {"regionCode", contact.number.region},
                {"availableChannels", join_channels(contact.channels)},
                {"defaultChannel", contact.default_channel}};
}

Json number_view(const PhoneNumber& number) {
    // The only place where the service omits the plus sign.
    return Json{{"phoneNumber", number.e164.substr(1)},
                {"formatE164", number.e164},
                {"formatInternational", number.international},
                {"formatNational", number.national},
                {"formatRfc", number.rfc},
                {"countryCode", number.country_code},
                {"regionCode", number.region},
                {"numberType", number.type},
                {"phoneTimezones", number.timezone}};
}

Json template_view(const Template& row) {
    return Json{{"id", row.id},
                {"displayName", row.name},
                {"category", row.category},
                {"language", row.language},
                {"definition", row.definition},
                {"status", row.status},
                {"isPublished", row.published},
                {"whatsappTemplateId", text_or_null(row.whatsapp_id)},
                {"whatsappTemplateName", text_or_null(row.whatsapp_name)},
                {"createdAt", precise_timestamp(row.created_at)},
                {"updatedAt", row.updated_at ? Json(precise_timestamp(*row.updated_at)) : Json()}};
}

Json message_view(const Message& message, const std::string& customer_id) {
    return Json{{"id", message.id},
                {"customerId", customer_id},
                {"contactId", message.contact_id},
                {"phoneNumber", message.number.e164},
                {"phoneNumberInternational", message.number.international},
                {"regionCode", message.number.region},
                {"templateId", text_or_null(message.template_id)},
                {"templateName", message.template_name},
                {"templateCategory", message.template_category},
                {"channel", message.channel == "whatsapp" ? "WhatsApp" : "SMS"},
                {"messageBody", body_view(message.body)},
                {"status", message.status()},
                {"createdAt", precise_timestamp(message.created_at)},
                {"correctedPrice", price_view(message.price)},
                {"events", events_view(message.events)}};
}

PageRequest read_page(QueryReader& query, long long default_size, long long largest_size) {
    constexpr long long largest_page = std::numeric_limits<int>::max();
    return {query.integer("page", 0, 0, largest_page),
            query.integer("pageSize", default_size, 1, largest_size)};
}

}  // namespace sent::testing::emulator
