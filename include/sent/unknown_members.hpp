#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <sent/export.hpp>
#include <sent/result.hpp>

/// @file
/// What an answer has that this version of the library does not know.

namespace sent {

/// Members of an answer that no struct of the library has, and values that no open enumeration has.
struct UnknownMembers {
    /// Number of members. A member of a list's element counts once for each element.
    std::size_t count = 0;
    /// Path of the first one, such as `contacts[0].segment`. Empty if there is none. A name with other
    /// characters than letters, digits, `_` and `-` appears as `[*]`.
    std::string first{};
    /// Number of values of open enumerations that are none of their constants. ASCII case is ignored, and an
    /// empty value is not counted.
    std::size_t values = 0;
    /// Path of the first member with such a value, such as `recipients[0].channel`, in the order of the
    /// structs' members. Empty if there is none.
    std::string first_value{};
    /// That value, if it can be written to a log: a letter, then letters, digits, `_`, `.` and `-`, at most
    /// 40 characters. Otherwise empty, because the service may have put a phone number or any other text
    /// there.
    std::string first_value_text{};
};

/// Counts what an answer has that the library does not know:
/// `unknown_members("v3.contacts.list", result.meta().raw_body)`. If a count is not 0, the service has
/// changed, and a newer version of the library may know more. DriftCounter does the same for all calls of a
/// client.
///
/// Reads the text once more, with the tables of the operation; calls do not count anything themselves. In v3,
/// only `data` is looked at. Members and values inside raw JSON are not counted. The answer of an operation
/// without content has no unknown members. If the operation is unknown or the text is not the answer of one,
/// fails with ErrorKind::invalid_request. Thread-safe.
[[nodiscard]] SENT_EXPORT Result<UnknownMembers> unknown_members(std::string_view operation,
                                                                 std::string_view answer);

}  // namespace sent
