#pragma once

#include <string_view>

#include "json/event_source.hpp"

namespace sent::detail {

/// Implements parse_events() with nlohmann's parser.
ParseStatus parse_by_nlohmann(std::string_view json, EventHandler& handler);

}  // namespace sent::detail
