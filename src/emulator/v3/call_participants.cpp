#include <algorithm>
#include <utility>

#include "emulator/json_reply.hpp"
#include "emulator/state/ids.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/calls.hpp"
#include "emulator/v3/fields.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/routes.hpp"
#include "emulator/v3/rows.hpp"
#include "emulator/voice/calls.hpp"

namespace sent::testing::emulator {
namespace {

Json participant_view(const PhoneCall& call, Time now) {
    const auto& side = call.participant();
    return Json{{"id", call.id},
                {"kind", side.kind},
                {"value", text_or_null(side.value)},
                {"muted", call.muted},
                {"duration_seconds", call_seconds(call, now)}};
}

// Returns the call if it is live and in a conference.
PhoneCall& conferring_call(Call& call) {
    auto& row = existing_call(call);
    if (!row.is_live() || row.conference.empty()) {
        throw Refusal("BUSINESS_006",
                      row.is_live() ? "The call is not in a conference" : "The call has ended");
    }
    return row;
}

// Returns the participant whose id is in the path.
PhoneCall& participant_in_path(Call& call) {
    const auto all = participants_of(call.world, conferring_call(call).conference);
    const auto found = std::find_if(
        all.begin(), all.end(), [&call](const PhoneCall* one) { return one->id == call.path_values.at(1); });
    return row_or_refuse(found == all.end() ? nullptr : *found, "RESOURCE_013");
}

Reply list_participants(Call& call) {
    Json views = Json::array();
    for (const auto* row : participants_of(call.world, conferring_call(call).conference)) {
        views.push_back(participant_view(*row, call.world.now()));
    }
    return success(call, std::move(views));
}

CallSide read_side(Fields& fields) {
    CallSide side;
    if (auto to = fields.required_object("to")) {
        if (to->required_text("kind")) {
            side.kind = to->one_of("kind", {"user", "number"}).value_or("");
        }
        side.value = to->required_text("value").value_or("");
        if (side.kind == "number") {
            to->number("value");
        }
    }
    return side;
}

PhoneCall dialled_call(const Call& call, const std::string& number, CallSide to) {
    PhoneCall dialled;
    dialled.profile = call.profile;
    dialled.number = number;
    dialled.direction = "outbound";
    dialled.from = {"number", number};
    dialled.to = std::move(to);
    return dialled;
}

Reply add_participant(Call& call) {
    Problems problems;
    Fields fields(call.body, problems);
    auto to = read_side(fields);
    fields.number("caller_id");
    problems.refuse_if_any();
    constexpr int accepted = 202;
    if (call.sandbox) {
        auto made_up = dialled_call(call, "+12025550141", std::move(to));
        made_up.id = "call_" + make_guid();
        made_up.steps = {{"initiated", call.world.now()}};
        return success(call, call_view(made_up), accepted);
    }
    const auto& host = conferring_call(call);
    const auto conference = host.conference;
    auto& added = add_call(call.world, dialled_call(call, host.number, std::move(to)));
    CallbackResult answered;
    answered.answer = Json{{"action", Json{{"action", "connectToConference"}}}};
    follow_answer(call.world, added, answered);
    added.conference = conference;
    return success(call, call_view(added), accepted);
}

Reply update_participant(Call& call) {
    Problems problems;
    const auto muted = Fields(call.body, problems).required_flag("muted");
    problems.refuse_if_any();
    if (!call.sandbox) {
        participant_in_path(call).muted = *muted;
    }
    return no_content();
}

Reply remove_participant(Call& call) {
    if (!call.sandbox) {
        end_call(call.world, participant_in_path(call), "completed");
    }
    return no_content();
}

Reply remove_all(Call& call) {
    if (!call.sandbox) {
        for (auto* row : participants_of(call.world, conferring_call(call).conference)) {
            end_call(call.world, *row, "completed");
        }
    }
    return no_content();
}

}  // namespace

Endpoints v3_call_participants_routes() {
    constexpr auto access = Access::v3;
    constexpr auto object = ExpectedBody::object;
    constexpr auto all = "/v3/calls/{id}/participants";
    constexpr auto one = "/v3/calls/{id}/participants/{participantId}";
    return {
        {"GET", all, access, ExpectedBody::none, list_participants, v3_read},
        {"POST", all, access, object, add_participant, v3_write},
        {"PATCH", one, access, object, update_participant, v3_write},
        {"DELETE", one, access, object, remove_participant, v3_removal},
        {"DELETE", all, access, object, remove_all, v3_removal},
    };
}

}  // namespace sent::testing::emulator
