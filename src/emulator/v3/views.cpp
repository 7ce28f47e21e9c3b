#include "emulator/v3/views.hpp"

#include "emulator/state/message_events.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v2/views.hpp"
#include "emulator/v3/reply.hpp"

namespace sent::testing::emulator {
namespace {

Json optional_text(const std::optional<std::string>& text) {
    return text ? Json(*text) : Json();
}

// A JSON number, although prices are kept as text.
Json price_view(const std::optional<std::string>& price) {
    return price ? Json::parse(*price) : Json();
}

// Not shown before it is chosen.
std::string channel_view(const Message& message) {
    return message.channel_chosen ? message.channel : "auto";
}

Json buttons_view(const std::vector<RenderedButton>& buttons) {
    Json views = Json::array();
    for (const auto& button : buttons) {
        views.push_back(Json{{"type", button.type},
                             {"value", button.value},
                             {"text", optional_text(button.text)},
                             {"postbackData", nullptr}});
    }
    return buttons.empty() ? Json() : views;
}

Json media_view(const std::vector<std::string>& urls) {
    Json media = Json::array();
    for (const auto& url : urls) {
        media.push_back(Json{{"url", url}, {"mediaType", nullptr}});
    }
    return media;
}

Json body_view(const Message& message) {
    Json view{{"header", optional_text(message.body.header)},
              {"headerMedia", nullptr},
              {"content", message.body.content},
              {"footer", optional_text(message.body.footer)},
              {"buttons", buttons_view(message.body.buttons)},
              {"subject", nullptr},
              {"media", nullptr}};
    if (message.channel == "mms") {
        view["subject"] = optional_text(message.subject);
        view["media"] = media_view(message.media_urls);
    }
    return view;
}

Json events_view(const Message& message) {
    Json events = Json::array();
    for (const auto& event : message.events) {
        if (event.status == "cancelled") {
            continue;  // The service shows it as the message's status only.
        }
        events.push_back(Json{{"status", to_upper(event.status)},
                              {"timestamp", precise_timestamp(event.time)},
                              {"description", optional_text(event.description)}});
    }
    return events;
}

std::string describe(const MessageEvent& event) {
    return event.description.value_or("The message is " + event.status + '.');
}

Json activity_view(const Message& message, const MessageEvent& event) {
    const bool billed = event.status == "delivered" || event.status == "read";
    const bool has_sender = event.status != "scheduled" && event.status != "queued";
    Json view{{"status", to_upper(event.status)},
              {"description", describe(event)},
              {"from", has_sender ? text_or_null(message.sender) : Json()},
              {"timestamp", precise_timestamp(event.time)},
              {"price", billed ? optional_text(message.price) : Json()},
              {"active_contact_price", nullptr}};
    if (event.status == "scheduled") {
        view["scheduled_at"] = time_or_null(message.scheduled_at);
    }
    if (!event.reason_code.empty()) {
        view["reason_code"] = event.reason_code;
        view["reason"] = describe(event);
    }
    return view;
}

}  // namespace

std::string customer_id(const World& world, const std::string& profile) {
    return profile.empty() ? world.options().sender_id : profile;
}

Json v3_contact_view(const World& world, const Contact& contact) {
    const auto& number = contact.number;
    return Json{{"id", contact.id},
                {"customer_id", customer_id(world, contact.profile)},
                {"phone_number", number.e164},
                {"format_e164", number.e164},
                {"format_international", number.international},
                {"format_national", number.national},
                {"format_rfc", number.rfc},
                {"country_code", number.country_code},
                {"region_code", number.region},
                {"available_channels", join_channels(contact.channels)},
                {"default_channel", contact.default_channel},
                {"opt_out", contact.opted_out},
                {"is_inherited", false},
                {"created_at", precise_timestamp(contact.created_at)},
                {"updated_at", time_or_null(contact.updated_at)}};
}

Json v3_message_view(const World& world, const Message& message) {
    Json view{{"id", message.id},
              {"customer_id", customer_id(world, message.profile)},
              {"contact_id", message.contact_id},
              {"phone", message.number.e164},
              {"phone_international", message.number.international},
              {"region_code", message.number.region},
              {"template_id", optional_text(message.template_id)},
              {"template_name", text_or_null(message.template_name)},
              {"template_category", text_or_null(message.template_category)},
              {"channel", channel_view(message)},
              {"message_body", body_view(message)},
              {"status", to_upper(message.status())},
              {"direction", message.inbound ? "INBOUND" : "OUTBOUND"},
              {"created_at", precise_timestamp(message.created_at)},
              {"price", price_view(message.price)},
              {"active_contact_price", nullptr},
              {"events", events_view(message)}};
    if (message.scheduled_at) {
        view["scheduled_at"] = time_or_null(message.scheduled_at);
    }
    return view;
}

Json v3_activities_view(const Message& message) {
    Json activities = Json::array();
    for (auto event = message.events.rbegin(); event != message.events.rend(); ++event) {
        activities.push_back(activity_view(message, *event));
    }
    return activities;
}

}  // namespace sent::testing::emulator
