#pragma once

/// @file
/// POST /v3/messages.

#include "emulator/http/router.hpp"

namespace sent::testing::emulator {

Reply send_v3_messages(Call& call);

}  // namespace sent::testing::emulator
