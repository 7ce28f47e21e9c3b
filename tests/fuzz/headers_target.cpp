#include <chrono>

#include <sent/http/headers.hpp>

#include "core/response_headers.hpp"
#include "fuzz_target.hpp"

/// @file
/// Headers that say when to ask again: lines of `Name: value`.

namespace sent::fuzz {

Headers headers_from(std::string_view lines) {
    Headers headers;
    while (!lines.empty()) {
        const auto end = lines.find('\n');
        const auto line = lines.substr(0, end);
        lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
        const auto colon = line.find(": ");
        if (colon != std::string_view::npos) {
            headers.add(line.substr(0, colon), line.substr(colon + 2));
        }
    }
    return headers;
}

void read_headers(std::string_view input) {
    const auto headers = headers_from(input);
    const std::chrono::system_clock::time_point now{std::chrono::seconds{1'767'225'600}};
    const auto wait = detail::parse_retry_after(headers, now);
    require(!wait || (wait->count() > 0 && *wait <= std::chrono::hours{24 * 366}),
            "a wait is positive and no longer than a year");
    (void)detail::parse_should_retry(headers);
    ResponseMeta meta;
    detail::note_headers(headers, meta);
    (void)detail::parse_http_date(input, {});
    for (const auto field : headers) {
        require(headers.contains(field.name), "a header that is there can be found");
    }
}

}  // namespace sent::fuzz
