#include "base/url.hpp"

#include <algorithm>
#include <cstddef>

#include "base/text/ascii.hpp"
#include "base/text/percent.hpp"
#include "base/url_authority.hpp"

namespace sent::detail {
namespace {

constexpr std::string_view unreserved_punctuation = "-._~";
constexpr std::string_view segment_punctuation = "-._~!$&'()*,=:@";

std::string lower(std::string_view text) {
    std::string result{text};
    std::transform(result.begin(), result.end(), result.begin(), to_lower);
    return result;
}

void append_encoded(std::string_view text, std::string_view kept, std::string& out) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : text) {
        if (is_alphanumeric(c) || kept.find(c) != std::string_view::npos) {
            out.push_back(c);
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out.push_back('%');
            out.push_back(digits[byte >> 4U]);
            out.push_back(digits[byte & 15U]);
        }
    }
}

}  // namespace

std::optional<BaseUrl> parse_base_url(std::string_view text, bool allow_insecure_http, std::string& problem) {
    UrlAuthority parts;
    if (const char* wrong = parse_url_authority(text, parts)) {
        problem = wrong;
        return std::nullopt;
    }
    if (parts.text.back() == ':') {
        problem = "has no valid port: it must be a number from 1 to 65535";
        return std::nullopt;
    }
    auto path = text.substr(parts.end);
    if (path.find_first_of("?#") != std::string_view::npos) {
        problem = "must not have a query or fragment: remove what follows the ? or #";
        return std::nullopt;
    }
    BaseUrl result;
    result.secure = parts.https;
    const auto host = lower(parts.is_ipv6 ? "[" + std::string{parts.host} + "]" : std::string{parts.host});
    result.is_exposed = !result.secure && !is_loopback(parts);
    if (result.is_exposed && !allow_insecure_http) {
        problem = "is plain http to " + host +
                  ", where others can read the API key: use https, or set allow_insecure_http "
                  "(SENT_ALLOW_INSECURE_HTTP=1)";
        return std::nullopt;
    }
    result.origin = (result.secure ? "https://" : "http://") + host;
    if (!parts.port.empty() && parts.port != (result.secure ? "443" : "80")) {
        result.origin.append(":").append(parts.port);
    }
    while (!path.empty() && path.back() == '/') {
        path.remove_suffix(1);
    }
    if (!path.empty() && !is_plain_path(path)) {
        problem = "has a path that is not plain: percent-encode it, and leave out . and .. segments";
        return std::nullopt;
    }
    result.path = path;
    return result;
}

std::string_view version_in_path(const BaseUrl& base) noexcept {
    std::string_view rest = base.path;
    while (!rest.empty()) {
        const auto segment = rest.substr(0, std::min(rest.find('/', 1), rest.size()));
        if (segment.size() == 3 && to_lower(segment[1]) == 'v' && segment[2] >= '1' && segment[2] <= '3') {
            return segment;
        }
        rest.remove_prefix(segment.size());
    }
    return {};
}

bool is_absolute_url(std::string_view text) noexcept {
    return text.find("://") < text.find_first_of("/?#");
}

std::optional<std::string_view> path_below(std::string_view url, const BaseUrl& base) {
    UrlAuthority parts;
    std::string ignored;
    if (parse_url_authority(url, parts) != nullptr) {
        return std::nullopt;
    }
    const auto other = parse_base_url(url.substr(0, parts.end), true, ignored);
    auto path = url.substr(parts.end);
    if (!other || other->origin != base.origin || path.substr(0, base.path.size()) != base.path) {
        return std::nullopt;
    }
    path.remove_prefix(base.path.size());
    const bool ends_there = path.empty() || path.front() == '/' || path.front() == '?' || path.front() == '#';
    return ends_there ? std::optional{path} : std::nullopt;
}

void append_path_segment(std::string_view text, std::string& out) {
    append_encoded(text, segment_punctuation, out);
}

void append_query_text(std::string_view text, std::string& out) {
    append_encoded(text, unreserved_punctuation, out);
}

bool is_dot_segment(std::string_view segment) noexcept {
    int dots = 0;
    while (!segment.empty()) {
        if (segment.front() == '.') {
            segment.remove_prefix(1);
        } else if (segment.size() >= 3 && segment[0] == '%' && segment[1] == '2' &&
                   to_lower(segment[2]) == 'e') {
            segment.remove_prefix(3);
        } else {
            return false;
        }
        ++dots;
    }
    return dots == 1 || dots == 2;
}

namespace {

/// Backslashes are slashes for some servers, and a segment ends for some where its parameters begin, at a
/// NUL, or at what would end the path if it were not encoded.
bool has_dot_segment(std::string_view path) noexcept {
    while (true) {
        const auto end = std::min(path.find_first_of("/\\"), path.size());
        const auto segment = path.substr(0, end);
        const auto ends_name = [](char c) {
            return c == ';' || c == '?' || c == '#' || (c >= 0 && c <= ' ');
        };
        const auto* name_end = std::find_if(segment.begin(), segment.end(), ends_name);
        if (is_dot_segment(segment.substr(0, static_cast<std::size_t>(name_end - segment.begin())))) {
            return true;
        }
        if (end == path.size()) {
            return false;
        }
        path.remove_prefix(end + 1);
    }
}

}  // namespace

bool is_plain_path(std::string_view path) {
    if (path.empty() || path.front() != '/') {
        return false;
    }
    const auto is_allowed = [](char c) {
        return c > ' ' && c < 127 && std::string_view{"\"<>\\^`{|}#"}.find(c) == std::string_view::npos;
    };
    if (!std::all_of(path.begin(), path.end(), is_allowed)) {
        return false;
    }
    // As it stands, and as gateways and servers, one after the other, may decode it.
    constexpr int most_decodings = 4;
    std::string seen{path.substr(0, path.find('?'))};
    for (int i = 0; i < most_decodings; ++i) {
        if (has_dot_segment(seen)) {
            return false;
        }
        seen = percent_decoded(seen);
    }
    return true;
}

}  // namespace sent::detail
