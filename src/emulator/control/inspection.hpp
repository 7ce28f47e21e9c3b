#pragma once

/// @file
/// The emulator's view of itself, for tests.

#include <vector>

#include <sent/testing/emulator.hpp>

#include "emulator/json.hpp"

namespace sent::testing::emulator {

class World;

// For code that World::alone() runs.
std::vector<AcceptedMessage> list_messages(const World& world);
Json start_line_view(const World& world);
Json state_view(const World& world);

}  // namespace sent::testing::emulator
