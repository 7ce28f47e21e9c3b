#pragma once

#include <cstddef>
#include <string>

#include "json/field.hpp"

namespace sent::detail {

/// Values of open enumerations that are none of their constants.
struct UnknownValues {
    std::size_t count = 0;
    /// Path of the first one, in the order of the tables: `recipients[0].channel`. Empty if there is none.
    std::string first{};
    /// The first value. It comes from outside and may contain anything, so it is empty unless it is a plain
    /// word.
    std::string first_text{};
};

/// Walks an object that has been decoded. The decoder does not count these values itself, so that calls do
/// not pay for it. Throws only std::bad_alloc.
UnknownValues find_unknown_values(const StructInfo& table, const void* object);

}  // namespace sent::detail
