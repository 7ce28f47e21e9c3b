#pragma once

/// @file
/// Requests and replies inside the emulator.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text/ascii.hpp"

namespace sent::testing::emulator {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

/// Returns the first value of a header, or nullptr. Ignores the case of the name.
const std::string* find_header(const HeaderList& headers, std::string_view name);

/// For header names, schemes and the like.
using detail::same_ignoring_case;

std::string to_lower(std::string_view text);

/// Whether a Content-Type is JSON: application/json, or a type that ends in +json.
bool is_json_type(std::string_view content_type);

/// Whether a Content-Type is multipart/form-data.
bool is_form_type(std::string_view content_type);

struct Request {
    std::string method{};
    std::string authority{};              ///< `host:port` of a target that is a whole URL, else empty
    std::string path{};                   ///< as received, without the query
    std::vector<std::string> segments{};  ///< the path's parts, decoded
    std::vector<std::pair<std::string, std::string>> query{};
    HeaderList headers{};
    std::string body{};
    bool keep_alive = true;  ///< the client wants to reuse the connection
    bool http_1_0 = false;   ///< the client expects the connection to end unless the reply says otherwise

    /// Returns the first value of a query parameter, or nullptr.
    const std::string* query_value(std::string_view name) const;
};

struct Reply {
    int status = 200;
    HeaderList headers{};
    std::string body{};
};

/// Returns "Not Found" for 404.
std::string_view reason_phrase(int status);

/// Whether replies of this status have no body and therefore no Content-Length.
bool has_no_body(int status);

/// What happens to the connection after a reply.
enum class AfterReply {
    close,
    keep_alive,
    say_keep_alive,  ///< keep it, and send the header for that, as HTTP/1.0 requires
};

AfterReply after_reply(const Request& request, const Reply& reply);

/// Returns the status line and headers of a reply. Without Content-Length if content_length is negative.
std::string render_head(const Reply& reply, long long content_length, AfterReply after);

}  // namespace sent::testing::emulator
