#pragma once

/// @file
/// Requests with documents: multipart/form-data.

#include <map>
#include <string>
#include <vector>

#include "emulator/http/multipart.hpp"
#include "emulator/state/channels.hpp"
#include "emulator/v3/fields.hpp"

namespace sent::testing::emulator {

struct SortedParts {
    std::map<std::string, std::string> texts{};  ///< content by name
    std::vector<StoredDocument> documents{};
};

/// `text_names` are the names of text parts, which have no file name. Every other part must be a document: a
/// file with a name, content and its own key. Throws a Refusal that names each part that is wrong.
SortedParts sort_parts(const std::vector<FormPart>& parts, const Values& text_names);

}  // namespace sent::testing::emulator
