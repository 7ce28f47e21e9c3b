#pragma once

/// @file
/// Reads multipart/form-data (RFC 7578), the form of requests with documents.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sent::testing::emulator {

struct FormPart {
    std::string name{};
    std::optional<std::string> file_name{};  ///< nothing for a text part
    std::string content_type{};              ///< "text/plain" if the part has none
    std::string_view content{};              ///< points into the body
};

/// Returns the parts of a body, in their order. Names can repeat. If the body is malformed, has more than 100
/// parts, or has a part with more than 16 KiB of headers, returns nothing and sets `error` to a sentence. The
/// time is linear in the size of the body, whatever it contains.
std::optional<std::vector<FormPart>> parse_form(std::string_view content_type, std::string_view body,
                                                std::string& error);

}  // namespace sent::testing::emulator
