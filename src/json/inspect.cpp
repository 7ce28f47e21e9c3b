#include "json/inspect.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "base/text/ascii.hpp"
#include "json/field.hpp"
#include "json/text.hpp"

namespace sent::detail {

const std::string& text_of(const TypeInfo& type, const void* value) noexcept {
    return type.text(const_cast<void*>(value));  // NOLINT(cppcoreguidelines-pro-type-const-cast): only read
}

bool is_default(const TypeInfo& type, const void* value) noexcept {
    switch (type.kind) {
        case Kind::boolean:
            return !*static_cast<const bool*>(value);
        case Kind::int32:
            return *static_cast<const std::int32_t*>(value) == 0;
        case Kind::int64:
            return *static_cast<const std::int64_t*>(value) == 0;
        case Kind::number:
            return std::fpclassify(*static_cast<const double*>(value)) == FP_ZERO;
        default:
            return false;
    }
}

Unwrapped unwrap(const TypeInfo& type, const void* value) noexcept {
    Unwrapped inner{&type, value};
    while (inner.type->kind == Kind::optional || inner.type->kind == Kind::nullable) {
        inner.value = inner.value == nullptr ? nullptr : inner.type->value(inner.value);
        inner.type = inner.type->element;
    }
    return inner;
}

bool scalar_text(const TypeInfo& type, const void* value, std::string& out) {
    const Unwrapped inner = unwrap(type, value);
    if (inner.value == nullptr || inner.type->is_unset(inner.value)) {
        return false;
    }
    switch (inner.type->kind) {
        case Kind::string:
        case Kind::open_enum:
            out += text_of(*inner.type, inner.value);
            return true;
        case Kind::boolean:
            out += *static_cast<const bool*>(inner.value) ? "true" : "false";
            return true;
        case Kind::int32:
            append_integer(*static_cast<const std::int32_t*>(inner.value), out);
            return true;
        case Kind::int64:
            append_integer(*static_cast<const std::int64_t*>(inner.value), out);
            return true;
        case Kind::number:
            return append_number(*static_cast<const double*>(inner.value), out);
        case Kind::timestamp:
            out += encode_timestamp(*static_cast<const Timestamp*>(inner.value));
            return true;
        case Kind::secret:  // a URL is logged
        case Kind::raw_json:
        case Kind::optional:
        case Kind::nullable:
        case Kind::vector:
        case Kind::map:
        case Kind::structure:
        case Kind::field_errors:
            break;
    }
    return false;
}

namespace {

/// Innermost type of optionals, vectors and maps.
const TypeInfo& without_containers(const TypeInfo& type) noexcept {
    const auto* inner = &type;
    while (inner->element != nullptr) {
        inner = inner->element;
    }
    return *inner;
}

/// `seen` has the structs that are being looked at, because a struct may be inside itself.
bool holds_secret(const StructInfo& info, std::vector<const StructInfo*>& seen) {
    if (std::find(seen.begin(), seen.end(), &info) != seen.end()) {
        return false;
    }
    seen.push_back(&info);
    return std::any_of(info.begin(), info.end(), [&seen](const Field& field) {
        const auto& type = without_containers(*field.type);
        return field.is_secret || type.kind == Kind::secret ||
               (type.structure != nullptr && holds_secret(type.structure(), seen));
    });
}

}  // namespace

bool holds_secret(const StructInfo* info) {
    std::vector<const StructInfo*> seen;
    return info != nullptr && holds_secret(*info, seen);
}

std::string key_step(const std::string& key) {
    constexpr std::size_t longest = 40;
    const auto begins = [](char c) { return is_letter(c) || c == '_'; };
    const auto fits = [&](char c) { return begins(c) || is_digit(c) || c == '-' || c == '.'; };
    const bool plain = !key.empty() && key.size() <= longest && begins(key.front()) &&
                       std::all_of(key.begin(), key.end(), fits);
    return plain ? "[\"" + key + "\"]" : "[*]";
}

}  // namespace sent::detail
