#include <sent/encoded_request.hpp>

#include <optional>
#include <string>
#include <utility>

#include <sent/http/transport.hpp>
#include <sent/operations.hpp>

#include "core/answer.hpp"
#include "core/problem.hpp"
#include "core/request.hpp"
#include "json/decode.hpp"
#include "operations/registry.hpp"

/// @file
/// Requests and replies as text, identified by the name of their operation.

namespace sent {
namespace detail {
namespace {

const Route* route_of(const void* request) noexcept {
    return find_route(static_cast<const EncodedRequest*>(request)->operation);
}

constexpr Route encoded_route() noexcept {
    Route route;
    route.name = "encoded";
    route.find = &route_of;
    return route;
}

Problem read_request(std::string_view json, const StructInfo& table, void* request) {
    const auto read = decode_strictly(json, table, request);
    if (!read) {
        return refuse("the request is not a JSON object: " + read.message);
    }
    if (!read.first_unknown.empty()) {
        return refuse(quoted(read.first_unknown) + " is not a member of this request: check its spelling");
    }
    if (read.mismatches > 0) {
        return refuse("the request has a member of the wrong type: " + read.first_mismatch);
    }
    return {};
}

}  // namespace

const Route& RowOf<EncodedRequest>::route() noexcept {
    static constexpr Route route = encoded_route();
    return route;
}

std::optional<Error> decode_response(std::string_view operation, const RawResponse& response,
                                     const StructInfo* table, CallTarget target) {
    const auto* const route = find_route(operation);
    if (route == nullptr) {
        return unknown_operation(operation);
    }
    const auto* const own_table = route->response != nullptr ? &route->response() : nullptr;
    if (own_table != table) {
        return not_sent_error(ErrorKind::invalid_request,
                              quoted(route->name) + " is answered with " +
                                  (own_table == nullptr ? "no content: use decode<void>()"
                                                        : "sent::" + std::string{own_table->name}));
    }
    target.meta->http_status = response.status;
    target.meta->raw_body = response.body;
    HttpResponse http;
    http.status = response.status;
    http.body = response.body;
    auto answer = read_answer(http, {route->generation, route->safety, RetrySafety::strict, table},
                              target.value, room_for_text(http.body.size()), {}, {});
    if (answer.error) {
        target.meta->raw_body = answer.error->raw_body;
        return std::move(answer.error);
    }
    target.meta->request_id = std::move(answer.request_id);
    if (route->finish != nullptr && !http.body.empty()) {
        route->finish(target.value, HttpRequest{}, http.body);
    }
    return std::nullopt;
}

}  // namespace detail

Result<EncodedRequest> encode(std::string_view operation, std::string_view json) {
    const auto* const route = detail::find_route(operation);
    if (route == nullptr) {
        return detail::unknown_operation(operation);
    }
    const auto request = route->make_request();
    if (!json.empty()) {
        if (auto problem = detail::read_request(json, route->request(), request.get())) {
            return std::move(*problem);
        }
    }
    return detail::encode_request(*route, request.get());
}

}  // namespace sent
