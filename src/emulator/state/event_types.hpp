#pragma once

/// @file
/// The catalogue of webhook events.

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
    std::vector<EventSubType> sub_types;  ///< empty if its events have no names
};

const std::vector<EventFamily>& event_families();

/// Returns nullptr if there is none. "messages", which older clients use, is "message".
const EventFamily* find_event_family(std::string_view name);

bool has_sub_type(const EventFamily& family, std::string_view sub_type);

/// Returns "message.delivered", or "templates" for an event without a name.
std::string event_type_name(std::string_view family, std::string_view sub_type);

}  // namespace sent::testing::emulator
