#pragma once

#include <string_view>

namespace sent::detail {

/// What Route::replay_mismatch says of a replayed answer that names only some of the recipients. It may be
/// the answer to this very request, which the service accepted for those only, so the outcome is unknown.
constexpr std::string_view partial_replay = "to some of its recipients only";

}  // namespace sent::detail
