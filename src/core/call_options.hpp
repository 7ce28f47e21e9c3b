#pragma once

#include <string>
#include <string_view>

#include "core/prepared_call.hpp"

/// @file
/// The options of a call: their precedence, and how they change a request.

namespace sent::detail {

inline constexpr std::string_view json_content_type = "application/json";

/// Applies headers, limits and options that do not depend on the body.
Problem apply_options(const Config& config, const CallOptions& options, PreparedCall& call);

/// Sets the caller's key, or a new one if `make_one` is true, and adjusts the safety of the call accordingly.
Problem apply_idempotency_key(const Config& config, const CallOptions& options, bool make_one,
                              PreparedCall& call);

/// Whether a write is simulated if the sandbox is on.
enum class SandboxSupport {
    yes,
    no,         ///< the operation has no sandbox
    fixed_text  ///< an EncodedRequest, to whose text nothing is added
};

/// A client in sandbox mode refuses writes that do not support the sandbox.
Problem refuse_real_write(const Config& config, const CallOptions& options, Safety safety,
                          SandboxSupport support);

}  // namespace sent::detail
