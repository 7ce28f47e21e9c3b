#pragma once

/// @file
/// Records that a message has reached a status, and reports it.

#include <functional>
#include <string>
#include <string_view>

#include "emulator/state/store.hpp"

namespace sent::testing::emulator {

class World;

/// Records the status, and the price when it is delivered, and calls on_message_event(). Does nothing if the
/// message was forgotten.
void reach(World& world, const std::string& id, MessageEvent event);

/// Runs `step` at that time, unless the message was forgotten or Message::life has changed by then.
void plan_step(World& world, const Message& message, Time when, std::function<void(Message&, Time)> step);

/// Called once for each status of each message, including the first one and inbound messages, after it has
/// been stored. message.status() is the new status.
void on_message_event(World& world, const Message& message);

/// Returns the payload of an event about a message, by its status. For an inbound message, this is its
/// content.
Json message_event_payload(const World& world, const Message& message);

/// Returns decimal text: "0.0412".
std::string_view price_of(const std::string& channel);

/// Returns "DELIVERED" for "delivered".
std::string to_upper(std::string text);

}  // namespace sent::testing::emulator
