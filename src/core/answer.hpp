#pragma once

#include <string>
#include <string_view>

#include <sent/http/transport.hpp>
#include <sent/operation.hpp>

#include "core/envelope.hpp"
#include "core/retry.hpp"
#include "json/decode.hpp"

/// @file
/// What a 2xx says: whether it is the service's answer, and its content.

namespace sent::detail {

/// What an operation answers with.
struct ExpectedAnswer {
    Generation generation = Generation::v3;
    /// A write needs the service's word; an object that has the form of an error is none.
    bool is_write = true;
    /// Null: no content.
    const StructInfo* table = nullptr;
};

/// Reads the content into `value` by its table.
Envelope read_answer(const HttpResponse& response, const ExpectedAnswer& expected, void* value, Room room);

/// An answer that only the service gives.
Envelope proven_envelope(DecodeResult&& decoded);

/// How an attempt ended that the service refused: by the status, or (v3) inside a 2xx. Refers to `code`.
[[gnu::cold]] AttemptEnd end_of_refusal(int status, std::string_view code, bool is_foreign) noexcept;

/// Why a 2xx is no success.
[[gnu::cold]] std::string_view reason_of(const Envelope& envelope, const std::string& body,
                                         Generation generation) noexcept;

}  // namespace sent::detail
