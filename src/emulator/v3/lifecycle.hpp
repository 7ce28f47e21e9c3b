#pragma once

/// @file
/// What becomes of v3's messages with time.

#include "emulator/state/store.hpp"

namespace sent::testing::emulator {

class World;

/// From QUEUED over ROUTED and SENT to DELIVERED; to FILTERED when the contact has opted out, to BLOCKED when
/// its template or its sender may not be used or its free text has no open conversation, to FAILED when that
/// is so on WhatsApp. A scheduled message waits first.
/// Called once, when the message is accepted.
void start_v3_life(World& world, const Message& message);

/// Whether the organization, or the profile, sends from this number.
bool is_active_sender(World& world, const std::string& profile, const std::string& number);

/// The channel on which a message to the contact goes out when the client leaves the choice: free text goes
/// where the contact last wrote.
std::string channel_for(const Contact& contact, bool free_text);

}  // namespace sent::testing::emulator
