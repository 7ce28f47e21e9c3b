#include "emulator/v3/pipeline.hpp"

#include <chrono>
#include <utility>

#include "emulator/http/multipart.hpp"
#include "emulator/json_reply.hpp"
#include "emulator/state/account.hpp"
#include "emulator/state/idempotency.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/access.hpp"
#include "emulator/v3/errors.hpp"
#include "emulator/v3/reply.hpp"

namespace sent::testing::emulator {
namespace {

bool is_form(const Request& request, const Endpoint& route) {
    const auto* type = find_header(request.headers, "Content-Type");
    return route.read_form != nullptr && type != nullptr && is_form_type(*type);
}

RequestBody read_form(const Request& request, const Endpoint& route) {
    std::string error;
    const auto parts = parse_form(*find_header(request.headers, "Content-Type"), request.body, error);
    if (!parts) {
        throw Refusal("VALIDATION_001", {}, {{"body", {error}}});
    }
    return route.read_form(*parts);
}

void check_content_type(const Request& request) {
    const auto* type = find_header(request.headers, "Content-Type");
    if (type != nullptr && !is_json_type(*type)) {
        throw Refusal("VALIDATION_001", "Content-Type must be application/json").with_status(415);
    }
    // Observed at the service: a DELETE that announces JSON but has no body.
    if (type != nullptr && request.body.empty() && request.method == "DELETE") {
        throw Refusal("INTERNAL_001");
    }
}

Json read_body(const Request& request, ExpectedBody rule) {
    check_content_type(request);
    if (rule == ExpectedBody::none) {
        return {};
    }
    if (rule == ExpectedBody::optional_object && request.body.empty()) {
        return Json::object();
    }
    std::string error;
    auto body = parse_json(request.body, error);
    if (!body) {
        throw Refusal("VALIDATION_001", {}, {{"body", {error}}});
    }
    if (!body->is_object()) {
        throw Refusal("VALIDATION_001", {}, {{"body", {"The body must be a JSON object."}}});
    }
    return *std::move(body);
}

// Returns the key of a request whose route supports keys.
std::string read_idempotency_key(const Request& request, const Endpoint& route) {
    const auto* key = route.v3.keyed ? find_header(request.headers, "Idempotency-Key") : nullptr;
    if (key == nullptr) {
        return {};
    }
    if (!is_idempotency_key(*key)) {
        throw Refusal("VALIDATION_007", {},
                      {{"Idempotency-Key", {"must be 1 to 255 letters, digits, underscores and hyphens"}}});
    }
    return *key;
}

bool read_sandbox(const Json& body, const Endpoint& route) {
    if (!route.v3.sandbox) {
        return false;
    }
    const auto& flag = member(body, "sandbox");
    if (!flag.is_null() && !flag.is_boolean()) {
        throw Refusal("VALIDATION_001", {}, {{"sandbox", {"must be true or false"}}});
    }
    return flag == true;
}

void add_headers(HeaderList& into, const HeaderList& more) {
    into.insert(into.end(), more.begin(), more.end());
}

Refusal no_such_route(const std::string& allowed_methods) {
    if (allowed_methods.empty()) {
        return Refusal("RESOURCE_013", "No such path");
    }
    return Refusal("VALIDATION_001", "This path takes " + allowed_methods)
        .with_status(405)
        .with_header("Allow", allowed_methods);
}

// Processes one request. Runs inside World::alone().
class V3Call {
  public:
    V3Call(World& world, const Request& request) : call_{world, request} {
        call_.request_id = make_request_id();
    }

    Reply answer(const Endpoint& route, std::vector<std::string> path_values) {
        const auto caller = identify_caller(call_.world, call_.request);
        call_.account = caller.account;
        call_.profile = caller.profile;
        if (caller.scoped) {
            extra_.emplace_back("X-Profile-Id", caller.profile);
        }
        take_turn(route, caller.account);
        if (!route.v3.always) {
            refuse_unless_active(call_.world.account);
        }
        call_.idempotency_key = read_idempotency_key(call_.request, route);
        const auto scope = idempotency_scope(call_.request, &route);
        auto& cache = call_.world.idempotency;
        if (const auto kept = cache.find(scope, call_.world.now())) {
            extra_.emplace_back("Idempotent-Replayed", "true");
            extra_.emplace_back("X-Original-Request-Id", kept->request_id);
            return kept->reply;
        }
        call_.path_values = std::move(path_values);
        auto body = is_form(call_.request, route) ? read_form(call_.request, route)
                                                  : RequestBody{read_body(call_.request, route.body)};
        call_.body = std::move(body.json);
        call_.documents = std::move(body.documents);
        call_.sandbox = read_sandbox(call_.body, route);
        Reply reply = route.answer(call_);
        return call_.wait ? reply : finish(std::move(reply), scope);
    }

