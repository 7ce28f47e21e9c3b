#pragma once

#include <string>
#include <string_view>

#include "core/prepared_call.hpp"

/// @file
/// The options of a call: what wins over what, and what they make of a request.

namespace sent::detail {

inline constexpr std::string_view json_content_type = "application/json";

/// Precedence: call, then copy of the client. Fills what `options` leaves empty from `defaults`.
CallOptions merge_options(const CallOptions& defaults, const CallOptions& options);

/// Sets the caller's headers, or says which one cannot be. `member` is where they come from.
Problem add_caller_headers(const Headers& headers, std::string_view member, Headers& out);

/// Headers, limits and options that a call has whatever its body is.
Problem apply_options(const Config& config, const CallOptions& options, PreparedCall& call);

/// Sets the key, the caller's or (if `make_one`) a new one, and with it what the call's safety really is.
Problem apply_idempotency_key(const Config& config, const CallOptions& options, bool make_one,
                              PreparedCall& call);

/// A client in sandbox mode must not do the real thing by a write that knows no sandbox.
Problem refuse_real_write(const Config& config, const CallOptions& options, Safety safety,
                          bool accepts_sandbox);

}  // namespace sent::detail
