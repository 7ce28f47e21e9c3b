#pragma once

#include <string>
#include <string_view>

#include <sent/error.hpp>

/// @file
/// What the readers of events and of questions have in common.

namespace sent::webhooks {

/// Whether the JSON text is null, which the decoder accepts as an object without members.
[[nodiscard]] bool is_null(std::string_view body) noexcept;

/// Returns ErrorKind::undecodable. `problem` must not contain values of the body.
[[nodiscard]] Error undecodable(std::string problem);

}  // namespace sent::webhooks
