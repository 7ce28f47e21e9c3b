#pragma once

#include <string_view>

namespace sent::detail {

/// Removes and returns the first segment. A path without a leading slash has one, too.
inline std::string_view take_segment(std::string_view& path) {
    path.remove_prefix(!path.empty() && path.front() == '/' ? 1 : 0);
    const auto segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

/// Whether a path, without its query, fits a pattern: `/v3/contacts/17` fits `/v3/contacts/{id}`.
inline bool path_fits(std::string_view pattern, std::string_view path) noexcept {
    while (!pattern.empty() && !path.empty()) {
        const auto expected = take_segment(pattern);
        const auto found = take_segment(path);
        const bool any = expected.size() > 1 && expected.front() == '{' && expected.back() == '}';
        if (any ? found.empty() : expected != found) {
            return false;
        }
    }
    return pattern.empty() && path.empty();
}

}  // namespace sent::detail
