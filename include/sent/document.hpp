#pragma once

#include <string>

namespace sent {

/// A document that is attached to a request, such as a certificate of registration. Exactly one of `path` and
/// `content` is set.
///
/// A file is opened when the call starts and read while it is sent, again for each attempt. If the file is
/// changed meanwhile, the call fails with ErrorKind::invalid_request, and the service has not received a
/// whole request.
struct Document {
    /// Required. Name of the document in the requirements of the market, such as `business_registration`. See
    /// Compliance::by_country().
    std::string key{};
    /// Path of a regular file that is not empty.
    std::string path{};
    /// The document itself.
    std::string content{};
    /// Name that the service shows. Defaults to the last component of `path`. Required with `content`.
    std::string file_name{};
    /// Media type, such as `application/pdf`. By default it follows from the ending of `file_name` (pdf, png,
    /// jpg, jpeg, gif, txt); for others it is `application/octet-stream`.
    std::string content_type{};
};

}  // namespace sent
