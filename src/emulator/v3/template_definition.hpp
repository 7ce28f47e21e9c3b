#pragma once

/// @file
/// What v3 wants of the content of a template.

#include "emulator/v3/fields.hpp"

namespace sent::testing::emulator {

/// Leaves a problem behind for each rule of the reference that a definition breaks.
void check_v3_definition(Fields& definition);

}  // namespace sent::testing::emulator
