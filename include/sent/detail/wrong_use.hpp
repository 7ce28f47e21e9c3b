#pragma once

#include <sent/export.hpp>

/// @file
/// Ends a program that accesses a value or an error that an object does not hold. For the library's own
/// headers.

namespace sent::detail {

/// Prints `mistake` and `text` to standard error and ends the program (std::abort).
[[noreturn]] SENT_WEBHOOKS_EXPORT void end_after_wrong_use(const char* mistake, const char* text) noexcept;

}  // namespace sent::detail
