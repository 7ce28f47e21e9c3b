#pragma once

/// @file
/// The brand of a profile: camelCase in requests, snake_case in replies.

#include <optional>

#include "emulator/state/organization.hpp"
#include "emulator/v3/fields.hpp"

namespace sent::testing::emulator {

/// Reads the member `brand` of a request. Returns nothing if it is absent, null or has problems. A brand that
/// replaces another one keeps its id.
std::optional<Brand> read_brand(Fields& fields, const std::optional<Brand>& replaced, Time now);

Json brand_view(const std::optional<Brand>& brand);

}  // namespace sent::testing::emulator
