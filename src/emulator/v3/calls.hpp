#pragma once

/// @file
/// Phone calls in the form of v3.

#include <cstddef>

#include "emulator/http/router.hpp"
#include "emulator/json.hpp"
#include "emulator/voice/rows.hpp"

namespace sent::testing::emulator {

Json call_view(const PhoneCall& call);

/// Returns the call whose id is in the path. Throws RESOURCE_013 if there is none.
PhoneCall& existing_call(Call& call, std::size_t index = 0);

}  // namespace sent::testing::emulator
