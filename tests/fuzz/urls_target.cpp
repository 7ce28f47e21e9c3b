#include <string>

#include "base/url.hpp"
#include "fuzz_target.hpp"

/// @file
/// URLs: the base that a user gives, and what ids and values become in a path or query.

namespace sent::fuzz {

void build_url(std::string_view input) {
    std::string problem;
    const auto base = detail::parse_base_url(input, false, problem);
    require(base.has_value() == problem.empty(), "a base URL that is refused has a reason");
    if (base) {
        require(base->origin.find_first_of("@?# \r\n") == std::string::npos,
                "an origin is scheme, host, port");
        require(base->path.empty() || base->path.front() == '/', "a path begins with a slash");
        (void)detail::path_below(input, *base);
    }
    std::string segment;
    detail::append_path_segment(input, segment);
    require(segment.find_first_of("/?#+ \r\n") == std::string::npos, "a segment stays one segment");
    require(!detail::is_dot_segment(segment) || detail::is_dot_segment(input),
            "encoding makes no dot segment");
    std::string query;
    detail::append_query_text(input, query);
    require(query.find_first_of("&=?#+ \r\n") == std::string::npos, "a value stays one value");
    if (detail::is_plain_path(input)) {
        require(input.front() == '/' && input.find_first_of("# \r\n") == std::string_view::npos,
                "a plain path is one");
    }
}

}  // namespace sent::fuzz
