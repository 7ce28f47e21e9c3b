#pragma once

#include "json/event_source.hpp"

namespace sent::detail {

/// Implements parse_events() with simdjson, in builds with SENT_WITH_SIMDJSON
/// (docs/decisions/0014-simdjson-by-option.md). The events and errors are the
/// same as from nlohmann's parser, which reads what simdjson cannot.
ParseStatus parse_by_simdjson(const JsonText& json, EventHandler& handler);

}  // namespace sent::detail
