#include <string>
#include <utility>

#include "emulator/state/ids.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/routes.hpp"
#include "emulator/v3/rows.hpp"
#include "emulator/voice/calls.hpp"

namespace sent::testing::emulator {
namespace {

Json test_view(const CallbackResult& result, const std::string& call_id) {
    const Json error{
        {"reason", result.reason}, {"message", result.message}, {"path", text_or_null(result.path)}};
    return Json{{"outcome", result.outcome}, {"call_id", call_id},
                {"answer", result.answer},   {"error", result.ok() ? Json() : error},
                {"request", nullptr},        {"response", nullptr}};
}

Json sent_view(const OutgoingPost& post) {
    Json headers = Json::object();
    for (const auto& [name, value] : post.headers) {
        headers[name] = value;
    }
    return Json{{"url", post.url}, {"headers", std::move(headers)}, {"body", post.body}};
}

PhoneCall test_call(const Call& call, const std::string& number) {
    PhoneCall made_up;
    made_up.id = "call_" + make_guid();
    made_up.number = number;
    made_up.direction = "outbound";
    made_up.from = {"user", "test-user"};
    made_up.to = {"number", "+12025550123"};
    made_up.steps = {{"initiated", call.world.now()}};
    return made_up;
}

Reply test_callback(Call& call) {
    constexpr int simulated = 202;
    constexpr std::size_t body_shown = 2048;
    const auto question = test_call(call, call.path_values.at(0));
    if (call.sandbox) {
        return success(call, test_view({}, question.id), simulated);
    }
    const auto& row =
        row_or_refuse(find_voice_number(call.world, call.path_values.at(0), call.profile), "RESOURCE_012");
    if (row.callback_url.empty()) {
        throw Refusal("VALIDATION_001", "The number has no callback URL");
    }
    const auto post = make_question(call.world, row, question, Question::test);
    call.wait = [&world = call.world, post, question] {
        const auto reply = post_and_wait(world, post);
        return [reply, post, question](Call& again) {
            auto view = test_view(read_callback(reply, question.number), question.id);
            view["request"] = sent_view(post);
            if (reply.status != 0) {
                view["response"] =
                    Json{{"status_code", reply.status}, {"body", reply.body.substr(0, body_shown)}};
            }
            return success(again, std::move(view));
        };
    };
    return {};
}

}  // namespace

Endpoints v3_voice_test_routes() {
    return {{"POST", "/v3/channels/voice/{number}/test", Access::v3, ExpectedBody::optional_object,
             test_callback, v3_write}};
}

}  // namespace sent::testing::emulator
