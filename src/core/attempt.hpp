#pragma once

#include <chrono>
#include <optional>

#include <sent/error.hpp>
#include <sent/http/transport.hpp>
#include <sent/result.hpp>

#include "core/config.hpp"
#include "core/logger.hpp"
#include "core/prepared_call.hpp"
#include "core/retry.hpp"

/// @file
/// What an attempt has brought.

namespace sent::detail {

/// An attempt that was not a success.
struct FailedAttempt {
    /// Free of secrets. Its outcome is the one of this attempt.
    Error error{};
    Judgement judgement{};
    /// The service, or something in its place, has answered.
    bool has_answer = false;
    /// The service could not be reached, and this machine is not the cause.
    bool is_unreachable = false;
    /// Shows that the earlier attempts of the call had no effect either.
    bool had_no_effect_before = false;
};

/// Reads the result of an attempt. Stores a success in the target, or returns how the attempt has failed.
/// Fills the target's metadata in both cases.
std::optional<FailedAttempt> read_attempt(TransportResult&& result, const PreparedCall& call,
                                          const CallTarget& target, const Config& config, const CallLog& log,
                                          std::chrono::system_clock::time_point now);

}  // namespace sent::detail
