#pragma once

#include <string>

namespace sent::detail {

/// Returns a random UUID (version 4), from the operating system's generator.
std::string make_uuid();

}  // namespace sent::detail
