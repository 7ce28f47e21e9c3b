#pragma once

#include <string_view>

#include <sent/testing/mock_transport.hpp>

namespace sent::testing {

/// Records an attempt, with its URL split into parts.
RecordedRequest record(const HttpRequest& request, bool asynchronous);

/// Whether a path matches the template. Segments in braces match any segment.
bool path_fits(std::string_view path_template, std::string_view path);

}  // namespace sent::testing
