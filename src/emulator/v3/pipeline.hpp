#pragma once

/// @file
/// What every v3 request goes through: key, limits, profile, idempotency, body, sandbox, envelope.

#include <string>
#include <string_view>
#include <vector>

#include "emulator/http/http_types.hpp"
#include "emulator/http/router.hpp"

namespace sent::testing::emulator {

bool is_v3(const Request& request);

/// The route is nullptr when there is none for the method; the methods are empty when there is no such path.
Reply answer_v3(World& world, const Request& request, const Endpoint* route,
                std::vector<std::string> path_values, const std::string& allowed_methods);

/// An error with the headers of v3 that does not come from a route.
Reply refuse_v3(World& world, std::string_view code);

}  // namespace sent::testing::emulator
