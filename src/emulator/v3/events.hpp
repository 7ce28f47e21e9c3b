#pragma once

/// @file
/// Where everything that happens is told to the webhook endpoints that want to hear it.

#include <string>

#include "emulator/clock.hpp"
#include "emulator/json.hpp"
#include "emulator/state/store.hpp"

namespace sent::testing::emulator {

class World;

struct Event {
    std::string family{};    ///< "message"
    std::string sub_type{};  ///< "delivered"; empty: it has no name of its own
    Time time{};
    Json payload{};
};

/// {"field", "event", "timestamp", "payload"}
Json event_envelope(const Event& event);

/// To all active endpoints of the profile (empty: of the organization) that have subscribed to it.
void publish_event(World& world, const std::string& profile, const Event& event);

/// A contact has opted out or in, asked for help or written a keyword, by a message that says so.
Event contact_event(const World& world, const Contact& contact, const Message& said, std::string sub_type);

/// A template has reached a status.
void on_template_event(World& world, const Template& row, Time time);
Event template_event(const World& world, const Template& row, Time time);

}  // namespace sent::testing::emulator
