#pragma once

#include <string_view>

#include <sent/export.hpp>

/// @file
/// The one place where the version stands: CMake, pkg-config and the user agent read it from here.

#define SENT_VERSION_MAJOR 0
#define SENT_VERSION_MINOR 1
#define SENT_VERSION_PATCH 0
#define SENT_VERSION_STRING "0.1.0"

namespace sent {

/// Version of the library that is linked, which differs from SENT_VERSION_STRING when a program runs with a
/// shared library other than the one that it was compiled against. Never allocates; safe from any thread.
SENT_WEBHOOKS_EXPORT std::string_view version() noexcept;

}  // namespace sent
