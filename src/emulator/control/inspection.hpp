#pragma once

/// @file
/// The emulator's state as tests see it.

#include <vector>

#include <sent/testing/emulator.hpp>

#include "emulator/json.hpp"

namespace sent::testing::emulator {

class World;

// Call only inside World::alone().
std::vector<AcceptedMessage> list_messages(const World& world);
Json start_line_view(const World& world);
Json state_view(const World& world);

}  // namespace sent::testing::emulator
