#pragma once

#include "emulator/http/router.hpp"
#include "emulator/json.hpp"

namespace sent::testing::emulator {

/// Returns the caller's voice numbers, oldest first, without their secrets.
Json voice_numbers_view(const Call& call);

}  // namespace sent::testing::emulator
