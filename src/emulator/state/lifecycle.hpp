#pragma once

/// @file
/// What becomes of messages and templates with time.

#include <string>

#include "emulator/state/store.hpp"

namespace sent::testing::emulator {

class World;

/// From queued over sent to delivered; to failed when its template may not be used. A status that is reached
/// goes to the message's webhook URL. Called once, when the message is accepted.
void start_life(World& world, const Message& message, bool template_usable);

/// Makes a template PENDING and, later, APPROVED, unless it is changed before that.
void submit_for_review(World& world, Template& row);

/// Approves a template and registers it for WhatsApp.
void publish(Template& row);

/// "Order confirmation!" -> "order_confirmation"
std::string as_identifier(const std::string& name);

}  // namespace sent::testing::emulator
