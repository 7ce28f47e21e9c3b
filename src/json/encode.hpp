#pragma once

#include <string>
#include <string_view>

#include "json/field.hpp"
#include "json/inspect.hpp"

/// @file
/// Structs into JSON. Never throws but std::bad_alloc. Independent of the locale.

namespace sent::detail {

struct EncodeOptions {
    /// A JSON object whose members join those of the struct, and replace them where names are the same.
    std::string_view extra_members{};
    /// Every member, also what goes into the path or query and what only the server sets: for
    /// `sent/json.hpp`, not for requests.
    bool everything = false;
    /// `"[redacted]"` in place of secrets: for logs, not for requests.
    bool redact_secrets = false;
};

struct [[nodiscard]] EncodeResult {
    /// Empty when all is well, else what is wrong and where: `messageBody["name"]: invalid UTF-8 at byte 3`.
    /// Never a value.
    std::string error{};
    /// Nothing but `{}` was written.
    bool is_empty = false;

    explicit operator bool() const noexcept { return error.empty(); }
};

/// Appends the struct as an object. Empty optionals, strings, vectors, maps and structs are left out unless
/// their field is required() or always(); a Nullable is written as null when it is null. After an error `out`
/// is as before.
EncodeResult encode(const StructInfo& info, const void* object, std::string& out,
                    const EncodeOptions& options = {});

/// Appends any value; an empty optional becomes null.
EncodeResult encode(const TypeInfo& type, const void* value, std::string& out,
                    const EncodeOptions& options = {});

template <class T>
EncodeResult encode(const T& value, std::string& out, const EncodeOptions& options = {}) {
    return encode(type_info<T>, static_cast<const void*>(&value), out, options);
}

}  // namespace sent::detail
