#pragma once

/// @file
/// How messages and templates change with time.

#include <string>

#include "emulator/state/store.hpp"

namespace sent::testing::emulator {

class World;

/// Moves the message from queued to sent and delivered, or to failed if its template cannot be used. Each
/// status is posted to the message's webhook URL. Call once, when the message is accepted.
void start_life(World& world, const Message& message, bool template_usable);

/// Makes a template PENDING and later APPROVED, unless it is changed before that.
void submit_for_review(World& world, Template& row);

/// Approves a template and registers it for WhatsApp.
void publish(Template& row);

/// "Order confirmation!" -> "order_confirmation"
std::string as_identifier(const std::string& name);

}  // namespace sent::testing::emulator
