#pragma once

/// @file
/// Publishes events to the webhook endpoints that have subscribed to them.

#include <string>

#include "emulator/clock.hpp"
#include "emulator/json.hpp"
#include "emulator/state/store.hpp"

namespace sent::testing::emulator {

class World;

struct Event {
    std::string family{};    ///< "message"
    std::string sub_type{};  ///< such as "delivered"; empty if it has no name
    Time time{};
    Json payload{};
};

/// Returns {"field", "event", "timestamp", "payload"}.
Json event_envelope(const Event& event);

/// Publishes to all active endpoints of the profile (empty for the organization) that have subscribed to the
/// event.
void publish_event(World& world, const std::string& profile, const Event& event);

/// Returns the event for a message by which a contact opts out or in, asks for help or writes a keyword.
Event contact_event(const World& world, const Contact& contact, const Message& said, std::string sub_type);

/// Publishes that a template has reached a status.
void on_template_event(World& world, const Template& row, Time time);
Event template_event(const World& world, const Template& row, Time time);

}  // namespace sent::testing::emulator
