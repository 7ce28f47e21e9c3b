#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <sent/export.hpp>
#include <sent/http/headers.hpp>

namespace sent::testing {

/// A part of a multipart/form-data body. Texts have neither a file name nor a content type.
struct RecordedPart {
    std::string name{};
    std::string file_name{};
    std::string content_type{};
    std::string content{};
};

/// An attempt as the transport received it.
struct RecordedRequest {
    std::string method{};
    /// Whole URL, as it would be sent.
    std::string url{};
    /// Path of the URL, without the query, percent-encoded: `/v1/contacts/phone`.
    std::string path{};
    /// Query parameters of the URL, decoded.
    Headers query{};
    /// Headers, with the keys in clear text.
    Headers headers{};
    std::string body{};
    /// Parts of the body if it is multipart/form-data; then `body` is empty.
    std::vector<RecordedPart> parts{};
    std::chrono::milliseconds connect_timeout{};
    std::chrono::milliseconds timeout{};
    /// True for requests of `submit` and `bulk`.
    bool asynchronous = false;

    /// Returns path and query as in the request line.
    [[nodiscard]] SENT_TESTING_EXPORT std::string target() const;
};

}  // namespace sent::testing
