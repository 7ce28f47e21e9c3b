#pragma once

#include <optional>
#include <string_view>

#include "report.hpp"

namespace bench {

/// The target of a row, by its name; empty when none is set.
std::optional<Target> target_of(std::string_view row_name);

}  // namespace bench
