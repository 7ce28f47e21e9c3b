#pragma once

/// @file
/// How messages of v3 change with time.

#include "emulator/state/store.hpp"

namespace sent::testing::emulator {

class World;

/// Moves the message from QUEUED to ROUTED, SENT and DELIVERED. It ends as FILTERED if the contact has opted
/// out, and as BLOCKED if its template or sender cannot be used or its free text has no open conversation (on
/// WhatsApp, FAILED). A scheduled message waits first. Call once, when the message is accepted.
void start_v3_life(World& world, Message& message);

/// Makes a message SCHEDULED for 8 hours, whatever its status was. Then it is queued again.
void hold_for_quiet_hours(World& world, Message& message);

/// Makes a SCHEDULED message CANCELLED. It stays so.
void cancel_held(World& world, Message& message);

/// Moves a finished message from QUEUED to DELIVERED again, under the same conditions.
void start_again(World& world, Message& message);

/// Whether the organization or the profile sends from this number.
bool is_active_sender(World& world, const std::string& profile, const std::string& number);

/// Returns the channel of a message to the contact if the client leaves the choice. Free text uses the
/// channel on which the contact wrote last.
std::string channel_for(const Contact& contact, bool free_text);

}  // namespace sent::testing::emulator
