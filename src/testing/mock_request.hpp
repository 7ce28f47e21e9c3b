#pragma once

#include <optional>

#include <sent/testing/mock_transport.hpp>

namespace sent::testing {

/// Records an attempt, with its URL split into parts. Returns nothing if a part of its body cannot be read.
std::optional<RecordedRequest> record(const HttpRequest& request, bool asynchronous);

}  // namespace sent::testing
