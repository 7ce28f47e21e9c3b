#pragma once

#include <string>
#include <string_view>

#include "json/field.hpp"
#include "json/inspect.hpp"

/// @file
/// Encodes structs as JSON. Throws only std::bad_alloc. Independent of the locale.

namespace sent::detail {

struct EncodeOptions {
    /// A JSON object whose members are added to the struct's members, and replace members of the
    /// same name.
    std::string_view extra_members{};
    /// Writes every member, also those for the path or query and those that only the server sets. For
    /// `sent/json.hpp`, not for requests.
    bool everything = false;
    /// Writes `"[redacted]"` in place of secrets. For logs, not for requests.
    bool redact_secrets = false;
};

struct [[nodiscard]] EncodeResult {
    /// Empty on success, otherwise what is wrong and where: `messageBody["name"]: invalid UTF-8 at byte 3`.
    /// Never contains a value.
    std::string error{};
    /// Only `{}` was written.
    bool is_empty = false;

    explicit operator bool() const noexcept { return error.empty(); }
};

/// Appends the struct as an object. Omits empty optionals, strings, vectors, maps and structs unless their
/// field is required() or always(). Writes a Nullable that is null as null. After an error, `out` is
/// unchanged.
EncodeResult encode(const StructInfo& info, const void* object, std::string& out,
                    const EncodeOptions& options = {});

/// Appends any value. An empty optional becomes null.
EncodeResult encode(const TypeInfo& type, const void* value, std::string& out,
                    const EncodeOptions& options = {});

template <class T>
EncodeResult encode(const T& value, std::string& out, const EncodeOptions& options = {}) {
    return encode(type_info<T>, static_cast<const void*>(&value), out, options);
}

}  // namespace sent::detail
