#include "emulator/http/http_types.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include "base/text/ascii.hpp"

namespace sent::testing::emulator {
namespace {

// Not strftime(), because the names of days and months must not depend on the locale of the host process.
std::string http_date() {
    static constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    const auto two = [](int value) {
        return std::string{static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
    };
    return std::string{days[static_cast<std::size_t>(parts.tm_wday)]} + ", " + two(parts.tm_mday) + ' ' +
           months[static_cast<std::size_t>(parts.tm_mon)] + ' ' + std::to_string(1900 + parts.tm_year) + ' ' +
           two(parts.tm_hour) + ':' + two(parts.tm_min) + ':' + two(parts.tm_sec) + " GMT";
}

// Returns the type in lower case, without parameters.
std::string media_type(std::string_view content_type) {
    const auto type = to_lower(content_type.substr(0, content_type.find(';')));
    return type.substr(0, type.find_last_not_of(" \t") + 1);
}

}  // namespace

std::string to_lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), detail::to_lower);
    return result;
}

const std::string* find_header(const HeaderList& headers, std::string_view name) {
    for (const auto& [key, value] : headers) {
        if (same_ignoring_case(key, name)) {
            return &value;
        }
    }
    return nullptr;
}

bool is_json_type(std::string_view content_type) {
    const auto essence = media_type(content_type);
    return essence == "application/json" ||
           (essence.size() > 5 && essence.compare(essence.size() - 5, 5, "+json") == 0);
}

bool is_form_type(std::string_view content_type) {
    return media_type(content_type) == "multipart/form-data";
}

const std::string* Request::query_value(std::string_view name) const {
    for (const auto& [key, value] : query) {
        if (key == name) {
            return &value;
        }
    }
    return nullptr;
}

std::string_view reason_phrase(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 402:
            return "Payment Required";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return status < 400 ? "OK" : "Error";
    }
}

bool has_no_body(int status) {
    return status == 204 || status == 304;
}

AfterReply after_reply(const Request& request, const Reply& reply) {
    if (!request.keep_alive) {
        return AfterReply::close;
    }
    if (!request.http_1_0) {
        return AfterReply::keep_alive;
    }
    // Without a length, some of these clients wait for the end of the connection, whatever the status is.
    return has_no_body(reply.status) ? AfterReply::close : AfterReply::say_keep_alive;
}

std::string render_head(const Reply& reply, long long content_length, AfterReply after) {
    std::string head = "HTTP/1.1 " + std::to_string(reply.status) + ' ';
    head.append(reason_phrase(reply.status)).append("\r\n");
    if (find_header(reply.headers, "Date") == nullptr) {
        head.append("Date: ").append(http_date()).append("\r\n");
    }
    for (const auto& [name, value] : reply.headers) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
    if (content_length >= 0) {
        head.append("Content-Length: ").append(std::to_string(content_length)).append("\r\n");
    }
    if (after != AfterReply::keep_alive) {
        head.append(after == AfterReply::close ? "Connection: close\r\n" : "Connection: keep-alive\r\n");
    }
    return head.append("\r\n");
}

}  // namespace sent::testing::emulator
