#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "received_request.hpp"

namespace sent::test {

/// Status line and headers with the empty line after them, and nothing added: for replies that lie, or whose
/// body other steps send.
std::string reply_head(int status, const Headers& headers = {});

/// A well-formed reply. Content-Length is added unless the status allows no body (1xx, 204, 304).
std::string http_reply(int status, const Headers& headers = {}, std::string_view body = {});

/// `http_reply` with Content-Type: application/json.
std::string json_reply(int status, std::string_view body, const Headers& headers = {});

/// A well-formed reply in chunks of at most `chunk` bytes.
std::string chunked_reply(int status, const Headers& headers, std::string_view body,
                          std::size_t chunk = 1024);

/// `http_reply` with the body packed and Content-Encoding: gzip.
std::string gzip_reply(int status, const Headers& headers, std::string_view body);

}  // namespace sent::test
