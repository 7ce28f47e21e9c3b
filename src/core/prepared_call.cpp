#include "core/prepared_call.hpp"

#include <algorithm>
#include <utility>

#include "core/uuid.hpp"
#include "json/encode.hpp"
#include "json/field.hpp"
#include "json/validate.hpp"

namespace sent::detail {
namespace {

/// Longer ids and numbers do not exist; a megabyte in a path only costs.
constexpr std::size_t longest_path_value = 1024;
constexpr std::size_t longest_idempotency_key = 255;
constexpr std::string_view json_content_type = "application/json";

Error refuse(std::string message) {
    return not_sent_error(ErrorKind::invalid_request, std::move(message));
}

std::string quoted(std::string_view name) {
    return "`" + std::string{name} + "`";
}

const Field* find_field(const StructInfo& info, Location location, std::string_view name) noexcept {
    const auto* found = std::find_if(info.begin(), info.end(), [&](const Field& field) {
        return field.location == location && field.name == name && !field.is_alias;
    });
    return found == info.end() ? nullptr : found;
}

std::optional<Error> append_path_value(const Field& field, const void* request, std::string& url) {
    std::string value;
    if (!scalar_text(*field.type, field.in(request), value)) {
        return refuse(quoted(field.name) + " is empty: it is part of the path and must be given");
    }
    if (value.size() > longest_path_value) {
        return refuse(quoted(field.name) + " has " + std::to_string(value.size()) +
                      " bytes: no id is longer than " + std::to_string(longest_path_value));
    }
    if (is_dot_segment(value)) {
        return refuse(quoted(field.name) + " is . or .., which would change the path: give the id itself");
    }
    append_path_segment(value, url);
    return std::nullopt;
}

std::optional<Error> append_path(const Route& route, const void* request, std::string& url) {
    auto rest = route.path;
    while (!rest.empty()) {
        const auto open = std::min(rest.find('{'), rest.size());
        url.append(rest.substr(0, open));
        rest.remove_prefix(open);
        if (rest.empty()) {
            break;
        }
        const auto close = rest.find('}');
        const auto* field = find_field(*route.request, Location::path, rest.substr(1, close - 1));
        if (auto problem = append_path_value(*field, request, url)) {
            return problem;
        }
        rest.remove_prefix(close + 1);
    }
    return std::nullopt;
}

void append_query_pair(std::string_view name, std::string_view value, std::string& url) {
    url.push_back(url.find('?') == std::string::npos ? '?' : '&');
    append_query_text(name, url);
    url.push_back('=');
    append_query_text(value, url);
}

void append_query(const StructInfo& info, const void* request, std::string& url) {
    std::string value;
    for (const auto& field : info) {
        value.clear();
        if (field.location == Location::query && !field.is_alias &&
            scalar_text(*field.type, field.in(request), value)) {
            append_query_pair(field.name, value, url);
        }
    }
}

bool is_idempotency_key(std::string_view key) noexcept {
    const auto is_allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-';
    };
    return !key.empty() && key.size() <= longest_idempotency_key &&
           std::all_of(key.begin(), key.end(), is_allowed);
}

std::optional<Error> add_caller_headers(const Headers& headers, std::string_view member, Headers& out) {
    for (const auto field : headers) {
        if (const auto bad_name = header_name_problem(field.name); !bad_name.empty()) {
            return refuse(quoted(member) + ": a header's name " + std::string{bad_name});
        }
        if (const auto bad_value = header_value_problem(field.value); !bad_value.empty()) {
            return refuse(quoted(member) + ": the value of " + std::string{field.name} + " " +
                          std::string{bad_value});
        }
        out.set(field.name, field.value);
    }
    return std::nullopt;
}

/// Headers, limits and options that a call has whatever its body is.
std::optional<Error> apply_options(const Config& config, const CallOptions& options, PreparedCall& call) {
    auto& http = call.http;
    if (call.generation != Generation::v3 && config.sender_id.empty()) {
        return not_sent_error(
            ErrorKind::configuration,
            "no sender id, which v1 and v2 need: set ClientOptions::sender_id, or SENT_DM_SENDER_ID in the "
            "environment");
    }
    http.headers =
        call.generation == Generation::v3 ? config.common_headers : config.common_headers_with_sender;
    const auto& profile = options.profile_id.empty() ? config.profile_id : options.profile_id;
    if (call.generation == Generation::v3 && !profile.empty()) {
        if (!header_value_problem(profile).empty()) {
            return refuse("`profile_id` holds a line break or another control character: remove it");
        }
        http.headers.set("x-profile-id", profile);
    }
    if (auto problem = add_caller_headers(options.extra_headers, "extra_headers", http.headers)) {
        return problem;
    }
    for (const auto field : options.extra_query) {
        append_query_pair(field.name, field.value, http.url);
    }
    call.retry = options.retry.value_or(config.retry);
    call.deadline = options.deadline ? options.deadline : config.deadline;
    http.connect_timeout = config.connect_timeout;
    http.timeout = options.attempt_timeout.value_or(config.attempt_timeout);
    if (http.timeout.count() <= 0) {
        return refuse("`attempt_timeout` must be longer than 0 ms");
    }
    http.max_response_bytes = config.max_response_bytes;
    http.cancel = options.cancel;
    return std::nullopt;
}

/// Sets the key, and with it what the call's safety really is.
std::optional<Error> apply_idempotency_key(const Config& config, const CallOptions& options, bool make_one,
                                           PreparedCall& call) {
    if (!options.idempotency_key.empty()) {
        if (call.safety != Safety::keyed_write) {
            return refuse(
                "`idempotency_key` is set, but this operation accepts none, so that it would not protect "
                "from a second "
                "effect: leave it empty");
        }
        if (!is_idempotency_key(options.idempotency_key)) {
            return refuse(
                "`idempotency_key` may have letters, digits, _ and - only, and at most 255 of them");
        }
        call.idempotency_key = options.idempotency_key;
    } else if (call.safety == Safety::keyed_write && make_one && config.auto_idempotency_key) {
        call.idempotency_key = make_uuid();
    }
    if (!call.idempotency_key.empty()) {
        call.http.headers.add("Idempotency-Key", call.idempotency_key);
    } else if (call.safety == Safety::keyed_write) {
        call.safety = Safety::unkeyed_write;
    }
    return std::nullopt;
}

std::optional<Error> write_body(const Route& route, const void* request, const CallOptions& options,
                                PreparedCall& call) {
    if (route.body == BodyRule::none) {
        return options.extra_body.empty()
                   ? std::nullopt
                   : std::optional{refuse("`extra_body` is set, but this operation has no body")};
    }
    EncodeOptions encoding;
    encoding.extra_members = options.extra_body;
    const auto encoded = encode(*route.request, request, call.http.body, encoding);
    if (!encoded) {
        return refuse(encoded.error);
    }
    if (encoded.is_empty && route.body == BodyRule::object) {
        call.http.body.clear();
    } else {
        call.http.headers.add("Content-Type", json_content_type);
    }
    return std::nullopt;
}

std::optional<Error> check_request(const Route& route, const void* request) {
    if (const auto problem = validate(*route.request, request)) {
        return refuse(problem->text);
    }
    if (route.check != nullptr) {
        const auto problem = route.check(request);
        if (!problem.member.empty()) {
            return refuse(quoted(problem.member) + " " + std::string{problem.advice});
        }
    }
    return std::nullopt;
}

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

std::optional<Error> set_raw_url(const Config& config, const RawRequest& request, PreparedCall& call) {
    std::string_view path = request.path;
    if (path.find("://") < path.find_first_of("/?#")) {
        const auto on_origin = path_on_origin(path, config.base);
        if (!on_origin) {
            return refuse("`path` is a URL of another origin than " + config.base.origin +
                          ", to which the API key is not sent: give a path of this one");
        }
        path = *on_origin;
        // An absolute URL has the base URL's own path already.
        if (path.substr(0, config.base.path.size()) == config.base.path) {
            path.remove_prefix(config.base.path.size());
        }
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
    return std::nullopt;
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
std::optional<Error> add_raw_headers(const RawRequest& request, PreparedCall& call) {
    Headers headers = request.headers;
    const auto given = headers.get("Content-Type");
    const std::string content_type{given.value_or(json_content_type)};
    headers.remove("Content-Type");
    if (auto problem = add_caller_headers(headers, "headers", call.http.headers)) {
        return problem;
    }
    if (call.http.body.empty()) {
        return std::nullopt;
    }
    if (!header_value_problem(content_type).empty()) {
        return refuse("`headers`: the value of Content-Type holds a control character: remove it");
    }
    call.http.headers.add("Content-Type", content_type);
    return std::nullopt;
}

}  // namespace

CallOptions merge_options(const CallOptions& defaults, const CallOptions& options) {
    CallOptions merged = options;
    const auto fill = [](auto& target, const auto& fallback) {
        if (!target.has_value()) {
            target = fallback;
        }
    };
    fill(merged.attempt_timeout, defaults.attempt_timeout);
    fill(merged.deadline, defaults.deadline);
    fill(merged.retry, defaults.retry);
    fill(merged.sandbox, defaults.sandbox);
    if (merged.idempotency_key.empty()) {
        merged.idempotency_key = defaults.idempotency_key;
    }
    if (!merged.cancel.can_be_cancelled()) {
        merged.cancel = defaults.cancel;
    }
    if (merged.profile_id.empty()) {
        merged.profile_id = defaults.profile_id;
    }
    if (merged.extra_body.empty()) {
        merged.extra_body = defaults.extra_body;
    }
    const auto join = [](Headers& target, const Headers& fallback) {
        for (const auto field : fallback) {
            if (!target.contains(field.name)) {
                target.add(field.name, field.value);
            }
        }
    };
    join(merged.extra_headers, defaults.extra_headers);
    join(merged.extra_query, defaults.extra_query);
    return merged;
}

std::optional<Error> prepare(const Config& config, const Route& route, const void* request,
                             const CallOptions& options, PreparedCall& call) {
    if (config.problem) {
        return config.problem;
    }
    if (auto problem = check_request(route, request)) {
        return problem;
    }
    call.name = route.name;
    call.path = route.path;
    call.generation = route.generation;
    call.safety = route.safety;
    call.rate_class = route.rate_class;
    call.messages = route.message_count != nullptr ? route.message_count(request) : 0;
    call.response = route.response;
    call.reading =
        route.response != nullptr ? PreparedCall::Reading::structure : PreparedCall::Reading::nothing;
    call.finish = route.finish;
    call.http.method = route.method;
    call.http.url.reserve(config.base.origin.size() + config.base.path.size() + route.path.size() + 64);
    call.http.url += config.base.origin;
    call.http.url += config.base.path;
    if (auto problem = append_path(route, request, call.http.url)) {
        return problem;
    }
    append_query(*route.request, request, call.http.url);
    if (auto problem = apply_options(config, options, call)) {
        return problem;
    }
    if (auto problem = apply_idempotency_key(config, options, true, call)) {
        return problem;
    }
    return write_body(route, request, options, call);
}

std::optional<Error> prepare(const Config& config, const RawRequest& request, const CallOptions& options,
                             PreparedCall& call) {
    if (config.problem) {
        return config.problem;
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
