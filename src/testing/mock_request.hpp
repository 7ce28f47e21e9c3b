#pragma once

#include <sent/testing/mock_transport.hpp>

namespace sent::testing {

/// Records an attempt, with its URL split into parts.
RecordedRequest record(const HttpRequest& request, bool asynchronous);

/// Whether all parts of the request could be read to their end.
bool is_whole(const RecordedRequest& recorded, const HttpRequest& request);

}  // namespace sent::testing
