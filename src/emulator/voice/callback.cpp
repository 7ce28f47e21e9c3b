#include "emulator/voice/callback.hpp"

#include <algorithm>
#include <future>
#include <memory>
#include <utility>

#include <sent/webhooks/signer.hpp>

#include "emulator/state/phone_number.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/webhooks/deliveries.hpp"

namespace sent::testing::emulator {
namespace {

// Two and a half seconds, in the seconds of webhooks.
std::chrono::milliseconds patience(const World& world) {
    constexpr std::chrono::milliseconds longest{std::chrono::hours(24)};
    return std::min<std::chrono::milliseconds>(world.options().webhook_second * 5 / 2, longest);
}

Json side_view(const CallSide& side) {
    Json view{{"kind", side.kind}};
    if (side.kind == "user") {
        view["identity"] = side.value;
    } else if (side.kind == "number") {
        view["number"] = side.value;
    }
    return view;
}

CallbackResult invalid(std::string reason, std::string message, std::string path) {
    CallbackResult result;
    result.outcome = "invalid_answer";
    result.reason = std::move(reason);
    result.message = std::move(message);
    result.path = std::move(path);
    return result;
}

// Returns what is wrong with a member that must be a number in E.164. `ok()` if nothing is.
CallbackResult check_number(const Json& action, const char* name) {
    const auto& value = member(action, name);
    if (value.is_string() && parse_phone_number(value.text())) {
        return {};
    }
    return invalid("invalid_number", std::string(name) + " must be in E.164", std::string("action.") + name);
}

CallbackResult check_action(const Json& action, const std::string& name) {
    if (name == "connectToUser" && is_blank(member(action, "identity"))) {
        return invalid("missing_member", "identity is required", "action.identity");
    }
    if (name == "connectToNumber") {
        auto result = check_number(action, "number");
        return result.ok() && action.contains("callerId") ? check_number(action, "callerId") : result;
    }
    if (name == "reject") {
        const auto& reason = member(action, "reason");
        if (reason != "declined" && reason != "busy") {
            return invalid("invalid_reason", "reason must be declined or busy", "action.reason");
        }
    }
    return {};
}

bool is_known(const std::string& action) {
    constexpr std::string_view known[]{"connectToUser", "connectToNumber", "connectToConference", "playMenu",
                                       "reject"};
    return std::find(std::begin(known), std::end(known), action) != std::end(known);
}

}  // namespace

OutgoingPost make_question(const World& world, const VoiceNumber& number, const PhoneCall& call,
                           Question kind) {
    Json question{{"type", "call.request"},
                  {"version", "1"},
                  {"callId", call.id},
                  {"number", number.number},
                  {"timestamp", short_timestamp(call.steps.front().time)},
                  {"direction", call.direction},
                  {"from", side_view(call.from)},
                  {"to", side_view(call.to)}};
    if (kind == Question::test) {
        question["test"] = true;
    }
    OutgoingPost post;
    post.url = number.callback_url;
    post.body = to_text(question);
    post.timeout = patience(world);
    const webhooks::Signer signer{{number.secret, number.callback_id}};
    const auto headers = signer.sign(post.body).value();
    for (const auto [name, value] : headers) {
        post.headers.emplace_back(name, value);
    }
    post.headers.emplace_back("x-request-id", make_request_id());
    if (kind == Question::repeated) {
        post.headers.emplace_back("x-sent-retry", "1");
    }
    return post;
}

CallbackResult read_answer(const Json& answer, const std::string& number) {
    const auto& action = member(answer, "action");
    const auto& name = member(action, "action");
    if (!name.is_string()) {
        return invalid("missing_action", "The answer has no action", "action");
    }
    if (!is_known(name.text())) {
        return invalid("unknown_action", "The action is not known", "action.action");
    }
    auto result = check_action(action, name.text());
    if (result.ok()) {
        result.answer = answer;
        if (name.text() == "connectToNumber" && !action.contains("callerId")) {
            result.answer["action"]["callerId"] = number;
        }
    }
    return result;
}

CallbackResult read_callback(const WebhookAnswer& reply, const std::string& number) {
    CallbackResult result;
    std::string error;
    if (reply.status == 0) {
        result.outcome = reply.late ? "timeout" : "connection_failed";
        result.reason = result.outcome;
        result.message = reply.error;
    } else if (!reply.good()) {
        result.outcome = result.reason = "http_error";
        result.message = "The callback URL answered with " + std::to_string(reply.status);
    } else if (const auto answer = parse_json(reply.body, error)) {
        result = read_answer(*answer, number);
    } else {
        result = invalid("malformed_json", "The answer is not JSON: " + error, {});
    }
    result.status = reply.status;
    return result;
}

WebhookAnswer post_and_wait(World& world, const OutgoingPost& question) {
    if (auto obstacle = delivery_obstacle(question.url); !obstacle.empty()) {
        return {0, {}, std::move(obstacle)};
    }
    auto reply = std::make_shared<std::promise<WebhookAnswer>>();
    auto arrived = reply->get_future();
    // Its own lane, so that it waits for no other post. Only the job owns the promise: if the job is dropped,
    // the wait ends.
    if (!world.webhook_poster.add(
            {make_request_id(), [question] { return std::optional(question); },
             [reply = std::move(reply)](const WebhookAnswer& answer) { reply->set_value(answer); }})) {
        return {0, {}, "The emulator has no thread left."};
    }
    try {
        return arrived.get();
    } catch (const std::future_error&) {
        return {0, {}, "The emulator was stopped or reset."};
    }
}

}  // namespace sent::testing::emulator
