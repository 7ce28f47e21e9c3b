#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include "json/type_info.hpp"

/// @file
/// Field tables: they define the JSON name of each struct member once, for reading and writing.
///
/// Write them in the source of a public header (whose structs have SENT_DETAIL_DESCRIBE), in namespace
/// sent::detail:
///
///     SENT_TABLE(Contact,
///                field<&Contact::id>("id"),
///                field<&Contact::phone_number>("phoneNumber"),
///                field<&Contact::name>("displayName"),
///                field<&Contact::name>("name").alias());                // read, but never written
///
/// Members of requests name their place (the default is the body) and what the client checks:
///
///     field<&GetContact::id>("id").in_path(),                            // always required
///     field<&ListContacts::page>("page").in_query().at_least(0),
///     field<&SendMessage::to>("to").required(),
///     field<&CreateProfile::token>("access_token").secret(),
///     field<&SendToContact::message_body>("messageBody").when<&named_message_body>(),
///
/// A member that has the text of the whole object, and whose members are written beside the struct's others,
/// is the last row:
///
///     field<&MarketCampaign::fields>("fields").whole_object()
///
/// A struct without members: `SENT_EMPTY_TABLE(GetAccountRequest)`. An object that may also come as a bare
/// array: `SENT_TABLE_OR_ARRAY(Page<Template>, "items", ...)`.
///
/// Member types: std::string, Secret, bool, std::int32_t, std::int64_t, double, OpenEnum, Timestamp (in an
/// optional), RawJson, described structs (also inside themselves), and std::optional, Nullable, std::vector
/// and std::map<std::string, ...> of these.

namespace sent::detail {

/// Which part of a request a member belongs to. Members of replies are always in the body.
enum class Location : std::uint8_t { body, path, query };

/// One row of a table. Plain data; the functions return changed copies and are used to write the row.
struct Field {
    std::string_view name{};
    /// Returns the address of the member in an object.
    void* (*member)(void* object) noexcept = nullptr;
    const TypeInfo* type = nullptr;
    /// Whether the member of an object is unset, see is_unset().
    bool (*is_unset)(const void* object) noexcept = [](const void*) noexcept { return false; };
    Location location = Location::body;
    bool is_required = false;
    bool is_alias = false;
    bool is_always_written = false;
    bool is_default_skipped = false;
    bool is_secret = false;
    bool is_read_only = false;
    bool is_bounded = false;
    bool is_whole_object = false;
    std::int64_t minimum = 0;
    std::int64_t maximum = 0;
    /// Whether this row is written for an object. Null means always.
    bool (*applies)(const void* object) = nullptr;

    [[nodiscard]] const void* in(const void* object) const noexcept {
        return member(const_cast<void*>(object));  // NOLINT(cppcoreguidelines-pro-type-const-cast): only read
    }

    /// The member is a part of the path and must not be empty.
    [[nodiscard]] constexpr Field in_path() const noexcept {
        Field changed = required();
        changed.location = Location::path;
        return changed;
    }
    [[nodiscard]] constexpr Field in_query() const noexcept {
        Field changed = *this;
        changed.location = Location::query;
        return changed;
    }
    /// The request is refused before it is sent if the member is empty.
    [[nodiscard]] constexpr Field required() const noexcept {
        Field changed = *this;
        changed.is_required = true;
        return changed;
    }
    /// A second name, only for reading.
    [[nodiscard]] constexpr Field alias() const noexcept {
        Field changed = *this;
        changed.is_alias = true;
        return changed;
    }
    /// Set by the server only: read, but never written.
    [[nodiscard]] constexpr Field read_only() const noexcept {
        Field changed = *this;
        changed.is_read_only = true;
        return changed;
    }
    /// Written even if it is an empty string, vector, map or struct.
    [[nodiscard]] constexpr Field always() const noexcept {
        Field changed = *this;
        changed.is_always_written = true;
        return changed;
    }
    /// Not written if it is false or 0.
    [[nodiscard]] constexpr Field skip_default() const noexcept {
        Field changed = *this;
        changed.is_default_skipped = true;
        return changed;
    }
    /// For a RawJson in the last row, which has no name on the wire: it receives the text of the whole
    /// object. Its members that no other row writes are added to the object.
    [[nodiscard]] constexpr Field whole_object() const noexcept {
        Field changed = *this;
        changed.is_whole_object = true;
        return changed;
    }
    /// For strings: replaced by `[redacted]` if a struct is written for a log. A Secret always is.
    [[nodiscard]] constexpr Field secret() const noexcept {
        Field changed = *this;
        changed.is_secret = true;
        return changed;
    }
    /// For numbers: the request is refused if the value is outside these bounds. The bounds themselves are
    /// allowed.
    [[nodiscard]] constexpr Field between(std::int64_t least, std::int64_t most) const noexcept {
        Field changed = *this;
        changed.is_bounded = true;
        changed.minimum = least;
        changed.maximum = most;
        return changed;
    }
    /// The same without an upper bound, for a std::int32_t.
    [[nodiscard]] constexpr Field at_least(std::int64_t least) const noexcept {
        return between(least, std::numeric_limits<std::int32_t>::max());
    }
    /// For error bodies: decoded leniently, see `field_errors_type`. The member must be a FieldErrors.
    [[nodiscard]] constexpr Field as_field_errors() const noexcept {
        Field changed = *this;
        changed.type = &field_errors_type;
        return changed;
    }
    /// Written only if `Predicate`, a `bool (*)(const Struct&)`, returns true. Reading is not affected.
    template <auto Predicate>
    [[nodiscard]] constexpr Field when() const noexcept {
        Field changed = *this;
        changed.applies = [](const void* object) { return call(Predicate, object); };
        return changed;
    }

