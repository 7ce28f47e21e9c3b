#include "replies.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>
#include <utility>

#include "compression.hpp"

namespace sent::test {

namespace {

constexpr std::array<std::pair<int, const char*>, 32> reasons = {{
    {100, "Continue"},
    {103, "Early Hints"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {205, "Reset Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {407, "Proxy Authentication Required"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
}};

const char* reason(int status) {
    const auto* const found = std::find_if(reasons.begin(), reasons.end(),
                                           [status](const auto& entry) { return entry.first == status; });
    return found != reasons.end() ? found->second : "Other";
}

bool allows_body(int status) {
    return status >= 200 && status != 204 && status != 304;
}

Headers with(Headers headers, std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return headers;
}

}  // namespace

std::string reply_head(int status, const Headers& headers) {
    std::string text = "HTTP/1.1 " + std::to_string(status) + " " + reason(status) + "\r\n";
    for (const auto& [name, value] : headers) {
        text.append(name).append(": ").append(value).append("\r\n");
    }
    return text + "\r\n";
}

std::string http_reply(int status, const Headers& headers, std::string_view body) {
    if (!allows_body(status)) {
        if (!body.empty()) {
            throw std::invalid_argument(
                "a reply of this status has no body; use reply_head for one that lies");
        }
        return reply_head(status, headers);
    }
    return reply_head(status, with(headers, "Content-Length", std::to_string(body.size()))).append(body);
}

std::string json_reply(int status, std::string_view body, const Headers& headers) {
    return http_reply(status, with(headers, "Content-Type", "application/json"), body);
}

std::string chunked_reply(int status, const Headers& headers, std::string_view body, std::size_t chunk) {
    std::string text = reply_head(status, with(headers, "Transfer-Encoding", "chunked"));
    while (!body.empty()) {
        const std::string_view part = body.substr(0, std::max<std::size_t>(1, chunk));
        body.remove_prefix(part.size());
        std::array<char, 32> size{};
        std::snprintf(size.data(), size.size(), "%zx\r\n", part.size());
        text.append(size.data()).append(part).append("\r\n");
    }
    return text + "0\r\n\r\n";
}

std::string gzip_reply(int status, const Headers& headers, std::string_view body) {
    return http_reply(status, with(headers, "Content-Encoding", "gzip"), gzip(body));
}

}  // namespace sent::test
