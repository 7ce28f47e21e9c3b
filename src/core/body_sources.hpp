#pragma once

#include <memory>
#include <string>

#include <sent/http/body_part.hpp>

#include "core/problem.hpp"

namespace sent::detail {

/// Returns a source with a copy of the text.
std::shared_ptr<const BodySource> source_in_memory(std::string content);

/// Opens a regular file. It stays open as long as the source exists, so that every attempt reads the same
/// file even if another one gets its name. If the file cannot be used, returns null and sets `problem`, which
/// names the member `name` and does not contain the path.
std::shared_ptr<const BodySource> open_file_source(const std::string& path, const std::string& name,
                                                   Problem& problem);

}  // namespace sent::detail
