#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "json/event_source.hpp"
#include "json/field.hpp"

/// @file
/// Decodes JSON into structs. Throws only std::bad_alloc; safe with any bytes.
///
/// Lenient, as the API requires: missing, null or unknown fields and unknown enum values never fail. A string
/// takes the text of a number or boolean unchanged; a number takes a string that contains one. Half a
/// surrogate pair in a string (`"\ud83d"`), and bytes in it that are not UTF-8, become U+FFFD. Any other
/// value of the wrong type leaves its target unchanged and is counted. If keys are duplicated, the last one
/// wins.

namespace sent::detail {

enum class DecodeStatus {
    ok,
    invalid,    ///< not JSON, truncated, empty, not UTF-8 outside of strings, or a number that does not fit a
                ///< double
    too_deep,   ///< nested deeper than max_json_depth
    too_large,  ///< the elements of its lists and maps exceed the limit on their memory
    wrong_root  ///< JSON, but not the expected object (null counts as an empty one)
};

struct [[nodiscard]] DecodeResult {
    DecodeStatus status = DecodeStatus::ok;
    /// The position of the error in bytes, counted from 0.
    std::size_t offset = 0;
    /// Empty on success, otherwise for example `invalid JSON at byte 17 (data.items[2].name): unexpected
    /// character 'x'`.
    std::string message{};
    /// The number of values of the wrong type.
    std::size_t mismatches = 0;
    /// The first mismatch, for the debug log: `items[3].id: expected string, found object`. Never contains a
    /// value.
    std::string first_mismatch{};
    /// Not null while the strict functions read: names that the table does not have are counted, except at
    /// this path.
    const std::string_view* uncounted_path = nullptr;
    std::uint32_t unknown = 0;
    /// The first unknown name, for example `template.parameter`.
    std::string first_unknown{};

    explicit operator bool() const noexcept { return status == DecodeStatus::ok; }
};

/// The limit, in bytes, on the memory of the elements of lists and maps. Three characters (`{},`) can be an
/// element of 2,000 bytes. Strings are not longer than the text, so only elements are counted. A growing
/// vector temporarily has room for up to three times as many. Reading stops at the limit.
///
/// Only the lists of error messages (`field_errors_type`) are cut at the limit instead.
using Room = std::size_t;

/// For texts from the program itself.
inline constexpr Room unlimited = std::numeric_limits<Room>::max();

/// Returns the limit for a text of at most `size` bytes. Even a short text may have a few large elements.
constexpr Room room_for_text(std::size_t size) noexcept {
    constexpr Room least = std::size_t{16} * 1024;
    constexpr Room most_expansion = 4;
    return size < (unlimited - least) / most_expansion ? least + most_expansion * size : unlimited;
}

/// Decodes an object into a struct. Members that are not in the JSON keep their values.
DecodeResult decode(const JsonText& json, const StructInfo& info, void* object, Room room = unlimited);

/// Like decode(), but also counts the members that the table does not have, and reports the first.
DecodeResult decode_strictly(const JsonText& json, const StructInfo& info, void* object,
                             Room room = unlimited);

/// Decodes any value into a target of this type.
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
/// If only the table of a member's struct is known, its type is `struct_by_table`. There can be one such
/// table.
struct EnvelopeMember {
    enum class State { absent, null, value, mismatch };

    std::string_view name{};
    /// If null, the member is skipped and only its state is set.
    const TypeInfo* type = nullptr;
    void* target = nullptr;
    State state = State::absent;
};

inline constexpr TypeInfo struct_by_table{Kind::structure};

DecodeResult decode_envelope(const JsonText& json, EnvelopeMember* members, std::size_t count,
                             const StructInfo* table = nullptr, Room room = unlimited);

/// Reads the members as decode_strictly() reads a struct. Other members of the object are not counted, and
/// neither is the one at `uncounted_path`, which is documented but not read.
DecodeResult decode_envelope_strictly(const JsonText& json, EnvelopeMember* members, std::size_t count,
                                      const StructInfo* table, Room room, std::string_view uncounted_path);

template <std::size_t Count>
DecodeResult decode_envelope(const JsonText& json, EnvelopeMember (&members)[Count],
                             const StructInfo* table = nullptr, Room room = unlimited) {
    return decode_envelope(json, members, Count, table, room);
}

}  // namespace sent::detail
