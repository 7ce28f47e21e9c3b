#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <sent/json_text.hpp>
#include <sent/nullable.hpp>
#include <sent/open_enum.hpp>
#include <sent/operation.hpp>
#include <sent/secret.hpp>
#include <sent/timestamp.hpp>

/// @file
/// Describes the types that struct members may have, as plain data: a kind and, for containers, the few
/// functions that the codec needs. One constant per type, deduced at compile time. The codec itself is not a
/// template.

namespace sent::detail {

struct StructInfo;

enum class Kind : std::uint8_t {
    string,
    secret,  // Secret: a string on the wire
    boolean,
    int32,
    int64,
    number,  // double
    open_enum,
    timestamp,
    raw_json,
    optional,
    nullable,
    vector,
    map,
    structure,
    field_errors  // std::map<std::string, std::vector<std::string>>, decoded leniently from an error body
};

/// Functions that a kind does not need are null.
struct TypeInfo {
    using Visitor = bool (*)(void* context, const std::string& key, const void* value);

    Kind kind = Kind::string;
    /// The type inside an optional, nullable, vector or map.
    const TypeInfo* element = nullptr;
    const StructInfo& (*structure)() noexcept = nullptr;
    /// Sets the default-constructed value.
    void (*reset)(void* object) = nullptr;
    /// Returns the string inside a string, open_enum or raw_json.
    std::string& (*text)(void* object) noexcept = nullptr;
    /// Makes room for a value and returns its address: a new value of an optional or nullable, a new last
    /// element of a vector, or a new value of a map under `key`, which is moved from. Replaces an earlier
    /// value under the same key.
    void* (*open)(void* object, std::string& key) = nullptr;
    /// Returns the value of an optional or nullable. Null if there is none.
    const void* (*value)(const void* object) noexcept = nullptr;
    /// Memory of each element of a vector or map, without the content of its strings.
    std::size_t element_bytes = 0;
    std::size_t (*size)(const void* object) noexcept = nullptr;
    const void* (*at)(const void* vector, std::size_t index) noexcept = nullptr;
    /// Calls `visit` for each member of a map until it returns false. Returns the last result.
    bool (*each)(const void* map, Visitor visit, void* context) = nullptr;
    /// See is_unset().
    bool (*is_unset)(const void* object) noexcept = [](const void*) noexcept { return false; };
    void (*set_null)(void* nullable) noexcept = nullptr;
    /// Whether the value of an enumeration is empty or one of its constants.
    bool (*is_known)(const void* open_enum) noexcept = nullptr;
};

template <class T>
constexpr TypeInfo describe() noexcept;

template <class T>
struct TypeInfoOf {
    static constexpr TypeInfo value = describe<T>();
};

/// The description of T; one object per type.
template <class T>
inline constexpr const TypeInfo& type_info = TypeInfoOf<T>::value;

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};

template <class T>
struct is_nullable : std::false_type {};
template <class T>
struct is_nullable<Nullable<T>> : std::true_type {
    using value_type = T;
};

template <class T>
struct is_vector : std::false_type {};
template <class T>
struct is_vector<std::vector<T>> : std::true_type {};

template <class T>
struct is_string_map : std::false_type {};
template <class T>
struct is_string_map<std::map<std::string, T>> : std::true_type {};

template <class T>
inline constexpr bool is_open_enum = std::is_base_of_v<OpenEnum<T>, T>;

template <class T>
inline constexpr bool is_unsupported = false;

template <class T>
constexpr void describe_optional(TypeInfo& info) noexcept {
    info.kind = Kind::optional;
    info.element = &type_info<typename T::value_type>;
    info.open = [](void* object, std::string&) -> void* { return &static_cast<T*>(object)->emplace(); };
    info.value = [](const void* object) noexcept -> const void* {
        const T& optional = *static_cast<const T*>(object);
        return optional.has_value() ? &*optional : nullptr;
    };
}

template <class T>
constexpr void describe_nullable(TypeInfo& info) noexcept {
    info.kind = Kind::nullable;
    info.element = &type_info<typename is_nullable<T>::value_type>;
    info.open = [](void* object, std::string&) -> void* { return &static_cast<T*>(object)->emplace(); };
    info.value = [](const void* object) noexcept -> const void* {
        const T& nullable = *static_cast<const T*>(object);
        return nullable.has_value() ? &*nullable : nullptr;
    };
    info.set_null = [](void* object) noexcept { static_cast<T*>(object)->set_null(); };
}

template <class T>
constexpr void describe_vector(TypeInfo& info) noexcept {
    static_assert(!std::is_same_v<T, std::vector<bool>>, "its elements have no address");
    info.kind = Kind::vector;
    info.element = &type_info<typename T::value_type>;
    info.element_bytes = sizeof(typename T::value_type);
    info.open = [](void* object, std::string&) -> void* { return &static_cast<T*>(object)->emplace_back(); };
    info.size = [](const void* object) noexcept { return static_cast<const T*>(object)->size(); };
    info.at = [](const void* object, std::size_t index) noexcept -> const void* {
        return static_cast<const T*>(object)->data() + index;
    };
}

