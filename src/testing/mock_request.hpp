#pragma once

#include <sent/testing/mock_transport.hpp>

namespace sent::testing {

/// Records an attempt, with its URL split into parts.
RecordedRequest record(const HttpRequest& request, bool asynchronous);

}  // namespace sent::testing
