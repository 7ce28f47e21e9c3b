#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

#include "json/event_source.hpp"
#include "json/field.hpp"

/// @file
/// JSON into structs. Never throws but std::bad_alloc; safe with any bytes.
///
/// Lenient as the API needs it: fields that are missing, null or unknown, and enum values that are unknown,
/// never fail. A string takes the text of a number or boolean as it stood; a number takes a string that holds
/// one. Half a surrogate pair in a string (`"\ud83d"`) becomes U+FFFD. Any other value of the wrong type
/// leaves its target as it was and is counted. Of duplicate keys the last wins.

namespace sent::detail {

enum class DecodeStatus {
    ok,
    invalid,    ///< not JSON, truncated, empty, not UTF-8, or a number that no double holds
    too_deep,   ///< nested deeper than max_json_depth
    too_large,  ///< the elements of its lists and maps take more memory than they may
    wrong_root  ///< JSON, but an object was expected and the whole is something else (null passes as an empty
                ///< one)
};

struct [[nodiscard]] DecodeResult {
    DecodeStatus status = DecodeStatus::ok;
    /// Where it went wrong, counted from 0.
    std::size_t offset = 0;
    /// Empty when all is well, else `invalid JSON at byte 17 (data.items[2].name): unexpected character 'x'`.
    std::string message{};
    /// How many values had a type that did not fit.
    std::size_t mismatches = 0;
    /// The first of them, for the debug log: `items[3].id: expected string, found object`. Never a value.
    std::string first_mismatch{};
    /// Whether names that the table does not have are looked at. Set by decode_strictly() only.
    bool looks_for_unknown = false;
    /// The first of them: `template.parameter`.
    std::string first_unknown{};

    explicit operator bool() const noexcept { return status == DecodeStatus::ok; }
};

/// How much memory the elements of lists and maps may take, in bytes. Three characters (`{},`) can be an
/// element of 2,000 bytes. What strings hold is no longer than the text, so only elements are counted; a
/// vector that grows has room for up to three times as many for a moment. Reading stops at the limit.
///
/// Where the lists of an error's members (`field_errors_type`) meet the limit they are cut instead.
using Room = std::size_t;

/// For texts of the program's own.
inline constexpr Room unlimited = std::numeric_limits<Room>::max();

/// For a text of at most this length. A short one may have a few large elements.
constexpr Room room_for_text(std::size_t size) noexcept {
    constexpr Room least = std::size_t{16} * 1024;
    constexpr Room most_expansion = 4;
    return size < (unlimited - least) / most_expansion ? least + most_expansion * size : unlimited;
}

/// Reads an object into a struct. What is not in the JSON keeps its value.
DecodeResult decode(const JsonText& json, const StructInfo& info, void* object, Room room = unlimited);

/// The same for what a program wrote: also notes the first member that the table does not have.
DecodeResult decode_strictly(const JsonText& json, const StructInfo& info, void* object);

/// Reads any value into a target of this type.
DecodeResult decode(const JsonText& json, const TypeInfo& type, void* target, Room room = unlimited);

template <class T>
DecodeResult decode(const JsonText& json, T& target, Room room = unlimited) {
    return decode(json, type_info<T>, static_cast<void*>(&target), room);
}

/// One member of an object whose types are only known at run time, such as the v3 envelope:
///
///     EnvelopeMember members[] = {{"success", &type_info<bool>, &success},
///                                 {"data", &type_info<Contact>, &contact}, ...};
///     decode_envelope(json, members);
///
/// A member whose struct is known by its table only has the type `struct_by_table`; there is one such table.
struct EnvelopeMember {
    enum class State { absent, null, value, mismatch };

    std::string_view name{};
    /// Null: skipped, only its state is noted.
    const TypeInfo* type = nullptr;
    void* target = nullptr;
    State state = State::absent;
};

inline constexpr TypeInfo struct_by_table{Kind::structure};

DecodeResult decode_envelope(const JsonText& json, EnvelopeMember* members, std::size_t count,
                             const StructInfo* table = nullptr, Room room = unlimited);

template <std::size_t Count>
DecodeResult decode_envelope(const JsonText& json, EnvelopeMember (&members)[Count],
                             const StructInfo* table = nullptr, Room room = unlimited) {
    return decode_envelope(json, members, Count, table, room);
}

}  // namespace sent::detail
