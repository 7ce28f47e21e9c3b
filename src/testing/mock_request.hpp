#pragma once

#include <string_view>

#include <sent/testing/mock_transport.hpp>

namespace sent::testing {

/// What the mock keeps of an attempt: takes its URL apart.
RecordedRequest record(const HttpRequest& request, bool asynchronous);

/// Whether a path is one of the template's: segments in braces fit any.
bool path_fits(std::string_view path_template, std::string_view path);

}  // namespace sent::testing
