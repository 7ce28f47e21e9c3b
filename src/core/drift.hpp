#pragma once

#include <string_view>

#include <sent/operation.hpp>
#include <sent/unknown_members.hpp>

#include "core/config.hpp"
#include "core/prepared_call.hpp"
#include "json/decode.hpp"

/// @file
/// What answers have that the tables do not know.

namespace sent::detail {

/// An answer that was read again.
struct StrictReading {
    /// Says whether the text was an answer.
    DecodeResult decoded{};
    UnknownMembers unknown{};
};

/// Reads an answer with the table of the route's response, which must not be null, and counts what the table
/// does not have. Throws only std::bad_alloc.
StrictReading read_strictly(const Route& route, std::string_view answer, Room room);

/// Counts the answer to a call that has succeeded. The options must have a counter.
void count_drift(const PreparedCall& call, const Config& config, std::string_view answer) noexcept;

}  // namespace sent::detail
