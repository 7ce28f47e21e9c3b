#pragma once

#include <string_view>

#include "json/event_source.hpp"

namespace sent::detail {

/// Implements parse_events() with nlohmann's parser (docs/decisions/0007-json-by-nlohmanns-sax-parser.md).
ParseStatus parse_by_nlohmann(std::string_view json, EventHandler& handler);

}  // namespace sent::detail
