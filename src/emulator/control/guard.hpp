#pragma once

/// @file
/// Keeps web pages away from the control plane. A browser on this machine can reach the emulator on behalf of
/// any page, but its headers name the origin of the page.

#include <optional>

#include <sent/testing/emulator.hpp>

#include "emulator/http/http_types.hpp"

namespace sent::testing::emulator {

/// Returns the refusal of a request below /_emulator/ that a page of another origin may have sent, otherwise
/// nothing. Programs such as curl send no header that is refused.
std::optional<Reply> refuse_control(const Request& request, const EmulatorOptions& options);

/// Adds the headers that make browsers withhold the reply from other origins and not cache it.
void keep_from_other_origins(Reply& reply);

}  // namespace sent::testing::emulator
