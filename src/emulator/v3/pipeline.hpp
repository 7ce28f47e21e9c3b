#pragma once

/// @file
/// The steps of every v3 request: key, limits, profile, idempotency, body, sandbox, envelope.

#include <string>
#include <string_view>
#include <vector>

#include "emulator/http/http_types.hpp"
#include "emulator/http/router.hpp"

namespace sent::testing::emulator {

bool is_v3(const Request& request);

/// `route` is nullptr if there is none for the method. `allowed_methods` is empty if the path is unknown.
Reply answer_v3(World& world, const Request& request, const Endpoint* route,
                std::vector<std::string> path_values, const std::string& allowed_methods);

/// Returns an error with the headers of v3 that does not come from a route.
Reply refuse_v3(World& world, std::string_view code);

}  // namespace sent::testing::emulator
