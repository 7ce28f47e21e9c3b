#pragma once

#include <string>
#include <string_view>

#include <sent/operation.hpp>

#include "operations/route_builder.hpp"

/// @file
/// The rows of v3's route tables, written shortly.

namespace sent::detail {

/// A GET.
constexpr Route v3_read_route(std::string_view name, std::string_view path, const StructInfo& request,
                              const StructInfo& response) noexcept {
    return read_route(Generation::v3, name, path, request, response);
}

/// A POST, PUT or PATCH: takes an idempotency key and knows the sandbox.
constexpr Route v3_write_route(std::string_view name, std::string_view method, std::string_view path,
                               const StructInfo& request, const StructInfo* response) noexcept {
    auto route = unkeyed_write_route(Generation::v3, name, method, path, request,
                                     BodyRule::object_even_if_empty, response);
    route.safety = Safety::keyed_write;
    route.accepts_sandbox = true;
    return route;
}

/// The same with a check of answers that the service replays.
constexpr Route checking_replays(Route route, decltype(Route::replay_mismatch) mismatch) noexcept {
    route.replay_mismatch = mismatch;
    return route;
}

/// One of those that the service counts as sensitive: 10 a minute.
constexpr Route v3_sensitive_route(std::string_view name, std::string_view method, std::string_view path,
                                   const StructInfo& request, const StructInfo* response) noexcept {
    auto route = v3_write_route(name, method, path, request, response);
    route.rate_class = RateClass::sensitive;
    return route;
}

/// A DELETE that knows the sandbox, and so has a JSON object for its body, `{}` at least. The service ignores
/// idempotency keys on DELETE.
constexpr Route v3_remove_route(std::string_view name, std::string_view path,
                                const StructInfo& request) noexcept {
    auto route =
        unkeyed_write_route(Generation::v3, name, "DELETE", path, request, BodyRule::object_even_if_empty);
    route.accepts_sandbox = true;
    return route;
}

}  // namespace sent::detail
