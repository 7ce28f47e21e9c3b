#pragma once

/// @file
/// v3's rules for the content of a template.

#include "emulator/v3/fields.hpp"

namespace sent::testing::emulator {

/// Adds a problem for each rule of the reference that a definition violates.
void check_v3_definition(Fields& definition);

}  // namespace sent::testing::emulator
