#pragma once

/// @file
/// The catalogue of events that webhooks carry.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sent::testing::emulator {

struct EventSubType {
    std::string_view name;  ///< "delivered"
    std::string_view description;
};

struct EventFamily {
    std::string_view name;  ///< "message"
    std::string_view display_name;
    std::string_view description;
    std::vector<EventSubType> sub_types;  ///< empty: its events have no names of their own
};

const std::vector<EventFamily>& event_families();

/// nullptr when there is none. "messages", as older clients say, is "message".
const EventFamily* find_event_family(std::string_view name);

bool has_sub_type(const EventFamily& family, std::string_view sub_type);

/// "message.delivered", or "templates" for an event without a name of its own.
std::string event_type_name(std::string_view family, std::string_view sub_type);

}  // namespace sent::testing::emulator
