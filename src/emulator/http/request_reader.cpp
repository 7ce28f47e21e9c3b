#include "emulator/http/request_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text/ascii.hpp"
#include "base/text/trim.hpp"
#include "emulator/http/socket.hpp"
#include "emulator/http/url.hpp"

namespace sent::testing::emulator {
namespace {

using Outcome = ReadResult::Outcome;

constexpr std::chrono::milliseconds read_timeout{30000};
/// The first byte that a TLS client sends. No HTTP request begins with it.
constexpr char tls_handshake = '\x16';
constexpr std::size_t largest_head = std::size_t{64} * 1024;
constexpr std::size_t largest_chunk_line = 1024;
constexpr std::size_t largest_body = std::size_t{8} * 1024 * 1024;
/// Clients send up to 32 MiB of documents by default.
constexpr std::size_t largest_form = std::size_t{40} * 1024 * 1024;

void refuse(ReadResult& result, int status, std::string detail) {
    result.outcome = Outcome::refused;
    result.status = status;
    result.detail = std::move(detail);
}

std::string_view take_line(std::string_view& text) {
    const auto end = std::min(text.find("\r\n"), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 2, text.size()));
    return line;
}

std::optional<std::size_t> parse_size(std::string_view text, int base) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

bool parse_target(std::string_view target, ReadResult& result) {
    if (const auto url = parse_url(target)) {
        const auto begin = target.find("://") + 3;
        result.request.authority = target.substr(begin, target.find_first_of("/?#", begin) - begin);
        return parse_target(url->target, result);
    }
    const auto path = target.substr(0, target.find('?'));
    auto segments = split_path(path);
    auto query =
        split_query(path.size() < target.size() ? target.substr(path.size() + 1) : std::string_view{});
    if (!segments || !query) {
        refuse(result, 400, "The request target is malformed.");
        return false;
    }
    result.request.path = std::string(path);
    result.request.segments = std::move(*segments);
    result.request.query = std::move(*query);
    return true;
}

bool parse_request_line(std::string_view line, ReadResult& result) {
    const auto method_end = line.find(' ');
    const auto target_end = line.rfind(' ');
    if (method_end == std::string_view::npos || target_end <= method_end) {
        refuse(result, 400, "The request line is malformed.");
        return false;
    }
    const auto method = line.substr(0, method_end);
    const auto target = line.substr(method_end + 1, target_end - method_end - 1);
    const auto version = line.substr(target_end + 1);
    if (!detail::is_token(method) || target.find(' ') != std::string_view::npos) {
        refuse(result, 400, "The request line is malformed.");
        return false;
    }
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        refuse(result, 505, "Only HTTP/1.0 and HTTP/1.1 are spoken here.");
        return false;
    }
    result.request.method = std::string(method);
    result.request.http_1_0 = version == "HTTP/1.0";
    return parse_target(target, result);
}

// Whether one of the Connection headers, which are lists, contains the option.
bool has_option(const Request& request, std::string_view option) {
    for (const auto& [name, value] : request.headers) {
        if (!same_ignoring_case(name, "Connection")) {
            continue;
        }
        for (std::string_view rest = value; !rest.empty();) {
            const auto size = std::min(rest.find(','), rest.size());
            if (same_ignoring_case(detail::trimmed(rest.substr(0, size)), option)) {
                return true;
            }
            rest.remove_prefix(std::min(size + 1, rest.size()));
        }
    }
    return false;
}

bool parse_headers(std::string_view text, ReadResult& result) {
    while (!text.empty()) {
        const auto line = take_line(text);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || !detail::is_token(line.substr(0, colon)) ||
            line.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos) {
            refuse(result, 400, "A header line is malformed.");
            return false;
        }
        result.request.headers.emplace_back(line.substr(0, colon), detail::trimmed(line.substr(colon + 1)));
    }
    const auto& request = result.request;
    result.request.keep_alive =
        !has_option(request, "close") && (!request.http_1_0 || has_option(request, "keep-alive"));
    return true;
}

std::size_t largest_body_of(const Request& request) {
    const auto* type = find_header(request.headers, "Content-Type");
    return type != nullptr && is_form_type(*type) ? largest_form : largest_body;
}

void refuse_too_large(ReadResult& result, std::size_t largest) {
    refuse(result, 413, "The body is larger than " + std::to_string(largest / (1024U * 1024U)) + " MiB.");
}

// Returns the length of the body, or nothing after a refusal. All Content-Length headers must be equal.
std::optional<std::size_t> body_size(ReadResult& result) {
    std::optional<std::size_t> size;
    for (const auto& [name, value] : result.request.headers) {
        if (!same_ignoring_case(name, "Content-Length")) {
            continue;
        }
        const auto parsed = parse_size(value, 10);
        if (!parsed || (size && *size != *parsed)) {
            refuse(result, 400, "Content-Length is malformed or contradictory.");
            return std::nullopt;
        }
        size = parsed;
    }
    const auto largest = largest_body_of(result.request);
    if (size.value_or(0) > largest) {
        refuse_too_large(result, largest);
        return std::nullopt;
    }
    return size.value_or(0);
}

}  // namespace

