#pragma once

/// @file
/// Keeps web pages away from the control plane. A browser on this machine reaches the emulator for any page
/// that it shows, but it says in its headers whose page that is.

#include <optional>

#include <sent/testing/emulator.hpp>

#include "emulator/http/http_types.hpp"

namespace sent::testing::emulator {

/// The reply to a request below /_emulator/ that a page of another origin may have made; nothing for all
/// others. Programs such as curl send no header that is refused.
std::optional<Reply> refuse_control(const Request& request, const EmulatorOptions& options);

/// Adds the headers with which browsers hand a reply to no other origin and keep no copy of it.
void keep_from_other_origins(Reply& reply);

}  // namespace sent::testing::emulator
