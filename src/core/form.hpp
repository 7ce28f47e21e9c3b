#pragma once

#include <cstddef>
#include <string>

#include <sent/http/transport.hpp>
#include <sent/operation.hpp>

#include "core/problem.hpp"

/// @file
/// Bodies of multipart/form-data: requests with documents (decision 19).

namespace sent::detail {

/// Whether documents are attached to the request, so that its body is a form.
bool has_documents(const Route& route, const void* request);

/// Replaces the JSON body of the prepared request by parts. Opens the files, which stay open as long as the
/// parts exist. `sandbox` is whether a simulated answer is requested.
Problem attach_documents(const Route& route, const void* request, bool sandbox, std::size_t max_bytes,
                         HttpRequest& http);

/// Returns the body of the request as JSON text. Of a form, documents are left out, and each member that has
/// a part of its own is a string.
std::string json_body(const Route& route, const HttpRequest& request);

/// Returns a number that differs, almost always, for requests with another method, URL, body or parts. Reads
/// the documents.
std::size_t fingerprint(const HttpRequest& request);

}  // namespace sent::detail
