#include "received_request.hpp"

#include <algorithm>
#include <charconv>

namespace sent::test {

namespace {

constexpr std::string_view line_end = "\r\n";

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

ParseState refuse(ReceivedRequest& request, std::string why) {
    request.malformed = std::move(why);
    return ParseState::malformed;
}

bool read_number(std::string_view text, int base, std::size_t& value) {
    const char* const end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value, base);
    return !text.empty() && result.ec == std::errc() && result.ptr == end;
}

bool read_request_line(std::string_view line, ReceivedRequest& request) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) {
        return false;
    }
    request.method = line.substr(0, first);
    request.target = line.substr(first + 1, last - first - 1);
    request.version = line.substr(last + 1);
    return request.target.find(' ') == std::string::npos && request.version.rfind("HTTP/", 0) == 0;
}

ParseState parse_chunked(std::string_view bytes, ReceivedRequest& request, std::size_t& used) {
    std::string body;
    std::size_t at = 0;
    for (;;) {
        const std::size_t end = bytes.find(line_end, at);
        if (end == std::string_view::npos) {
            return ParseState::incomplete;
        }
        const std::string_view line = bytes.substr(at, end - at);
        std::size_t size = 0;
        if (!read_number(trim(line.substr(0, line.find(';'))), 16, size)) {
            return refuse(request, "bad chunk size");
        }
        at = end + line_end.size();
        if (size == 0) {
            break;
        }
        if (bytes.size() - at < size || bytes.size() - at - size < line_end.size()) {
            return ParseState::incomplete;
        }
        body += bytes.substr(at, size);
        at += size;
        if (bytes.substr(at, line_end.size()) != line_end) {
            return refuse(request, "no line end after a chunk");
        }
        at += line_end.size();
    }
    for (;;) {  // trailers, up to an empty line
        const std::size_t end = bytes.find(line_end, at);
        if (end == std::string_view::npos) {
            return ParseState::incomplete;
        }
        const bool last = end == at;
        at = end + line_end.size();
        if (last) {
            request.body = std::move(body);
            used = at;
            return ParseState::complete;
        }
    }
}

}  // namespace

std::optional<std::string> ReceivedRequest::header(std::string_view name) const {
    for (const auto& entry : headers) {
        if (same_name(entry.first, name)) {
            return entry.second;
        }
    }
    return std::nullopt;
}

std::size_t ReceivedRequest::header_count(std::string_view name) const {
    return static_cast<std::size_t>(std::count_if(
        headers.begin(), headers.end(), [name](const auto& entry) { return same_name(entry.first, name); }));
}

ParseState parse_head(std::string_view bytes, ReceivedRequest& request, std::size_t& used) {
    const std::size_t end = bytes.find("\r\n\r\n");
    if (end == std::string_view::npos) {
        return ParseState::incomplete;
    }
    std::string_view lines = bytes.substr(0, end + line_end.size());
    used = end + 2 * line_end.size();
    bool first = true;
    while (!lines.empty()) {
        const std::size_t length = lines.find(line_end);
        const std::string_view line = lines.substr(0, length);
        lines.remove_prefix(length + line_end.size());
        if (first) {
            first = false;
            if (!read_request_line(line, request)) {
                return refuse(request, "bad request line");
            }
            continue;
        }
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0) {
            return refuse(request, "bad header line");
        }
        request.headers.emplace_back(line.substr(0, colon), trim(line.substr(colon + 1)));
    }
    const auto coding = request.header("Transfer-Encoding");
    request.chunked = coding && same_name(*coding, "chunked");
    return ParseState::complete;
}

ParseState parse_body(std::string_view bytes, ReceivedRequest& request, std::size_t& used) {
    if (request.chunked) {
        return parse_chunked(bytes, request, used);
    }
    std::size_t length = 0;
    const auto field = request.header("Content-Length");
    if (field && !read_number(*field, 10, length)) {
        return refuse(request, "bad Content-Length");
    }
    if (bytes.size() < length) {
        return ParseState::incomplete;
    }
    request.body = bytes.substr(0, length);
    used = length;
    return ParseState::complete;
}

}  // namespace sent::test
