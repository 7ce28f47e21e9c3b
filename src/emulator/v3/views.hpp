#pragma once

/// @file
/// Rows in the form of v3.

#include "emulator/json.hpp"
#include "emulator/state/store.hpp"

namespace sent::testing::emulator {

class World;

/// Returns the id of the organization or profile that a row belongs to.
std::string customer_id(const World& world, const std::string& profile);

Json v3_contact_view(const World& world, const Contact& contact);
Json v3_message_view(const World& world, const Message& message);

/// Returns the events of a message, newest first.
Json v3_activities_view(const Message& message);

}  // namespace sent::testing::emulator
