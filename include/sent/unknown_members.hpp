#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <sent/export.hpp>
#include <sent/result.hpp>

/// @file
/// What an answer has that this version of the library does not know.

namespace sent {

/// Members of an answer that no struct of the library has.
struct UnknownMembers {
    /// Number of members. A member of a list's element counts once for each element.
    std::size_t count = 0;
    /// Path of the first one, such as `contacts[0].segment`. Empty if there is none. A name with other
    /// characters than letters, digits, `_` and `-` appears as `[*]`.
    std::string first{};
};

/// Counts the unknown members of an answer: `unknown_members("v3.contacts.list", result.meta().raw_body)`. If
/// the count is not 0, the service has new members, and a newer version of the library may have them, too.
///
/// Reads the text once more, with the tables of the operation; calls do not count unknown members. In v3,
/// only `data` is looked at. Values of open enumerations and members of raw JSON are not counted. The answer
/// of an operation without content has no unknown members. If the operation is unknown or the text is not the
/// answer of one, fails with ErrorKind::invalid_request. Thread-safe.
[[nodiscard]] SENT_EXPORT Result<UnknownMembers> unknown_members(std::string_view operation,
                                                                 std::string_view answer);

}  // namespace sent
