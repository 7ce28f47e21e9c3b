#include "emulator/voice/calls.hpp"

#include <utility>

#include "emulator/state/ids.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/events.hpp"
#include "emulator/v3/views.hpp"
#include "emulator/webhooks/deliveries.hpp"

namespace sent::testing::emulator {
namespace {

constexpr std::size_t calls_kept = 10000;

void publish(World& world, const PhoneCall& call, const std::string& sub_type) {
    Json payload{{"call_id", call.id},
                 {"account_id", customer_id(world, call.profile)},
                 {"channel", "voice"},
                 {"number", call.number},
                 {"updated_at", short_timestamp(world.now())}};
    if (sub_type == "completed") {
        payload["duration_seconds"] = call_seconds(call, world.now());
    } else if (sub_type == "failed") {
        payload["reason"] = call.failure_reason;
    } else if (sub_type == "recording_ready") {
        payload["recording_id"] = call.recordings.back().id;
    }
    publish_event(world, call.profile, {"call", sub_type, world.now(), std::move(payload)});
}

void answer_call(World& world, PhoneCall& call) {
    call.steps.push_back({"ringing", world.now()});
    call.steps.push_back({"answered", world.now()});
    if (call.has_phone_leg()) {
        call.answered_at = world.now();
    }
    publish(world, call, "answered");
}

// Whether the service asks once more.
bool is_unanswered(const CallbackResult& result) {
    constexpr int first_server_error = 500;
    return result.outcome == "timeout" || result.outcome == "connection_failed" ||
           (result.outcome == "http_error" && result.status >= first_server_error);
}

const char* failure_of(const CallbackResult& result) {
    return is_unanswered(result)            ? "callback_timeout"
           : result.outcome == "http_error" ? "rejected"
                                            : "invalid_answer";
}

void ask(World& world, const std::string& call_id, Question kind);

void take_reply(World& world, const std::string& call_id, Question kind, const WebhookAnswer& reply) {
    auto* call = world.store.calls.find(call_id);
    if (call == nullptr || !call->is_live()) {
        return;
    }
    const auto result = read_callback(reply, call->number);
    if (kind == Question::first && is_unanswered(result)) {
        ask(world, call_id, Question::repeated);
    } else {
        follow_answer(world, *call, result);
    }
}

// Returns the question if the call still waits for its answer.
std::optional<OutgoingPost> question_for(World& world, const std::string& call_id, Question kind) {
    const auto* call = world.store.calls.find(call_id);
    const auto* number = call == nullptr ? nullptr : find_voice_number(world, call->number, call->profile);
    if (number == nullptr || !call->is_live()) {
        return std::nullopt;
    }
    return make_question(world, *number, *call, kind);
}

void ask(World& world, const std::string& call_id, Question kind) {
    const bool is_asked = world.webhook_poster.add(
        {call_id,
         [&world, call_id, kind] {
             return world.alone([&](World& all) { return question_for(all, call_id, kind); });
         },
         [&world, call_id, kind](const WebhookAnswer& reply) {
             world.alone([&](World& all) { take_reply(all, call_id, kind, reply); });
         }});
    if (!is_asked) {
        end_call(world, *world.store.calls.find(call_id), "failed", "callback_timeout");
    }
}

}  // namespace

long long call_seconds(const PhoneCall& call, Time now) {
    const auto end = call.ended_at.value_or(now);
    const auto start = call.answered_at.value_or(end);
    return std::chrono::duration_cast<std::chrono::seconds>(end - start).count();
}

VoiceNumber* find_voice_number(World& world, const std::string& number, const std::string& profile) {
    return world.store.voice_numbers.find(voice_number_id(number, profile));
}

PhoneCall& add_call(World& world, PhoneCall call) {
    auto& calls = world.store.calls;
    while (calls.size() >= calls_kept) {
        calls.erase_oldest();
    }
    call.id = "call_" + make_guid();
    call.steps = {{"initiated", world.now()}};
    auto& added = calls.add(std::move(call));
    publish(world, added, "initiated");
    return added;
}

void ask_callback(World& world, const std::string& call_id) {
    auto& call = *world.store.calls.find(call_id);
    const auto* number = find_voice_number(world, call.number, call.profile);
    if (number == nullptr || number->callback_url.empty()) {
        end_call(world, call, "failed", "callback_not_configured");
    } else if (!delivery_obstacle(number->callback_url).empty()) {
        end_call(world, call, "failed", "callback_timeout");
    } else {
        ask(world, call_id, Question::first);
    }
}

void follow_answer(World& world, PhoneCall& call, const CallbackResult& result) {
    if (!result.ok()) {
        end_call(world, call, "failed", failure_of(result));
        return;
    }
    const auto& action = member(result.answer, "action");
    const auto& name = member(action, "action").text();
    if (name == "reject") {
        end_call(world, call, "failed", "rejected");
        return;
    }
    call.is_recorded = member(action, "record") == true;
    if (name == "connectToConference") {
        call.conference = call.id;
    }
    answer_call(world, call);
}

void end_call(World& world, PhoneCall& call, const std::string& status, const std::string& reason) {
    stop_recording(world, call);
    call.failure_reason = reason;
    call.ended_at = world.now();
    call.conference.clear();
    call.steps.push_back({status, world.now()});
    publish(world, call, status == "completed" ? "completed" : "failed");
}

void stop_recording(World& world, PhoneCall& call) {
    if (call.is_recorded) {
        call.is_recorded = false;
        call.recordings.push_back({make_guid(), world.now()});
        publish(world, call, "recording_ready");
    }
}

std::vector<PhoneCall*> participants_of(World& world, const std::string& conference) {
    std::vector<PhoneCall*> found;
    for (const auto& row : world.store.calls) {
        if (!conference.empty() && row.conference == conference && row.is_live()) {
            found.push_back(world.store.calls.find(row.id));
        }
    }
    return found;
}

}  // namespace sent::testing::emulator
