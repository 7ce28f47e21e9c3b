#include "emulator/v3/calls.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include <sent/timestamp.hpp>

#include "emulator/json_reply.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/fields.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/routes.hpp"
#include "emulator/v3/rows.hpp"
#include "emulator/voice/calls.hpp"

namespace sent::testing::emulator {
namespace {

constexpr long long most_calls_on_a_page = 100;
constexpr std::chrono::minutes link_life{10};
constexpr double price_of_a_second = 0.000115;

Json party_view(const CallSide& side) {
    return Json{{"kind", side.kind}, {"value", text_or_null(side.value)}};
}

Json detailed_view(const PhoneCall& call) {
    auto view = call_view(call);
    Json timeline = Json::array();
    for (const auto& step : call.steps) {
        timeline.push_back(Json{{"status", step.status}, {"timestamp", precise_timestamp(step.time)}});
    }
    view["timeline"] = std::move(timeline);
    return view;
}

// What a query selects.
struct CallFilter {
    std::optional<std::string> direction{};
    std::optional<std::string> status{};
    std::optional<PhoneNumber> number{};
    std::optional<Timestamp> from{};
    std::optional<Timestamp> to{};

    bool matches(const PhoneCall& call) const {
        const auto start = call.steps.front().time;
        return (!direction || call.direction == *direction) &&
               (!status || call.steps.back().status == *status) && (!number || call.number == number->e164) &&
               (!from || start >= *from) && (!to || start <= *to);
    }
};

std::optional<Timestamp> read_time(const QueryFields& query, Problems& problems, const char* name) {
    const auto text = query.text(name);
    const auto time = text ? parse_timestamp(*text) : std::nullopt;
    if (text && !time) {
        problems.add(name, "VALIDATION_001", "must be a time in ISO 8601");
    }
    return time;
}

CallFilter read_filter(const Call& call) {
    Problems problems;
    const QueryFields query(call.request, problems);
    query.integer("page_size", 1, most_calls_on_a_page);
    CallFilter filter;
    filter.direction = query.one_of("direction", {"inbound", "outbound"});
    filter.status = query.text("status");
    filter.number = query.number("number");
    filter.from = read_time(query, problems, "from");
    filter.to = read_time(query, problems, "to");
    problems.refuse_if_any();
    return filter;
}

Reply list_calls(Call& call) {
    const auto page = read_v3_page(call);
    const auto filter = read_filter(call);
    std::vector<const PhoneCall*> rows;
    for (const auto& row : call.world.store.calls) {
        if (row.profile == call.profile && filter.matches(row)) {
            rows.push_back(&row);
        }
    }
    std::reverse(rows.begin(), rows.end());
    return success(call, v3_page_view("calls", rows, page, call_view));
}

Reply get_call(Call& call) {
    return success(call, detailed_view(existing_call(call)));
}

// Returns a live call that is connected to a phone.
PhoneCall& controllable_call(Call& call) {
    auto& row = existing_call(call);
    if (!row.is_live() || !row.has_phone_leg()) {
        throw Refusal("BUSINESS_006", row.is_live() ? "The call has no phone leg" : "The call has ended");
    }
    return row;
}

Reply hang_up(Call& call) {
    if (!call.sandbox) {
        end_call(call.world, controllable_call(call), "completed");
    }
    return no_content();
}

Reply list_recordings(Call& call) {
    const auto& row = existing_call(call);
    Json recordings = Json::array();
    for (const auto& recording : row.recordings) {
        recordings.push_back(
            Json{{"recording_id", recording.id},
                 {"download_url", "https://recordings.example.com/" + recording.id + ".mp3?token=example"},
                 {"url_expires_at", precise_timestamp(call.world.now() + link_life)}});
    }
    return success(call, Json{{"recordings", std::move(recordings)}});
}

Reply record(Call& call) {
    Problems problems;
    Fields fields(call.body, problems);
    const auto action = fields.required_text("action");
    if (action) {
        fields.one_of("action", {"start", "stop"});
    }
    problems.refuse_if_any();
    if (!call.sandbox) {
        auto& row = controllable_call(call);
        if (*action == "start") {
            row.is_recorded = true;
        } else {
            stop_recording(call.world, row);
        }
    }
    return no_content();
}

}  // namespace

Json call_view(const PhoneCall& call) {
    const bool is_priced = call.ended_at && call.answered_at;
    const auto seconds = call_seconds(call, call.ended_at.value_or(Time{}));
    return Json{{"id", call.id},
                {"number", call.number},
                {"direction", call.direction},
                {"status", call.steps.back().status},
                {"failure_reason", text_or_null(call.failure_reason)},
                {"from", party_view(call.from)},
                {"to", party_view(call.to)},
                {"started_at", precise_timestamp(call.steps.front().time)},
                {"answered_at", time_or_null(call.answered_at)},
                {"ended_at", time_or_null(call.ended_at)},
                {"duration_seconds", call.ended_at ? Json(seconds) : Json()},
                {"price", is_priced ? Json(static_cast<double>(seconds) * price_of_a_second) : Json()},
                {"recording_available", !call.recordings.empty()}};
}

PhoneCall& existing_call(Call& call, std::size_t index) {
    auto* found = call.world.store.calls.find(call.path_values.at(index));
    return row_or_refuse(found != nullptr && found->profile == call.profile ? found : nullptr,
                         "RESOURCE_013");
}

Endpoints v3_calls_routes() {
    constexpr auto access = Access::v3;
    constexpr auto none = ExpectedBody::none;
    return {
        {"GET", "/v3/calls", access, none, list_calls, v3_read},
        {"GET", "/v3/calls/{id}", access, none, get_call, v3_read},
        {"POST", "/v3/calls/{id}/hangup", access, ExpectedBody::optional_object, hang_up, v3_write},
        {"GET", "/v3/calls/{id}/recordings", access, none, list_recordings, v3_read},
        {"POST", "/v3/calls/{id}/recordings", access, ExpectedBody::object, record, v3_write},
    };
}

}  // namespace sent::testing::emulator
