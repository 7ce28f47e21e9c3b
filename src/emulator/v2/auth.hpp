#pragma once

/// @file
/// Who may call what.

#include <optional>

#include <sent/testing/emulator.hpp>

#include "emulator/http/http_types.hpp"

namespace sent::testing::emulator {

/// The refusal of a v1 or v2 request: 401 with one of the documented bodies, or 403 without one. Empty for a
/// good pair.
std::optional<Reply> refuse_account(const Request& request, const EmulatorOptions& options);

}  // namespace sent::testing::emulator
