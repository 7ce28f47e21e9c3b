#pragma once

/// @file
/// Authentication of v1 and v2.

#include <optional>

#include <sent/testing/emulator.hpp>

#include "emulator/http/http_types.hpp"

namespace sent::testing::emulator {

/// Returns the refusal of a v1 or v2 request: 401 with one of the documented bodies, or 403 without one.
/// Returns nothing if the credentials are valid.
std::optional<Reply> refuse_account(const Request& request, const EmulatorOptions& options);

}  // namespace sent::testing::emulator
