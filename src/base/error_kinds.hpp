#pragma once

#include <string_view>

#include <sent/error.hpp>

/// @file
/// All that is known of an error kind, in one table.

namespace sent::detail {

struct ErrorKindRow {
    ErrorKind kind;
    /// The status that means this kind; 0 if none does, or more than one.
    int status;
    std::string_view name;
    /// Throws the exception of this kind.
    void (*throw_error)(const Error& error);
    /// What to do if neither code nor outcome says more.
    std::string_view hint;
};

/// Null for a number that is no enumerator.
[[nodiscard]] const ErrorKindRow* find_row(ErrorKind kind) noexcept;

/// What an answer with this status is, if it is no success.
[[nodiscard]] ErrorKind kind_of_status(int status) noexcept;

}  // namespace sent::detail
