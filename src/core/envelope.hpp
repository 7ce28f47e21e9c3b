#pragma once

#include <string>
#include <type_traits>

#include <sent/operation.hpp>

#include "json/decode.hpp"

/// @file
/// The envelope of every v3 reply: `{success, data, error, meta}`.

namespace sent::detail {

/// The envelope's `meta`. Its other members are also in ResponseMeta.
struct EnvelopeMeta {
    std::string request_id{};
};

template <>
struct Described<EnvelopeMeta> : std::true_type {
    static const StructInfo& info() noexcept;
};

/// The result of reading an envelope.
struct Envelope {
    DecodeResult decoded{};
    /// The service reports a failure, whatever the status is.
    bool is_refusal = false;
    /// The service reports success: `success` is true.
    bool says_success = false;
    /// `data` exists, but does not have the form that the operation returns.
    bool has_wrong_data = false;
    std::string request_id{};
};

/// Decodes `data` into `value` by its table. Without a table, skips `data`.
Envelope read_envelope(const JsonText& body, const StructInfo* data, void* value, Room room);

}  // namespace sent::detail