bool RequestReader::fill(std::chrono::milliseconds timeout) {
    std::array<char, 16384> bytes;  // NOLINT(cppcoreguidelines-pro-type-member-init): written by receive
    if (!socket_.wait_readable(timeout)) {
        return false;
    }
    const auto count = socket_.receive(bytes.data(), bytes.size());
    buffer_.append(bytes.data(), count);
    return count > 0;
}

bool RequestReader::fill() {
    return fill(read_timeout);
}

// Returns everything before the empty line. If the head is too large, or if the client speaks TLS and would
// therefore wait, returns what has arrived so far.
std::optional<std::string> RequestReader::take_head(std::chrono::milliseconds idle_timeout) {
    std::size_t searched = 0;
    while (true) {
        // Some clients send an extra line break after a body.
        while (buffer_.compare(0, 2, "\r\n") == 0) {
            buffer_.erase(0, 2);
        }
        const auto end = buffer_.find("\r\n\r\n", searched > 3 ? searched - 3 : 0);
        if (end != std::string::npos) {
            std::string head = buffer_.substr(0, end);
            buffer_.erase(0, end + 4);
            return head;
        }
        searched = buffer_.size();
        if (buffer_.size() > largest_head || (!buffer_.empty() && buffer_.front() == tls_handshake)) {
            return buffer_;
        }
        if (!fill(buffer_.empty() ? idle_timeout : read_timeout)) {
            return std::nullopt;
        }
    }
}

ReadResult RequestReader::next(std::chrono::milliseconds idle_timeout) {
    ReadResult result;
    const auto head = take_head(idle_timeout);
    if (!head) {
        return result;
    }
    if (head->size() > largest_head) {
        refuse(result, 431, "The head is larger than 64 KiB.");
        return result;
    }
    if (!head->empty() && head->front() == tls_handshake) {
        refuse(result, 400, "This port speaks plain http, not TLS: begin the URL with http://.");
        return result;
    }
    std::string_view rest = *head;
    if (parse_request_line(emulator::take_line(rest), result) && parse_headers(rest, result) &&
        read_body(result)) {
        result.outcome = Outcome::request;
    }
    return result;
}

void RequestReader::accept_continuation(const Request& request) {
    const auto* expectation = find_header(request.headers, "Expect");
    if (expectation != nullptr && same_ignoring_case(*expectation, "100-continue")) {
        socket_.write("HTTP/1.1 100 Continue\r\n\r\n");
    }
}

bool RequestReader::read_body(ReadResult& result) {
    const auto size = body_size(result);
    if (!size) {
        return false;
    }
    const auto* encoding = find_header(result.request.headers, "Transfer-Encoding");
    if (encoding == nullptr) {
        if (*size > buffer_.size()) {
            accept_continuation(result.request);
        }
        return read_sized_body(*size, result.request.body);
    }
    if (find_header(result.request.headers, "Content-Length") != nullptr) {
        refuse(result, 400, "Content-Length and Transfer-Encoding contradict each other.");
        return false;
    }
    if (!same_ignoring_case(*encoding, "chunked")) {
        refuse(result, 501, "The transfer encoding is not supported.");
        return false;
    }
    accept_continuation(result.request);
    return read_chunked_body(result);
}

bool RequestReader::read_sized_body(std::size_t size, std::string& body) {
    while (buffer_.size() < size) {
        if (!fill()) {
            return false;
        }
    }
    body.append(buffer_, 0, size);
    buffer_.erase(0, size);
    return true;
}

std::optional<std::string> RequestReader::take_line() {
    while (true) {
        const auto end = buffer_.find("\r\n");
        if (end != std::string::npos) {
            std::string line = buffer_.substr(0, end);
            buffer_.erase(0, end + 2);
            return line;
        }
        if (buffer_.size() > largest_chunk_line || !fill()) {
            return std::nullopt;
        }
    }
}

bool RequestReader::read_chunked_body(ReadResult& result) {
    auto& body = result.request.body;
    const auto largest = largest_body_of(result.request);
    while (true) {
        const auto line = take_line();
        if (!line) {
            return false;
        }
        const auto size = parse_size(detail::trimmed(std::string_view(*line).substr(0, line->find(';'))), 16);
        if (!size) {
            refuse(result, 400, "A chunk is malformed.");
            return false;
        }
        if (*size > largest || body.size() + *size > largest) {
            refuse_too_large(result, largest);
            return false;
        }
        if (*size == 0) {
            break;
        }
        if (!read_sized_body(*size, body)) {
            return false;
        }
        const auto end_of_chunk = take_line();
        if (!end_of_chunk || !end_of_chunk->empty()) {
            refuse(result, 400, "A chunk is malformed.");
            return false;
        }
    }
    while (true) {
        const auto trailer = take_line();
        if (!trailer) {
            return false;
        }
        if (trailer->empty()) {
            return true;
        }
    }
}

}  // namespace sent::testing::emulator
