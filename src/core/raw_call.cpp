#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/url.hpp"
#include "core/call_parts.hpp"
#include "core/prepared_call.hpp"

/// @file
/// Calls to paths without a struct of their own (Client::request).

namespace sent::detail {
namespace {

Generation generation_of_path(std::string_view path) noexcept {
    const auto starts_with = [path](std::string_view prefix) {
        return path.substr(0, prefix.size()) == prefix;
    };
    if (starts_with("/v1/")) {
        return Generation::v1;
    }
    return starts_with("/v2/") ? Generation::v2 : Generation::v3;
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
                          ", to which alone the API key is sent: give a path below that");
        }
        path = *below;
    }
    if (!is_plain_path(path)) {
        return refuse(
            "`path` must start with / and be percent-encoded, without fragment and without . and .. "
            "segments");
    }
    call.generation = generation_of_path(path);
    call.http.url = config.base.origin + config.base.path;
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

/// Of a raw request's own headers, Content-Type is the one that the library otherwise keeps to itself.
Problem add_raw_headers(const RawRequest& request, PreparedCall& call) {
    Headers headers = request.headers;
    const auto given = headers.get("Content-Type");
    const std::string content_type{given.value_or(json_content_type)};
    headers.remove("Content-Type");
    if (auto problem = add_caller_headers(headers, "headers", call.http.headers)) {
        return problem;
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
    call.name = "request";
    call.path = "(raw)";
    call.safety = safety_of(request, options);
    call.reading = PreparedCall::Reading::raw;
    call.http.method = request.method;
    call.http.body = request.body;
    if (auto problem = refuse_real_write(config, options, call.safety, false)) {
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
