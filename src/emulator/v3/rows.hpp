#pragma once

/// @file
/// Finds the row that a v3 request is about.

#include <string_view>

#include "emulator/http/router.hpp"
#include "emulator/v3/errors.hpp"

namespace sent::testing::emulator {

/// Returns the row. Throws a Refusal with the code if it is null.
template <typename Row>
Row& row_or_refuse(Row* found, std::string_view code) {
    if (found == nullptr) {
        throw Refusal(code);
    }
    return *found;
}

/// Returns the row that a write changes. In sandbox mode, returns the invented row, which is in no table.
template <typename Row>
Row& row_to_change(const Call& call, Row* found, Row& made_up, std::string_view code) {
    return call.sandbox ? made_up : row_or_refuse(found, code);
}

}  // namespace sent::testing::emulator
