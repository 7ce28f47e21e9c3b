#pragma once

/// @file
/// The brand of a profile: camelCase in requests, snake_case in answers.

#include <optional>

#include "emulator/state/organization.hpp"
#include "emulator/v3/fields.hpp"

namespace sent::testing::emulator {

/// The member `brand` of a request; empty when it is absent or null, or when it leaves problems behind. What
/// replaces another one keeps its id.
std::optional<Brand> read_brand(Fields& fields, const std::optional<Brand>& replaced, Time now);

Json brand_view(const std::optional<Brand>& brand);

}  // namespace sent::testing::emulator
