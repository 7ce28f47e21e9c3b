#pragma once

#include <string>

#include <sent/options.hpp>

#include "core/prepared_call.hpp"

/// @file
/// The list of all options of clients and calls (option_list.cpp), and what it is good for. A new option is a
/// member of ClientOptions or CallOptions and a row of the list, without which the library does not compile.

namespace sent::detail {

/// Checks each option by itself. Returns what is wrong with the first that cannot be used, and what to do
/// about it. Empty if all can be used.
[[nodiscard]] std::string problem_in(const ClientOptions& options);
[[nodiscard]] std::string problem_in(const CallOptions& options);

/// Returns `options`, with empty members taken from `defaults`. So a call takes precedence over the client's
/// copy.
[[nodiscard]] CallOptions merge_options(const CallOptions& defaults, const CallOptions& options);

/// Sets the limits of the call from the options of the client, and then from `options`.
void apply_limits(const ClientOptions& defaults, const CallOptions& options, PreparedCall& call);

}  // namespace sent::detail
