#pragma once

#include <string_view>

#include <sent/operation.hpp>

#include "base/url.hpp"

/// @file
/// The rows of the route tables, written shortly.

namespace sent::detail {

/// A GET without a body.
constexpr Route read_route(Generation generation, std::string_view name, std::string_view path,
                           const StructInfo& request, const StructInfo& response) noexcept {
    Route route;
    route.name = name;
    route.method = "GET";
    route.path = path;
    route.generation = generation;
    route.safety = Safety::read;
    route.body = BodyRule::none;
    route.request = &request;
    route.response = &response;
    return route;
}

/// For Route::check where the id goes into the query: there a dot segment does no harm, but it is no id
/// either.
template <class Request>
Route::Problem check_query_id(const void* request) {
    if (is_dot_segment(static_cast<const Request*>(request)->id)) {
        return {"id", "is . or .., which is no id: give the id itself"};
    }
    return {};
}

/// A GET of one object whose id goes into the query, as v1 and parts of v2 have it.
template <class Request>
constexpr Route read_by_query_id_route(Generation generation, std::string_view name, std::string_view path,
                                       const StructInfo& request, const StructInfo& response) noexcept {
    auto route = read_route(generation, name, path, request, response);
    route.check = &check_query_id<Request>;
    return route;
}

/// A write that knows no idempotency key; `response` is null when a success has no content.
constexpr Route unkeyed_write_route(Generation generation, std::string_view name, std::string_view method,
                                    std::string_view path, const StructInfo& request, BodyRule body,
                                    const StructInfo* response = nullptr) noexcept {
    Route route;
    route.name = name;
    route.method = method;
    route.path = path;
    route.generation = generation;
    route.safety = Safety::unkeyed_write;
    route.body = body;
    route.request = &request;
    route.response = response;
    return route;
}

/// For Route::message_count of requests that make one message.
inline std::size_t one_message(const void* /*request*/) {
    return 1;
}

/// A send of v1 or v2: one message, no content in the answer.
constexpr Route legacy_send_route(Generation generation, std::string_view name, std::string_view path,
                                  const StructInfo& request) noexcept {
    auto route = unkeyed_write_route(generation, name, "POST", path, request, BodyRule::object_even_if_empty);
    route.rate_class = RateClass::message;
    route.message_count = &one_message;
    return route;
}

}  // namespace sent::detail
