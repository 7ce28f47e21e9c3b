#include "core/request.hpp"

#include <algorithm>
#include <cstddef>

#include <sent/encoded_request.hpp>

#include "base/url.hpp"
#include "core/form.hpp"
#include "json/encode.hpp"
#include "json/field.hpp"
#include "json/validate.hpp"

namespace sent {
namespace detail {
namespace {

/// Real ids and numbers are shorter. A megabyte in a path would only waste time.
constexpr std::size_t longest_path_value = 1024;

const Field* find_field(const StructInfo& info, Location location, std::string_view name) noexcept {
    const auto* found = std::find_if(info.begin(), info.end(), [&](const Field& field) {
        return field.location == location && field.name == name && !field.is_alias;
    });
    return found == info.end() ? nullptr : found;
}

Problem append_path_value(const Field& field, const void* request, std::string& url) {
    std::string value;
    if (!scalar_text(*field.type, field.in(request), value)) {
        return refuse(quoted(field.name) + " is empty, but part of the path: set it");
    }
    if (value.size() > longest_path_value) {
        return refuse(quoted(field.name) + " has " + std::to_string(value.size()) +
                      " bytes: use an id of at most " + std::to_string(longest_path_value));
    }
    if (is_dot_segment(value)) {
        return refuse(quoted(field.name) + " is . or .., which would change the path: use the id itself");
    }
    append_path_segment(value, url);
    return {};
}

Problem append_path(const Route& route, const void* request, std::string& url) {
    auto rest = route.path;
    while (!rest.empty()) {
        const auto open = std::min(rest.find('{'), rest.size());
        url.append(rest.substr(0, open));
        rest.remove_prefix(open);
        if (rest.empty()) {
            break;
        }
        const auto close = rest.find('}');
        const auto* field = find_field(route.request(), Location::path, rest.substr(1, close - 1));
        if (auto problem = append_path_value(*field, request, url)) {
            return problem;
        }
        rest.remove_prefix(close + 1);
    }
    return {};
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

bool has_member(std::string_view json_object) noexcept {
    return json_object.find('"') != std::string_view::npos;
}

/// Returns the body members that are not in the struct, as one JSON object.
std::string extra_members(std::string_view extra_body, bool sandbox) {
    std::string members{extra_body};
    if (!sandbox) {
        return members;
    }
    const auto end = members.find_last_of('}');
    if (end == std::string::npos) {
        return members.empty() ? R"({"sandbox":true})" : members;
    }
    members.insert(end, has_member(members) ? R"(,"sandbox":true)" : R"("sandbox":true)");
    return members;
}

EncodeResult encode_with_extras(const Route& route, const void* request, const BodyExtras& extras,
                                std::string& body) {
    const auto members = extra_members(extras.members, extras.sandbox);
    EncodeOptions encoding;
    encoding.extra_members = members;
    return encode(route.request(), request, body, encoding);
}

/// The request changes nothing: names what it could change.
[[gnu::cold]] Problem refuse_empty_change(const StructInfo& table) {
    std::string names;
    for (const auto& field : table) {
        if (field.location == Location::body && !field.is_alias) {
            names += (names.empty() ? "" : ", ") + quoted(field.name);
        }
    }
    return refuse("the request changes nothing: set at least one of " + names);
}

/// Whether no member of the request would be in its body.
bool has_no_body_member(const Route& route, const void* request) {
    std::string body;
    return encode(route.request(), request, body).is_empty;
}

Problem write_body(const Route& route, const void* request, const BodyExtras& extras, std::string& body) {
    if (route.body == BodyRule::none) {
        return extras.members.empty()
                   ? Problem{}
                   : refuse("`extra_body` is set, but this operation has no body: leave it empty");
    }
    if (route.body == BodyRule::nonempty_object && !has_member(extras.members) &&
        has_no_body_member(route, request)) {
        return refuse_empty_change(route.request());
    }
    const auto encoded = !extras.sandbox && extras.members.empty()
                             ? encode(route.request(), request, body)
                             : encode_with_extras(route, request, extras, body);
    if (!encoded) {
        return refuse(encoded.error);
    }
    if (encoded.is_empty && route.body == BodyRule::object) {
        body.clear();
    }
    return {};
}

Problem check_request(const Route& route, const void* request) {
    if (const auto problem = validate(route.request(), request); problem.has_value()) {
        return refuse(problem->text);
    }
    if (route.check != nullptr) {
        const auto problem = route.check(request);
        if (!problem.member.empty()) {
            return refuse(quoted(problem.member) + " " + std::string{problem.advice});
        }
    }
    return {};
}

}  // namespace

void append_query_pair(std::string_view name, std::string_view value, std::string& url) {
    url.push_back(url.find('?') == std::string::npos ? '?' : '&');
    append_query_text(name, url);
    url.push_back('=');
    append_query_text(value, url);
}

Error unknown_operation(std::string_view name) {
    constexpr std::size_t longest_shown = 60;
    const auto is_plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
    };
    const bool is_harmless = name.size() <= longest_shown && std::all_of(name.begin(), name.end(), is_plain);
    return not_sent_error(ErrorKind::invalid_request,
                          "this version of the library does not have the `operation`" +
                              (is_harmless ? " " + quoted(name) : std::string{}) +
                              ": use a name from sent::operations()");
}

std::size_t count_messages(const Route& route, const void* request) {
    return route.message_count != nullptr ? route.message_count(request) : 0;
}

Problem encode_request(const Route& route, const void* request, const BodyExtras& extras, std::string& url,
                       std::string& body) {
    if (auto problem = check_request(route, request)) {
        return problem;
    }
    if (auto problem = append_path(route, request, url)) {
        return problem;
    }
    if (route.request().has_query) {
        append_query(route.request(), request, url);
    }
    return write_body(route, request, extras, body);
}

Result<EncodedRequest> encode_request(const Route& route, const void* request) {
    if (has_documents(route, request)) {
        return std::move(*refuse(
            "`documents` are set, but an encoded request has none: make the call with the request itself"));
    }
    EncodedRequest encoded;
    if (auto problem = encode_request(route, request, {}, encoded.path, encoded.body)) {
        return std::move(*problem);
    }
    encoded.operation = route.name;
    encoded.method = route.method;
    encoded.messages = count_messages(route, request);
    return encoded;
}

}  // namespace detail
}  // namespace sent
