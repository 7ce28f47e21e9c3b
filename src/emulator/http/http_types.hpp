#pragma once

/// @file
/// Requests and replies as the emulator's parts hand them to each other.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sent::testing::emulator {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

/// The first value of a header, whose name is matched without regard to case; nullptr if there is none.
const std::string* find_header(const HeaderList& headers, std::string_view name);

/// Whether two header names, schemes or the like are the same but for ASCII case.
bool same_ignoring_case(std::string_view left, std::string_view right);

std::string to_lower(std::string_view text);

/// Whether a Content-Type says JSON: application/json, or a type that ends in +json.
bool is_json_type(std::string_view content_type);

struct Request {
    std::string method{};
    std::string authority{};              ///< `host:port` of a target that is a whole URL, else empty
    std::string path{};                   ///< as received, without the query
    std::vector<std::string> segments{};  ///< the path's parts, decoded
    std::vector<std::pair<std::string, std::string>> query{};
    HeaderList headers{};
    std::string body{};
    bool keep_alive = true;  ///< the client wants to use the connection again
    bool http_1_0 = false;   ///< the client takes an end for granted unless the reply says otherwise

    /// The first value of a query parameter; nullptr if there is none.
    const std::string* query_value(std::string_view name) const;
};

struct Reply {
    int status = 200;
    HeaderList headers{};
    std::string body{};
};

/// "Not Found" for 404.
std::string_view reason_phrase(int status);

/// Whether replies of this status have no body and thus no Content-Length.
bool has_no_body(int status);

/// What becomes of a connection after a reply.
enum class AfterReply {
    close,
    keep_alive,
    say_keep_alive,  ///< keep it, and say so, as HTTP/1.0 demands it
};

AfterReply after_reply(const Request& request, const Reply& reply);

/// The bytes of a reply's status line and headers. A negative content_length stands for none.
std::string render_head(const Reply& reply, long long content_length, AfterReply after);

}  // namespace sent::testing::emulator