    /// Whether the route has to wait before it answers.
    bool has_to_wait() const { return call_.wait != nullptr; }
    /// Runs without the lock.
    void wait() {
        after_wait_ = call_.wait();
        call_.wait = nullptr;
    }
    Reply answer_after_wait(const Endpoint& route) {
        return finish(after_wait_(call_), idempotency_scope(call_.request, &route));
    }

    Reply refuse(const Refusal& refusal) const {
        return failure(refusal, call_.request_id, call_.world.now());
    }

    void complete(Reply& reply) const {
        using std::chrono::duration_cast;
        const auto spent = std::chrono::steady_clock::now() - started_;
        add_headers(reply.headers, extra_);
        add_headers(reply.headers, v3_headers(call_.request_id));
        reply.headers.emplace_back(
            "X-Response-Time",
            std::to_string(duration_cast<std::chrono::milliseconds>(spent).count()) + "ms");
    }

  private:
    Reply finish(Reply reply, const std::string& scope) {
        if (call_.sandbox) {
            reply.headers.emplace_back("X-Sandbox", "true");
        }
        // Only successes get here, because refusals are thrown.
        if (!scope.empty()) {
            call_.world.idempotency.keep(scope, {reply, call_.request_id, call_.world.now()});
        }
        return reply;
    }

    void take_turn(const Endpoint& route, const std::string& account) {
        auto& world = call_.world;
        const auto thing = route.v3.rate == LimitedRate::sensitive ? LimitedThing::sensitive_request
                                                                   : LimitedThing::standard_request;
        const auto quota = world.rate_limits.take(thing, account, world.now());
        refuse_if_exceeded(quota, world.now());
        add_headers(extra_, rate_limit_headers(quota));
    }

    const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    Call call_;
    HeaderList extra_;
    std::function<Reply(Call&)> after_wait_;
};

// Runs inside World::alone(). Refusals and failures of `answer` become replies.
template <typename Answer>
Reply reply_of(V3Call& v3_call, Answer answer) {
    Reply reply;
    try {
        reply = answer();
    } catch (const Refusal& refusal) {
        reply = v3_call.refuse(refusal);
    } catch (const std::exception& error) {
        reply = v3_call.refuse(Refusal("INTERNAL_001", std::string("The emulator failed: ") + error.what()));
    }
    if (!v3_call.has_to_wait()) {
        v3_call.complete(reply);
    }
    return reply;
}

// Returns the refusal of a request without a route.
Refusal unmatched(const World& world, const Request& request, const std::string& allowed_methods) {
    const auto* key = find_header(request.headers, "x-api-key");
    // A key without permission learns nothing, not even which paths exist.
    const bool forbidden =
        allowed_methods.empty() && key != nullptr && *key == world.options().forbidden_api_key;
    return forbidden ? Refusal("AUTH_004") : no_such_route(allowed_methods);
}

}  // namespace

bool is_v3(const Request& request) {
    return !request.segments.empty() && request.segments.front() == "v3";
}

Reply answer_v3(World& world, const Request& request, const Endpoint* route,
                std::vector<std::string> path_values, const std::string& allowed_methods) {
    V3Call v3_call(world, request);
    Reply reply = world.alone([&](World& all) {
        return reply_of(v3_call, [&] {
            if (route == nullptr) {
                throw unmatched(all, request, allowed_methods);
            }
            return v3_call.answer(*route, std::move(path_values));
        });
    });
    if (v3_call.has_to_wait()) {
        v3_call.wait();
        reply = world.alone(
            [&](World&) { return reply_of(v3_call, [&] { return v3_call.answer_after_wait(*route); }); });
    }
    return reply;
}

Reply refuse_v3(World& world, std::string_view code) {
    return world.alone([&](World& all) {
        const Request none;
        const V3Call v3_call(all, none);
        Reply reply = v3_call.refuse(Refusal(code));
        v3_call.complete(reply);
        return reply;
    });
}

}  // namespace sent::testing::emulator
