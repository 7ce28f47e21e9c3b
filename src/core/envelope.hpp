#pragma once

#include <string>
#include <type_traits>

#include <sent/operation.hpp>

#include "json/decode.hpp"

/// @file
/// What stands around the content of every v3 answer: `{success, data, error, meta}`.

namespace sent::detail {

/// The envelope's `meta`; the rest of it says nothing that ResponseMeta does not.
struct EnvelopeMeta {
    std::string request_id{};
};

template <>
struct Described<EnvelopeMeta> : std::true_type {
    static const StructInfo& info() noexcept;
};

/// How reading an envelope went.
struct Envelope {
    DecodeResult decoded{};
    /// The service says that it failed, whatever the status.
    bool is_refusal = false;
    /// It says that it succeeded: `success` is true.
    bool says_success = false;
    /// `data` is there, but is nothing that the operation answers with.
    bool has_wrong_data = false;
    std::string request_id{};
};

/// Reads `data` into `value` by its table; null: whatever is there is skipped.
Envelope read_envelope(const JsonText& body, const StructInfo* data, void* value, Room room);

}  // namespace sent::detail
