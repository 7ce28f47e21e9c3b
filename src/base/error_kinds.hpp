#pragma once

#include <string_view>

#include <sent/error.hpp>

/// @file
/// One table with everything that is known about an error kind.

namespace sent::detail {

struct ErrorKindRow {
    ErrorKind kind;
    /// The status that maps to this kind. 0 if there is none or more than one.
    int status;
    std::string_view name;
    /// Throws the exception of this kind.
    void (*throw_error)(const Error& error);
    /// The hint if neither code nor outcome has one.
    std::string_view hint;
};

/// Returns null for a number that is no enumerator.
[[nodiscard]] const ErrorKindRow* find_row(ErrorKind kind) noexcept;

/// Returns the kind of a reply with this status. The status must not be a success.
[[nodiscard]] ErrorKind kind_of_status(int status) noexcept;

}  // namespace sent::detail
