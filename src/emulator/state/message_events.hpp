#pragma once

/// @file
/// A message reaches a status: what is noted, and who is told.

#include <string>
#include <string_view>

#include "emulator/state/store.hpp"

namespace sent::testing::emulator {

class World;

/// Notes the status, the price once it is delivered, and calls on_message_event(). Does nothing when the
/// message was forgotten.
void reach(World& world, const std::string& id, MessageEvent event);

/// Called once for each status of each message, also the first one and also of inbound messages, when it
/// stands in the store: message.status() is the new status.
void on_message_event(World& world, const Message& message);

/// What an event says about a message, by its status; of an inbound one, what was said.
Json message_event_payload(const World& world, const Message& message);

/// Decimal text: "0.0412".
std::string_view price_of(const std::string& channel);

/// "DELIVERED"
std::string to_upper(std::string text);

}  // namespace sent::testing::emulator
