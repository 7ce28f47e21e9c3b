#pragma once

/// @file
/// Finding the row that a v3 request is about.

#include <string_view>

#include "emulator/http/router.hpp"
#include "emulator/v3/errors.hpp"

namespace sent::testing::emulator {

/// The row that was found; throws a Refusal with the code when there is none.
template <typename Row>
Row& row_or_refuse(Row* found, std::string_view code) {
    if (found == nullptr) {
        throw Refusal(code);
    }
    return *found;
}

/// What a write works on: the row that was found or, in sandbox mode, the one that was made up for it, which
/// is in no table.
template <typename Row>
Row& row_to_change(const Call& call, Row* found, Row& made_up, std::string_view code) {
    return call.sandbox ? made_up : row_or_refuse(found, code);
}

}  // namespace sent::testing::emulator
