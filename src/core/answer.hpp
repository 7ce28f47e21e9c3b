#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <sent/error.hpp>
#include <sent/http/transport.hpp>
#include <sent/operation.hpp>
#include <sent/options.hpp>

#include "core/retry.hpp"
#include "json/decode.hpp"

/// @file
/// Reads the service's replies: is it a success, and if not, what does it mean?

namespace sent::detail {

/// The reply that a call expects.
struct ExpectedAnswer {
    Generation generation = Generation::v3;
    /// A write succeeds only if the service says so; an object in the form of an error does not.
    Safety safety = Safety::unkeyed_write;
    RetrySafety policy = RetrySafety::strict;
    /// Null if no content is expected.
    const StructInfo* table = nullptr;
};

/// A reply that has been read.
struct Answer {
    /// Empty if the reply is a success. Otherwise free of secrets, with the outcome of the attempt.
    std::optional<Error> error{};
    /// What the error means.
    Judgement judgement{};
    /// Empty if it is not in the body.
    std::string request_id{};
    DecodeResult decoded{};
};

/// Reads a reply. Decodes the content of a success into `value` by the table. Removes `secret` from all texts
/// of the error.
Answer read_answer(const HttpResponse& response, const ExpectedAnswer& expected, void* value, Room room,
                   std::string_view secret, std::chrono::system_clock::time_point now);

}  // namespace sent::detail
