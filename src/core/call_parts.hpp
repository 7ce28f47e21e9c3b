#pragma once

#include <string>
#include <string_view>

#include "core/prepared_call.hpp"

/// @file
/// What preparing a call with a struct and one without have in common.

namespace sent::detail {

inline constexpr std::string_view json_content_type = "application/json";

/// The request can not be sent like this; the text says what to do.
[[gnu::cold]] Problem refuse(std::string message);

/// A member's name in a text.
[[gnu::cold]] std::string quoted(std::string_view name);

/// Appends `?name=value` or `&name=value`.
void append_query_pair(std::string_view name, std::string_view value, std::string& url);

/// Sets the caller's headers, or says which one can not be. `member` is where they come from.
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
