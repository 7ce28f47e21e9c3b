#include "emulator/v3/sample_events.hpp"

#include <utility>

#include "emulator/state/event_types.hpp"
#include "emulator/state/ids.hpp"
#include "emulator/state/lifecycle.hpp"
#include "emulator/state/message_events.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/views.hpp"

namespace sent::testing::emulator {
namespace {

constexpr auto sample_number = "+12025550123";

struct Sample {
    const World& world;
    const std::string& profile;
    std::string sub_type;
    Time time;

    std::string account() const { return customer_id(world, profile); }
};

Message sample_message(const Sample& sample) {
    Message message;
    message.id = make_guid();
    message.profile = sample.profile;
    message.number = parse_phone_number(sample_number).value();
    message.channel = "sms";
    message.body.content = "This is a test event.";
    message.events = {{"queued", sample.time, std::nullopt, {}}};
    if (sample.sub_type == "filtered") {
        message.events.push_back({"filtered", sample.time, "The recipient has opted out.", "BUSINESS_004"});
    } else if (sample.sub_type == "blocked") {
        message.events.push_back({"blocked", sample.time, "The balance is insufficient.", "BUSINESS_003"});
    } else if (sample.sub_type == "failed") {
        message.events.push_back(
            {"failed", sample.time, "The recipient is not registered on the channel.", "DELIVERY_007"});
    } else {
        if (sample.sub_type != "scheduled" && sample.sub_type != "cancelled") {
            message.events.push_back({"routed", sample.time, std::nullopt, {}});
        }
        message.events.push_back({sample.sub_type, sample.time, std::nullopt, {}});
    }
    return message;
}

Json message_sample(const Sample& sample) {
    auto message = sample_message(sample);
    message.inbound = sample.sub_type == "received";
    if (sample.sub_type == "scheduled" || sample.sub_type == "cancelled") {
        message.scheduled_at = sample.time + std::chrono::hours(1);
    }
    return message_event_payload(sample.world, message);
}

Json template_sample(const Sample& sample) {
    Template row;
    row.id = make_guid();
    row.profile = sample.profile;
    row.name = "test_event";
    row.language = "en_US";
    row.category = "UTILITY";
    publish(row);
    return template_event(sample.world, row, sample.time).payload;
}

Json contact_sample(const Sample& sample) {
    auto said = sample_message(sample);
    Contact contact;
    contact.id = make_guid();
    contact.number = said.number;
    contact.opted_out = sample.sub_type == "opt_out";
    said.body.content = sample.sub_type == "opt_out"  ? "STOP"
                        : sample.sub_type == "opt_in" ? "START"
                        : sample.sub_type == "help"   ? "HELP"
                                                      : "HOURS";
    auto payload = contact_event(sample.world, contact, said, sample.sub_type).payload;
    payload["template_id"] = make_guid();
    return payload;
}

Json channel_sample(const Sample& sample) {
    const char* status = sample.sub_type == "activated"   ? "ACTIVE"
                         : sample.sub_type == "submitted" ? "PENDING_REVIEW"
                                                          : "INACTIVE";
    Json payload{{"account_id", sample.account()}, {"channel", "sms"},        {"country", "US"},
                 {"number_type", "TEN_DLC"},       {"sender_value", nullptr}, {"status", status}};
    if (sample.sub_type != "activated") {
        payload["reason_code"] = "CHANNEL_002";
        payload["reason"] = "A correction was requested.";
    }
    payload["compliance"] = nullptr;
    payload["updated_at"] = short_timestamp(sample.time);
    return payload;
}

Json call_sample(const Sample& sample) {
    Json payload{{"call_id", "call_" + make_guid()},
                 {"account_id", sample.account()},
                 {"channel", "voice"},
                 {"number", sample_number},
                 {"updated_at", short_timestamp(sample.time)}};
    if (sample.sub_type == "completed") {
        payload["duration_seconds"] = 42;
        payload["price"] = 0.014;
    } else if (sample.sub_type == "failed") {
        payload["reason"] = "no_answer";
    } else if (sample.sub_type == "recording_ready") {
        payload["recording_id"] = make_guid();
    }
    return payload;
}

Json link_sample(const Sample& sample) {
    return Json{{"record_id", make_guid().substr(0, 8)},
                {"customer_id", sample.world.options().sender_id},
                {"sender_profile_id", sample.profile.empty() ? Json() : Json(sample.profile)},
                {"message_id", nullptr},
                {"channel", "sms"},
                {"link_kind", sample.sub_type == "downloaded" ? "file" : "url"},
                {"occurred_at", short_timestamp(sample.time)},
                {"traffic_class", "likely_human"}};
}

struct Maker {
    std::string_view family;
    Json (*payload)(const Sample& sample);
};

constexpr Maker makers[]{{"message", message_sample}, {"templates", template_sample},
                         {"contact", contact_sample}, {"channel", channel_sample},
                         {"call", call_sample},       {"link", link_sample}};

}  // namespace

std::optional<Event> sample_event(const World& world, const std::string& profile,
                                  const std::string& event_type) {
    const auto dot = std::min(event_type.find('.'), event_type.size());
    const auto* family = find_event_family(event_type.substr(0, dot));
    auto sub_type = event_type.substr(std::min(dot + 1, event_type.size()));
    if (family == nullptr || (sub_type.empty() ? !family->sub_types.empty() || dot < event_type.size()
                                               : !has_sub_type(*family, sub_type))) {
        return std::nullopt;
    }
    Event event{std::string(family->name), std::move(sub_type), world.now(), {}};
    for (const auto& maker : makers) {
        if (maker.family == event.family) {
            event.payload = maker.payload({world, profile, event.sub_type, event.time});
        }
    }
    return event;
}

}  // namespace sent::testing::emulator
