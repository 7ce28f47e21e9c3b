#pragma once

#include <string>
#include <string_view>

#include <sent/operation.hpp>

#include "core/problem.hpp"

/// @file
/// Encodes a request struct as the text that is sent.

namespace sent::detail {

/// Members of the body that are not in the struct.
struct BodyExtras {
    /// CallOptions::extra_body.
    std::string_view members{};
    bool sandbox = false;
};

/// Validates the request, appends its path and query to `url`, and writes its body. The body stays empty if
/// the operation has none; then no Content-Type is needed.
Problem encode_request(const Route& route, const void* request, const BodyExtras& extras, std::string& url,
                       std::string& body);

/// Returns the error for a name that is no operation. Shows the name only if it looks like one.
[[gnu::cold]] Error unknown_operation(std::string_view name);

/// Returns how many messages the request creates.
std::size_t count_messages(const Route& route, const void* request);

/// Appends `?name=value` or `&name=value`.
void append_query_pair(std::string_view name, std::string_view value, std::string& url);

}  // namespace sent::detail