  private:
    template <class Struct>
    static bool call(bool (*predicate)(const Struct&), const void* object) {
        return predicate(*static_cast<const Struct*>(object));
    }
};

template <class Struct, class Member>
Struct struct_of(Member Struct::*);
template <class Struct, class Member>
Member member_of(Member Struct::*);

constexpr bool needs_no_escapes(std::string_view name) noexcept {
    for (const char c : name) {
        if (c < ' ' || c > '~' || c == '"' || c == '\\') {
            return false;
        }
    }
    return true;
}

/// Not constexpr, so that a table with such a name does not compile.
void name_of_a_row_needs_escapes();

/// Returns the row of a member: `field<&Contact::id>("id")`. The name is written without escapes.
template <auto Member>
[[nodiscard]] constexpr Field field(std::string_view name) noexcept {
    using Struct = decltype(struct_of(Member));
    if (!needs_no_escapes(name)) {
        name_of_a_row_needs_escapes();
    }
    Field row{};
    row.name = name;
    row.type = &type_info<decltype(member_of(Member))>;
    row.member = [](void* object) noexcept -> void* { return &(static_cast<Struct*>(object)->*Member); };
    row.is_unset = [](const void* object) noexcept {
        return is_unset(static_cast<const Struct*>(object)->*Member);
    };
    return row;
}

/// The table of a struct.
struct StructInfo {
    std::string_view name{};
    const Field* fields = nullptr;
    std::size_t count = 0;
    /// The field into which a JSON array is read in place of this struct, or null.
    const Field* array_field = nullptr;
    /// At least one member belongs to the query.
    bool has_query = false;
    /// The row that is whole_object(), or null.
    const Field* whole_object = nullptr;

    explicit constexpr StructInfo(std::string_view struct_name) noexcept : name(struct_name) {}
    template <std::size_t Count>
    constexpr StructInfo(std::string_view struct_name, const Field (&table)[Count]) noexcept
        : name(struct_name), fields(table), count(Count) {
        for (const Field& row : table) {
            has_query = has_query || row.location == Location::query;
            whole_object = row.is_whole_object ? &row : whole_object;
        }
    }

    [[nodiscard]] constexpr StructInfo from_array(std::string_view field_name) const noexcept {
        StructInfo changed = *this;
        for (const Field& row : *this) {
            if (row.name == field_name) {
                changed.array_field = &row;
            }
        }
        return changed;
    }

    /// The table without the row that is whole_object(), which is the last one.
    [[nodiscard]] constexpr StructInfo named_rows() const noexcept {
        StructInfo changed = *this;
        changed.count -= whole_object != nullptr ? 1 : 0;
        changed.whole_object = nullptr;
        return changed;
    }

    [[nodiscard]] constexpr const Field* begin() const noexcept { return fields; }
    [[nodiscard]] constexpr const Field* end() const noexcept { return fields + count; }
};

}  // namespace sent::detail

/// Defines the table of a struct.
#define SENT_TABLE(Type, ...)                                             \
    const StructInfo& Described<Type>::info() noexcept {                  \
        static constexpr Field fields[] = {__VA_ARGS__};                  \
        static constexpr StructInfo table{Described<Type>::name, fields}; \
        return table;                                                     \
    }                                                                     \
    static_assert(true, "takes the semicolon")

/// Defines the table of a struct that may also come as a bare array, which is read into the member `Name`.
#define SENT_TABLE_OR_ARRAY(Type, Name, ...)                                                            \
    const StructInfo& Described<Type>::info() noexcept {                                                \
        static constexpr Field fields[] = {__VA_ARGS__};                                                \
        static constexpr StructInfo table = StructInfo{Described<Type>::name, fields}.from_array(Name); \
        return table;                                                                                   \
    }                                                                                                   \
    static_assert(true, "takes the semicolon")

/// Describes a struct that is used in one source only, and defines its table. Use it in namespace
/// sent::detail.
#define SENT_OWN_TABLE(Type, ...)                             \
    template <>                                               \
    struct Described<Type> : std::true_type {                 \
        static const StructInfo& info() noexcept {            \
            static constexpr Field fields[] = {__VA_ARGS__};  \
            static constexpr StructInfo table{#Type, fields}; \
            return table;                                     \
        }                                                     \
    }

/// Defines the table of a struct without members.
#define SENT_EMPTY_TABLE(Type)                                    \
    const StructInfo& Described<Type>::info() noexcept {          \
        static constexpr StructInfo table{Described<Type>::name}; \
        return table;                                             \
    }                                                             \
    static_assert(true, "takes the semicolon")
