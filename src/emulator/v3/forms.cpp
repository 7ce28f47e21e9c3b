#include "emulator/v3/forms.hpp"

#include <algorithm>

#include "emulator/json.hpp"
#include "emulator/state/ids.hpp"

namespace sent::testing::emulator {
namespace {

// Returns what is wrong with a part, or an empty text.
std::string_view text_problem(const FormPart& part, const SortedParts& before) {
    if (part.file_name) {
        return "must be a text part, without a file name";
    }
    if (before.texts.count(part.name) != 0) {
        return "must be sent once";
    }
    return is_utf8(part.content) ? "" : "must be UTF-8";
}

std::string_view document_problem(const FormPart& part, const SortedParts& before) {
    if (!part.file_name || part.file_name->empty()) {
        return "is not a text part of this request, and a document must have a file name";
    }
    if (part.content.empty()) {
        return "must not be an empty document";
    }
    const bool repeated =
        std::any_of(before.documents.begin(), before.documents.end(),
                    [&part](const StoredDocument& document) { return document.key == part.name; });
    return repeated ? "must be sent once" : "";
}

}  // namespace

SortedParts sort_parts(const std::vector<FormPart>& parts, const Values& text_names) {
    Problems problems;
    SortedParts sorted;
    for (const auto& part : parts) {
        const bool is_text = std::find(text_names.begin(), text_names.end(), part.name) != text_names.end();
        const auto problem = is_text ? text_problem(part, sorted) : document_problem(part, sorted);
        if (!problem.empty()) {
            problems.add(part.name, "VALIDATION_001", problem);
        } else if (is_text) {
            sorted.texts.emplace(part.name, part.content);
        } else {
            sorted.documents.push_back({make_guid(), part.name, *part.file_name, part.content.size()});
        }
    }
    problems.refuse_if_any();
    return sorted;
}

}  // namespace sent::testing::emulator
