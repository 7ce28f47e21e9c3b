#include "emulator/http/router.hpp"

#include <algorithm>
#include <utility>

#include "emulator/http/url.hpp"
#include "emulator/json_reply.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v2/auth.hpp"
#include "emulator/v3/pipeline.hpp"

namespace sent::testing::emulator {
namespace {

bool is_placeholder(const std::string& segment) {
    return !segment.empty() && segment.front() == '{';
}

std::optional<std::vector<std::string>> match_path(const std::vector<std::string>& pattern,
                                                   const std::vector<std::string>& path) {
    if (pattern.size() != path.size()) {
        return std::nullopt;
    }
    std::vector<std::string> values;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (is_placeholder(pattern[i]) && !path[i].empty()) {
            values.push_back(path[i]);
        } else if (pattern[i] != path[i]) {
            return std::nullopt;
        }
    }
    return values;
}

bool is_v1(const Request& request) {
    return !request.segments.empty() && request.segments.front() == "v1";
}

// v1 is documented as open to browsers from any origin.
Reply preflight(const std::string& allowed_methods) {
    Reply reply = no_content();
    reply.headers = {{"Access-Control-Allow-Methods", allowed_methods},
                     {"Access-Control-Allow-Headers", "*"}};
    return reply;
}

// Returns the reason to refuse the body, or nothing and the parsed body in `into`.
std::optional<Reply> read_body(const Request& request, const Endpoint& route, Json& into) {
    if (route.body == ExpectedBody::none) {
        return std::nullopt;
    }
    const auto* type = find_header(request.headers, "Content-Type");
    // The control plane does not require this header, because people write such requests by hand.
    if (route.access != Access::open && type != nullptr && !is_json_type(*type)) {
        return problem(415, "Content-Type must be application/json.");
    }
    std::string error;
    auto body = parse_json(request.body, error);
    if (body && route.body == ExpectedBody::object && !body->is_object()) {
        body.reset();
        error = "The body must be a JSON object.";
    }
    if (!body) {
        return validation_error({{"body", {error}}});
    }
    into = std::move(*body);
    return std::nullopt;
}

Reply answer_unmatched(World& world, const Request& request, const std::string& allowed_methods) {
    if (is_v1(request) && request.method == "OPTIONS" && !allowed_methods.empty()) {
        return preflight(allowed_methods);
    }
    if (!allowed_methods.empty()) {
        Reply reply = problem(405, "This path takes " + allowed_methods + ".");
        reply.headers.emplace_back("Allow", allowed_methods);
        return reply;
    }
    // A key without permission learns nothing, not even which paths exist.
    const auto refusal = refuse_account(request, world.options());
    return refusal && refusal->status == 403 ? *refusal : problem(404, "No such path.");
}

}  // namespace

Router::Router() {
    for (const auto& routes : {v1_routes(), v2_routes(), v3_routes(), control_routes()}) {
        for (const auto& route : routes) {
            entries_.push_back({route, split_path(route.path).value_or(std::vector<std::string>{})});
        }
    }
}

Router::Match Router::find(const Request& request) const {
    Match match;
    for (const auto& entry : entries_) {
        auto values = match_path(entry.segments, request.segments);
        if (!values) {
            continue;
        }
        match.allowed_methods.append(match.allowed_methods.empty() ? "" : ", ").append(entry.route.method);
        if (match.route == nullptr && request.method == entry.route.method) {
            match.route = &entry.route;
            match.path_values = std::move(*values);
        }
    }
    return match;
}

Reply Router::answer(World& world, const Request& request, Match match) {
    if (is_v3(request)) {
        return answer_v3(world, request, match.route, std::move(match.path_values), match.allowed_methods);
    }
    Reply reply;
    if (match.route == nullptr) {
        reply = answer_unmatched(world, request, match.allowed_methods);
    } else {
        auto refusal = match.route->access == Access::account ? refuse_account(request, world.options())
                                                              : std::optional<Reply>{};
        Call call{world, request, std::move(match.path_values), {}};
        if (!refusal) {
            refusal = read_body(request, *match.route, call.body);
        }
        reply =
            refusal ? std::move(*refusal) : world.alone([&](World&) { return match.route->answer(call); });
    }
    if (is_v1(request)) {
        reply.headers.emplace_back("Access-Control-Allow-Origin", "*");
    }
    return reply;
}

}  // namespace sent::testing::emulator
