#pragma once

#include <string>
#include <string_view>

#include <sent/http/transport.hpp>
#include <sent/operation.hpp>

#include "core/envelope.hpp"
#include "core/retry.hpp"
#include "json/decode.hpp"

/// @file
/// Decides whether a 2xx is the service's reply, and decodes its content.

namespace sent::detail {

/// The reply that an operation expects.
struct ExpectedAnswer {
    Generation generation = Generation::v3;
    /// A write succeeds only if the service says so; an object in the form of an error does not.
    bool is_write = true;
    /// Null if no content is expected.
    const StructInfo* table = nullptr;
};

/// Decodes the content into `value` by the table.
Envelope read_answer(const HttpResponse& response, const ExpectedAnswer& expected, void* value, Room room);

/// Returns the envelope of a reply that only the service can have sent.
Envelope proven_envelope(DecodeResult&& decoded);

/// Whether a 2xx that is not a refusal is a success. A write needs the service's confirmation.
[[nodiscard]] bool is_answer(const Envelope& envelope, bool is_write) noexcept;

/// How an attempt ended whose 2xx is not a success. Only the service reports its own success; a truncated
/// document could have continued differently.
[[gnu::cold]] AttemptEnd end_of_unreadable(int status, const Envelope& envelope) noexcept;

/// How an attempt ended that the service refused: by the status, or (v3) inside a 2xx. Refers to `code`.
[[gnu::cold]] AttemptEnd end_of_refusal(int status, std::string_view code, bool is_foreign) noexcept;

/// Why a 2xx is no success.
[[gnu::cold]] std::string_view reason_of(const Envelope& envelope, const std::string& body,
                                         Generation generation) noexcept;

}  // namespace sent::detail