/// The size of a map's element with the four words that the tree adds.
template <class Map>
inline constexpr std::size_t map_node_bytes = sizeof(typename Map::value_type) + 4 * sizeof(void*);

template <class T>
constexpr void describe_map(TypeInfo& info) noexcept {
    info.kind = Kind::map;
    info.element = &type_info<typename T::mapped_type>;
    info.element_bytes = map_node_bytes<T>;
    info.open = [](void* object, std::string& key) -> void* {
        return &static_cast<T*>(object)
                    ->insert_or_assign(std::move(key), typename T::mapped_type{})
                    .first->second;
    };
    info.size = [](const void* object) noexcept { return static_cast<const T*>(object)->size(); };
    info.each = [](const void* object, TypeInfo::Visitor visit, void* context) {
        for (const auto& [key, value] : *static_cast<const T*>(object)) {
            if (!visit(context, key, &value)) {
                return false;
            }
        }
        return true;
    };
}

/// Whether a value is an empty string, Secret, enumeration, RawJson, vector, map or optional, or an absent
/// Nullable (null is a value).
template <class T>
[[nodiscard]] bool is_unset(const T& value) noexcept {
    if constexpr (std::is_same_v<T, RawJson>) {
        return value.text.empty();
    } else if constexpr (is_optional<T>::value) {
        return !value.has_value();
    } else if constexpr (is_nullable<T>::value) {
        return !value.has_value() && !value.is_null();
    } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, Secret> || is_open_enum<T> ||
                         is_vector<T>::value || is_string_map<T>::value) {
        return value.empty();
    } else {
        return false;
    }
}

/// Whether the enumeration is empty or equal to one of its constants.
template <class T>
[[nodiscard]] bool is_known(const T& value) noexcept {
    const auto& constants = KnownValues<T>::constants;
    const auto is_value = [&](const auto& constant) { return value == constant; };
    return value.empty() || std::any_of(std::begin(constants), std::end(constants), is_value);
}

template <class T>
constexpr TypeInfo describe() noexcept {
    TypeInfo info{};
    info.reset = [](void* object) { *static_cast<T*>(object) = T{}; };
    info.is_unset = [](const void* object) noexcept { return is_unset(*static_cast<const T*>(object)); };
    if constexpr (std::is_same_v<T, std::string>) {
        info.kind = Kind::string;
        info.text = [](void* object) noexcept -> std::string& { return *static_cast<T*>(object); };
    } else if constexpr (std::is_same_v<T, Secret>) {
        info.kind = Kind::secret;
    } else if constexpr (is_open_enum<T>) {
        static_assert(std::is_default_constructible_v<std::hash<T>>,
                      "SENT_DETAIL_OPEN_ENUM is missing after this enumeration");
        info.kind = Kind::open_enum;
        info.text = [](void* object) noexcept -> std::string& { return static_cast<T*>(object)->raw(); };
        info.is_known = [](const void* object) noexcept { return is_known(*static_cast<const T*>(object)); };
    } else if constexpr (std::is_same_v<T, RawJson>) {
        info.kind = Kind::raw_json;
        info.text = [](void* object) noexcept -> std::string& { return static_cast<T*>(object)->text; };
    } else if constexpr (std::is_same_v<T, bool>) {
        info.kind = Kind::boolean;
    } else if constexpr (std::is_same_v<T, std::int32_t>) {
        info.kind = Kind::int32;
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        info.kind = Kind::int64;
    } else if constexpr (std::is_same_v<T, double>) {
        info.kind = Kind::number;
    } else if constexpr (std::is_same_v<T, Timestamp>) {
        info.kind = Kind::timestamp;
    } else if constexpr (is_optional<T>::value) {
        describe_optional<T>(info);
    } else if constexpr (is_nullable<T>::value) {
        describe_nullable<T>(info);
    } else if constexpr (is_vector<T>::value) {
        describe_vector<T>(info);
    } else if constexpr (is_string_map<T>::value) {
        describe_map<T>(info);
    } else if constexpr (Described<T>::value) {
        info.kind = Kind::structure;
        info.structure = &Described<T>::info;
    } else {
        static_assert(is_unsupported<T>,
                      "no JSON type for this member: see Kind, or SENT_DETAIL_DESCRIBE the struct");
    }
    return info;
}

using FieldErrors = std::map<std::string, std::vector<std::string>>;

constexpr TypeInfo describe_field_errors() noexcept {
    TypeInfo info = describe<FieldErrors>();
    info.kind = Kind::field_errors;
    return info;
}

/// For the `details` or `errors` of an error body: an object with messages, lists of messages or anything
/// else (kept as text); or a bare message or list, which gets the empty key. Written like any other map.
inline constexpr TypeInfo field_errors_type = describe_field_errors();

}  // namespace sent::detail
