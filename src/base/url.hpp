#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sent::detail {

/// A base URL: scheme, host and port, and the path before the path of each operation.
struct BaseUrl {
    /// `https://api.sent.dm` or `http://127.0.0.1:8080`, for example: in lower case, without a default port.
    std::string origin{};
    /// `/gateway`, for example, or empty.
    std::string path{};
    bool secure = true;
    /// Whether it is plain http to a host other than loopback.
    bool is_exposed = false;
};

/// Reads a base URL. On failure, `problem` says what to do, written to follow a name such as "base_url". It
/// never repeats user info that the URL contains.
std::optional<BaseUrl> parse_base_url(std::string_view text, bool allow_insecure_http, std::string& problem);

/// Returns the path segment that names a version (`/v3`), which the library adds itself. Empty if there is
/// none.
std::string_view version_in_path(const BaseUrl& base) noexcept;

/// Returns whether the text is an absolute URL rather than a path.
bool is_absolute_url(std::string_view text) noexcept;

/// Returns the part of an absolute URL after the base URL (`/v3/me?x=1`). Returns nothing if the URL has
/// another origin, or a path outside the base URL's path.
std::optional<std::string_view> path_below(std::string_view url, const BaseUrl& base);

/// Appends one path segment. Percent-encodes everything except unreserved characters, sub-delims, `:` and
/// `@`. Also encodes `+`, because some servers read it as a space, and `;`, because some servers drop the
/// text after it.
void append_path_segment(std::string_view text, std::string& out);

/// Appends a query name or value. Percent-encodes everything except unreserved characters.
void append_query_text(std::string_view text, std::string& out);

/// Returns whether the segment is `.` or `..`, in any mixture of plain and percent-encoded dots. Such a
/// segment changes the path.
bool is_dot_segment(std::string_view segment) noexcept;

/// Whether a raw request's path is safe to append to an origin: starts with `/`, holds only what may stand in
/// a URL, no fragment, no dot segments. Some servers take parameters off first (`..;x`), decode slashes,
/// backslashes and NUL before they look for segments, or decode twice: what is a dot segment for them is none
/// here either.
bool is_plain_path(std::string_view path);

}  // namespace sent::detail
