#pragma once

#include <cstddef>
#include <string>

#include <sent/http/transport.hpp>
#include <sent/operation.hpp>

#include "core/problem.hpp"
#include "core/request.hpp"

/// @file
/// Bodies of multipart/form-data: requests with documents (decision 19).

namespace sent::detail {

/// Whether documents are attached to the request, so that its body is a form.
bool has_documents(const Route& route, const void* request);

/// Replaces the JSON body of the prepared request by parts. Opens the files, which stay open as long as the
/// parts exist. `extras` are already in the JSON body.
Problem attach_documents(const Route& route, const void* request, const BodyExtras& extras,
                         std::size_t max_bytes, HttpRequest& http);

/// Returns the body of the request as JSON text. Documents are left out, and what was sent as text parts
/// comes back as strings.
std::string json_body(const Route& route, const HttpRequest& request);

/// Returns a number that differs, almost always, for requests with another method, URL, body or parts. Reads
/// the documents.
std::size_t fingerprint(const HttpRequest& request);

}  // namespace sent::detail
