#pragma once

#include <string_view>

#include <sent/export.hpp>

/// @file
/// The version of the library. CMake, pkg-config and the user agent read it from this file only.

#define SENT_VERSION_MAJOR 0
#define SENT_VERSION_MINOR 1
#define SENT_VERSION_PATCH 0
#define SENT_VERSION_STRING "0.1.0"

namespace sent {

/// Returns the version of the linked library. It differs from SENT_VERSION_STRING if a program runs with
/// another shared library than it was compiled against. Allocates no memory. Thread-safe.
SENT_WEBHOOKS_EXPORT std::string_view version() noexcept;

}  // namespace sent
