#include "core/prepared_call.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <sent/encoded_request.hpp>

#include "base/path_pattern.hpp"
#include "base/url.hpp"
#include "core/call_options.hpp"
#include "core/form.hpp"
#include "core/request.hpp"

namespace sent::detail {
namespace {

/// The route of raw requests, which only their generation tells apart.
constexpr Route raw_route(Generation generation) noexcept {
    Route route;
    route.name = "request";
    route.path = "(raw)";
    route.generation = generation;
    return route;
}
constexpr Route raw_v1 = raw_route(Generation::v1);
constexpr Route raw_v2 = raw_route(Generation::v2);
constexpr Route raw_v3 = raw_route(Generation::v3);

void follow_route(const Route& route, PreparedCall& call) {
    call.route = &route;
    call.safety = route.safety;
    call.http.method = route.method;
}

void begin_url(const Config& config, std::size_t path_bytes, std::string& url) {
    url.reserve(config.base.origin.size() + config.base.path.size() + path_bytes);
    url += config.base.origin;
    url += config.base.path;
}

/// Adds what depends on the caller and the time.
Problem add_options(const Config& config, const CallOptions& options, PreparedCall& call) {
    if (auto problem = apply_options(config, options, call)) {
        return problem;
    }
    if (auto problem = apply_idempotency_key(config, options, true, call)) {
        return problem;
    }
    if (!call.http.body.empty()) {
        call.http.headers.add("Content-Type", json_content_type);
    }
    return {};
}

std::string_view without_query(std::string_view path) noexcept {
    return path.substr(0, path.find('?'));
}

Problem check_encoded(const EncodedRequest& request, const Route* route) {
    if (route == nullptr) {
        return Problem{unknown_operation(request.operation)};
    }
    if (request.method != route->method || !path_fits(route->path, without_query(request.path)) ||
        !is_plain_path(request.path)) {
        return refuse("`method` and `path` of the encoded request do not belong to " +
                      std::string{route->name} + " (" + std::string{route->method} + " " +
                      std::string{route->path} + "): encode the request again");
    }
    if (request.body.empty() != (route->body == BodyRule::none) && route->body != BodyRule::object) {
        return refuse("`body` of the encoded request is " +
                      std::string{request.body.empty() ? "empty, but " : "not empty, but "} +
                      std::string{route->name} + " has " + (request.body.empty() ? "one" : "none") +
                      ": encode the request again");
    }
    return {};
}

Problem prepare_encoded(const Config& config, const Route* route, const EncodedRequest& request,
                        const CallOptions& options, PreparedCall& call) {
    if (auto problem = check_encoded(request, route)) {
        return problem;
    }
    if (!options.extra_body.empty()) {
        return refuse(
            "`extra_body` is set, but an encoded request is sent unchanged: put everything into `body`");
    }
    if (auto problem = refuse_real_write(config, options, route->safety, SandboxSupport::fixed_text)) {
        return problem;
    }
    follow_route(*route, call);
    call.reading = PreparedCall::Reading::encoded;
    call.messages = route->rate_class == RateClass::message ? std::max<std::size_t>(request.messages, 1) : 0;
    begin_url(config, request.path.size(), call.http.url);
    call.http.url += request.path;
    call.http.body = request.body;
    return add_options(config, options, call);
}

const Route& raw_route_of(std::string_view path) noexcept {
    const auto starts_with = [path](std::string_view prefix) {
        return path.substr(0, prefix.size()) == prefix;
    };
    if (starts_with("/v1/")) {
        return raw_v1;
    }
    return starts_with("/v2/") ? raw_v2 : raw_v3;
}

bool is_method(std::string_view method) noexcept {
    return !method.empty() && method.size() <= 16 &&
           std::all_of(method.begin(), method.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

Problem set_raw_url(const Config& config, const RawRequest& request, PreparedCall& call) {
    std::string_view path = request.path;
    if (is_absolute_url(path)) {
        const auto below = path_below(path, config.base);
        if (!below) {
            return refuse("`path` is a URL outside " + config.base.origin + config.base.path +
                          ", and the API key is sent nowhere else: use a path below it");
        }
        path = *below;
    }
    if (!is_plain_path(path)) {
        return refuse(
            "`path` must start with / and be percent-encoded, without fragment and without . and .. "
            "segments");
    }
    call.route = &raw_route_of(path);
    begin_url(config, path.size(), call.http.url);
    call.http.url += path;
    for (const auto field : request.query) {
        append_query_pair(field.name, field.value, call.http.url);
    }
    return {};
}

Safety safety_of(const RawRequest& request, const CallOptions& options) noexcept {
    if (request.safety) {
        return *request.safety;
    }
    if (request.method == "GET" || request.method == "HEAD") {
        return Safety::read;
    }
    return options.idempotency_key.empty() ? Safety::unkeyed_write : Safety::keyed_write;
}

/// A raw request may set Content-Type, which otherwise only the library sets.
Problem add_raw_headers(const RawRequest& request, PreparedCall& call) {
    Headers headers = request.headers;
    const auto given = headers.get("Content-Type");
    const std::string content_type{given.value_or(json_content_type)};
    headers.remove("Content-Type");
    if (auto problem = headers_problem("headers", headers); !problem.empty()) {
        return refuse(std::move(problem));
    }
    for (const auto field : headers) {
        call.http.headers.set(field.name, field.value);
    }
    if (call.http.body.empty()) {
        return {};
    }
    if (!header_value_problem(content_type).empty()) {
        return refuse("`headers`: the value of Content-Type holds a control character: remove it");
    }
    call.http.headers.add("Content-Type", content_type);
    return {};
}

}  // namespace

Problem prepare(const Config& config, const Route& route, const void* request, const CallOptions& options,
                PreparedCall& call) {
    if (config.problem.has_value()) {
        return Problem{Error{*config.problem}};
    }
    if (route.find != nullptr) {
        return prepare_encoded(config, route.find(request), *static_cast<const EncodedRequest*>(request),
                               options, call);
    }
    follow_route(route, call);
    begin_url(config, route.path.size() + 64, call.http.url);
    const BodyExtras extras{options.extra_body,
                            route.accepts_sandbox && options.sandbox.value_or(config.options.sandbox)};
    if (auto problem = encode_request(route, request, extras, call.http.url, call.http.body)) {
        return problem;
    }
    if (has_documents(route, request)) {
        if (auto problem =
                attach_documents(route, request, extras, config.options.max_document_bytes, call.http)) {
            return problem;
        }
    }
    const auto support = route.accepts_sandbox ? SandboxSupport::yes : SandboxSupport::no;
    if (auto problem = refuse_real_write(config, options, route.safety, support)) {
        return problem;
    }
    call.messages = count_messages(route, request);
    return add_options(config, options, call);
}

Problem prepare(const Config& config, const RawRequest& request, const CallOptions& options,
                PreparedCall& call) {
    if (config.problem) {
        return Problem{Error{*config.problem}};
    }
    if (!is_method(request.method)) {
        return refuse("`method` must be an HTTP method in capitals, such as GET or POST");
    }
    if (!options.extra_body.empty()) {
        return refuse("`extra_body` is for requests that have a struct: put everything into `body`");
    }
    call.safety = safety_of(request, options);
    call.reading = PreparedCall::Reading::raw;
    call.http.method = request.method;
    call.http.body = request.body;
    if (auto problem = refuse_real_write(config, options, call.safety, SandboxSupport::no)) {
        return problem;
    }
    if (auto problem = set_raw_url(config, request, call)) {
        return problem;
    }
    if (auto problem = apply_options(config, options, call)) {
        return problem;
    }
    if (auto problem = add_raw_headers(request, call)) {
        return problem;
    }
    return apply_idempotency_key(config, options, false, call);
}

}  // namespace sent::detail
