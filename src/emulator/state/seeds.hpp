#pragma once

/// @file
/// The contacts, templates, profiles and users that exist at the start.

#include <sent/testing/emulator.hpp>

#include "emulator/clock.hpp"

namespace sent::testing::emulator {

class Store;

/// The options contain the key of the seeded profile.
void plant_seeds(Store& store, const EmulatorOptions& options, Time now);

/// Describes what plant_seeds() creates.
EmulatorSeeds describe_seeds();

}  // namespace sent::testing::emulator
