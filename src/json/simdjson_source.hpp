#pragma once

#include "json/event_source.hpp"

namespace sent::detail {

/// parse_events by simdjson; only in builds with SENT_WITH_SIMDJSON. The events are the same as nlohmann's
/// parser's, errors included: what simdjson does not read, that one does.
ParseStatus parse_by_simdjson(const JsonText& json, EventHandler& handler);

}  // namespace sent::detail
