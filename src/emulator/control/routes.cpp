#include "emulator/control/faults.hpp"
#include "emulator/control/inspection.hpp"
#include "emulator/http/router.hpp"
#include "emulator/json_reply.hpp"
#include "emulator/state/account.hpp"
#include "emulator/state/inbound.hpp"
#include "emulator/state/message_events.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v2/validation.hpp"
#include "emulator/v3/lifecycle.hpp"
#include "emulator/voice/calls.hpp"
#include "emulator/webhooks/deliveries.hpp"

namespace sent::testing::emulator {
namespace {

constexpr int most_per_minute = 1000000000;
constexpr long long most_milliseconds = 1000LL * 60 * 60 * 24 * 3660;

Reply health(Call& /*call*/) {
    return json_reply(Json{{"status", "ok"}});
}

Reply state(Call& call) {
    return json_reply(state_view(call.world));
}

Reply list_faults(Call& call) {
    Json faults = Json::array();
    for (const auto& fault : call.world.faults.waiting()) {
        faults.push_back(fault_json(fault));
    }
    return json_reply(Json{{"faults", std::move(faults)}});
}

// Adds one fault or an array of them: all or none.
Reply add_faults(Call& call) {
    FieldErrors errors;
    std::vector<Fault> faults;
    for (const auto& item : call.body.is_array() ? call.body : Json::array({call.body})) {
        faults.push_back(read_fault(item, errors));
    }
    if (!errors.empty()) {
        return validation_error(errors);
    }
    for (auto& fault : faults) {
        call.world.faults.add(std::move(fault));
    }
    return list_faults(call);
}

Reply clear_faults(Call& call) {
    call.world.faults.clear();
    return no_content();
}

Reply reset(Call& call) {
    call.world.reset();
    return no_content();
}

Reply advance_clock(Call& call) {
    const auto& amount = member(call.body, "ms");
    const auto ms = amount.is_number_integer() ? amount.get<long long>() : -1;
    if (ms < 0 || ms > most_milliseconds) {
        return validation_error({{"ms", {"ms must be an integer: how many milliseconds are to pass"}}});
    }
    call.world.advance(std::chrono::milliseconds(ms));
    return no_content();
}

Reply receive(Call& call) {
    BodyReader body(call.body);
    const auto number = body.required_number("from");
    const auto text = body.required_text("text");
    const auto channel = body.optional_text("channel").value_or("sms");
    const auto profile = body.optional_text("profile_id").value_or("");
    if (channel != "sms" && channel != "whatsapp" && channel != "rcs" && channel != "mms") {
        body.fail("channel", "must be sms, whatsapp, rcs or mms");
    }
    if (!profile.empty() && call.world.store.profiles.find(profile) == nullptr) {
        body.fail("profile_id", "must be the id of a profile");
    }
    if (!body.good()) {
        return validation_error(body.errors());
    }
    const auto& message = receive_message(call.world, {number.value(), text.value(), channel, profile});
    return json_reply(Json{{"id", message.id}, {"contact_id", message.contact_id}}, 201);
}

// Adds an event that the life cycle does not produce by itself: READ, FAILED, a reroute. SCHEDULED holds the
// message.
Reply add_event(Call& call) {
    BodyReader body(call.body);
    const auto status = body.required_text("status");
    const auto description = body.optional_text("description");
    const auto reason_code = body.optional_text("reason_code").value_or("");
    if (!body.good()) {
        return validation_error(body.errors());
    }
    auto* message = call.world.store.messages.find(to_lower(call.path_values.at(0)));
    if (message == nullptr) {
        return problem(404, "Message not found.");
    }
    if (to_lower(*status) == "scheduled") {
        hold_for_quiet_hours(call.world, *message);
        return no_content();
    }
    reach(call.world, message->id, {to_lower(*status), call.world.now(), description, reason_code});
    return no_content();
}

Reply redeliver(Call& call) {
    return redeliver_event(call.world, to_lower(call.path_values.at(0)))
               ? no_content()
               : problem(404, "No such webhook event, or its webhook is not on this machine.");
}

// Starts a call. With "answer" it does not ask the callback URL but does what the answer says.
Reply start_call(Call& call) {
    BodyReader body(call.body);
    const auto number = body.required_number("number");
    const auto direction = body.optional_text("direction").value_or("inbound");
    const auto from =
        body.optional_text("from").value_or(direction == "inbound" ? "+12025550123" : "agent-7");
    const auto to = body.optional_text("to").value_or("+12025550123");
    const auto profile = body.optional_text("profile_id").value_or("");
    if (direction != "inbound" && direction != "outbound") {
        body.fail("direction", "must be inbound or outbound");
    }
    const auto& answer = member(call.body, "answer");
    if (!answer.is_null() && !answer.is_object()) {
        body.fail("answer", "must be an object, as the callback URL would answer");
    }
    if (!body.good()) {
        return validation_error(body.errors());
    }
    const auto side = [](const std::string& text) {
        return CallSide{parse_phone_number(text) ? "number" : "user", text};
    };
    PhoneCall started;
    started.profile = profile;
    started.number = number->e164;
    started.direction = direction;
    started.from = side(from);
    started.to = side(direction == "inbound" ? number->e164 : to);
    auto& added = add_call(call.world, std::move(started));
    if (answer.is_null()) {
        ask_callback(call.world, added.id);
    } else {
        follow_answer(call.world, added, read_answer(answer, added.number));
    }
    return json_reply(Json{{"id", added.id}}, 201);
}

// Ends a call as the other side would.
Reply finish_call(Call& call) {
    BodyReader body(call.body);
    const auto status = body.optional_text("status").value_or("completed");
    if (status != "completed" && status != "no_answer" && status != "failed") {
        body.fail("status", "must be completed, no_answer or failed");
    }
    if (!body.good()) {
        return validation_error(body.errors());
    }
    auto* found = call.world.store.calls.find(call.path_values.at(0));
    if (found == nullptr || !found->is_live()) {
        return problem(404, "No such live call.");
    }
    end_call(call.world, *found, status, status == "completed" ? "" : "no_answer");
    return no_content();
}

Reply rate_limits_reply(const World& world) {
    const auto& limits = world.rate_limits.limits();
    return json_reply(
        Json{{"standard", limits.standard}, {"sensitive", limits.sensitive}, {"messages", limits.messages}});
}

Reply list_rate_limits(Call& call) {
    return rate_limits_reply(call.world);
}

// Members that are not in the body keep their values.
Reply set_rate_limits(Call& call) {
    auto limits = call.world.rate_limits.limits();
    FieldErrors errors;
    for (const auto& [name, value] : call.body.items()) {
        int* limit = name == "standard"    ? &limits.standard
                     : name == "sensitive" ? &limits.sensitive
                     : name == "messages"  ? &limits.messages
                                           : nullptr;
        const auto number = value.is_number_integer() ? value.get<long long>() : -1;
        if (limit == nullptr || number < 0 || number > most_per_minute) {
            errors[name].push_back(name + " must be standard, sensitive or messages: how many per minute, " +
                                   "or 0");
        } else {
            *limit = static_cast<int>(number);
        }
    }
    if (!errors.empty()) {
        return validation_error(errors);
    }
    call.world.rate_limits.set(limits);
    return rate_limits_reply(call.world);
}

Reply show_account(Call& call) {
    return json_reply(account_state_view(call.world.account));
}

// Members that are not in the body keep their values.
Reply set_account(Call& call) {
    FieldErrors errors;
    auto account = read_account(call.body, call.world.account, errors);
    if (!errors.empty()) {
        return validation_error(errors);
    }
    call.world.account = std::move(account);
    return show_account(call);
}

}  // namespace

Endpoints control_routes() {
    return {
        {"GET", "/_emulator/health", Access::open, ExpectedBody::none, health},
        {"GET", "/_emulator/state", Access::open, ExpectedBody::none, state},
        {"GET", "/_emulator/faults", Access::open, ExpectedBody::none, list_faults},
        {"POST", "/_emulator/faults", Access::open, ExpectedBody::any_json, add_faults},
        {"DELETE", "/_emulator/faults", Access::open, ExpectedBody::none, clear_faults},
        {"POST", "/_emulator/inbound", Access::open, ExpectedBody::object, receive},
        {"POST", "/_emulator/messages/{id}/events", Access::open, ExpectedBody::object, add_event},
        {"POST", "/_emulator/calls", Access::open, ExpectedBody::object, start_call},
        {"POST", "/_emulator/calls/{id}/end", Access::open, ExpectedBody::object, finish_call},
        {"POST", "/_emulator/webhook-events/{id}/redeliver", Access::open, ExpectedBody::none, redeliver},
        {"GET", "/_emulator/rate-limits", Access::open, ExpectedBody::none, list_rate_limits},
        {"POST", "/_emulator/rate-limits", Access::open, ExpectedBody::object, set_rate_limits},
        {"GET", "/_emulator/account", Access::open, ExpectedBody::none, show_account},
        {"POST", "/_emulator/account", Access::open, ExpectedBody::object, set_account},
        {"POST", "/_emulator/reset", Access::open, ExpectedBody::none, reset},
        {"POST", "/_emulator/clock/advance", Access::open, ExpectedBody::object, advance_clock},
    };
}

}  // namespace sent::testing::emulator
