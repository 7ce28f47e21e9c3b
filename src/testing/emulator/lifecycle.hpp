#pragma once

/// @file
/// What becomes of messages and templates with time.

#include <chrono>

#include "testing/emulator/store.hpp"

namespace sent::testing::emulator {

class World;

/// From queued over sent to delivered; to failed when its template may not be used. A status that is reached
/// goes to the message's webhook URL. Called once, when the message is accepted.
void start_life(World& world, const Message& message, bool template_usable);

/// From PENDING to APPROVED.
void start_review(World& world, const Template& row);

/// Approves a template and registers it for WhatsApp.
void publish(Template& row);

}  // namespace sent::testing::emulator
