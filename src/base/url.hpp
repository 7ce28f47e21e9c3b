#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sent::detail {

/// Where requests go: scheme, host and port, and the path that precedes every path.
struct BaseUrl {
    /// `https://api.sent.dm` or `http://127.0.0.1:8080`: lower case, no default port.
    std::string origin{};
    /// `/gateway`, or empty.
    std::string path{};
    bool secure = true;
    /// Plain http to another host than loopback.
    bool is_exposed = false;
};

/// Reads a base URL. On failure `problem` says what to do, to follow a name such as "base_url"; it never
/// repeats user info that stood in the URL.
std::optional<BaseUrl> parse_base_url(std::string_view text, bool allow_insecure_http, std::string& problem);

/// The segment of the path that names a version (`/v3`), which the library adds itself; empty when there is
/// none.
std::string_view version_in_path(const BaseUrl& base) noexcept;

/// Whether the text is an absolute URL rather than a path.
bool is_absolute_url(std::string_view text) noexcept;

/// The part of an absolute URL after the base URL (`/v3/me?x=1`), or nothing when it is not below that: of
/// another origin, or beside the base URL's path.
std::optional<std::string_view> path_below(std::string_view url, const BaseUrl& base);

/// Appends one path segment: everything but unreserved characters, sub-delims, `:` and `@` is
/// percent-encoded; so are `+`, because some servers read it as a space, and `;`, because some take what
/// follows it off the segment.
void append_path_segment(std::string_view text, std::string& out);

/// Appends a query name or value: everything but unreserved characters is percent-encoded.
void append_query_text(std::string_view text, std::string& out);

/// `.` or `..`, in any mixture of plain and percent-encoded dots: such a segment changes the path.
bool is_dot_segment(std::string_view segment) noexcept;

/// Whether a raw request's path is safe to append to an origin: starts with `/`, holds only what may stand in
/// a URL, no fragment, no dot segments. Some servers take parameters off first (`..;x`), decode slashes,
/// backslashes and NUL before they look for segments, or decode twice: what is a dot segment for them is none
/// here either.
bool is_plain_path(std::string_view path);

}  // namespace sent::detail
