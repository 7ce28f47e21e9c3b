#include "emulator/v3/channels.hpp"

#include <string>
#include <utility>

#include "emulator/state/ids.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/fields.hpp"
#include "emulator/v3/markets.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/routes.hpp"
#include "emulator/v3/views.hpp"
#include "emulator/v3/voice_numbers.hpp"

namespace sent::testing::emulator {
namespace {

Reply get_channels(Call& call) {
    const auto& store = call.world.store;
    Json markets = Json::array();
    for (const auto& market : store.markets) {
        if (market.profile == call.profile) {
            markets.push_back(listed_market_view(market));
        }
    }
    return success(call, Json{{"customer_id", customer_id(call.world, call.profile)},
                              {"sms", std::move(markets)},
                              {"whatsapp", channel_or_null(store.whatsapp_channels, call.profile)},
                              {"rcs", channel_or_null(store.rcs_agents, call.profile)},
                              {"mms", Json::array()},
                              {"voice", voice_numbers_view(call)}});
}

Reply connect_whatsapp(Call& call) {
    Problems problems;
    Fields body(call.body, problems);
    auto view = read_whatsapp_channel(body);
    problems.refuse_if_any();
    if (!call.sandbox) {
        call.world.store.whatsapp_channels[call.profile] = view;
    }
    return success(call, std::move(view), 201);
}

Reply request_agent(Call& call) {
    Problems problems;
    Fields body(call.body, problems);
    auto agent = read_rcs_agent(body, call.body, call.world.now());
    problems.refuse_if_any();
    if (!call.sandbox) {
        call.world.store.rcs_agents[call.profile] = agent;
    }
    return success(call, std::move(agent), 202);
}

}  // namespace

Json channel_or_null(const std::map<std::string, Json>& channels, const std::string& profile) {
    const auto found = channels.find(profile);
    return found == channels.end() ? Json() : found->second;
}

Json read_whatsapp_channel(Fields& body) {
    const auto account = body.required_text("waba_id");
    const auto number = body.text("phone_number_id");
    return Json{{"waba_id", account.value_or("")},
                {"phone_number_id", value_or_null(number)},
                {"solution_id", "200000000000001"},
                {"owner_business_id", nullptr},
                {"status", number ? "ACTIVE" : "PROVISIONING"},
                {"reason_code", nullptr},
                {"reason", nullptr}};
}

// As the documentation says. The live service may require more.
Json read_rcs_agent(Fields& body, const Json& request, Time now) {
    for (const char* name : {"brand_name", "privacy_policy_url", "terms_and_conditions_url"}) {
        body.required_text(name);
    }
    Json agent{{"id", make_guid()},
               {"status", "PENDING_REVIEW"},
               {"phone_number", nullptr},
               {"reason_code", nullptr},
               {"reason", nullptr}};
    agent.update(request);
    for (const char* name : {"logo_url", "banner_url", "opt_in_screenshot_url", "sandbox"}) {
        agent.erase(name);
    }
    agent["created_at"] = precise_timestamp(now);
    return agent;
}

Endpoints v3_channels_routes() {
    constexpr auto access = Access::v3;
    return {
        {"GET", "/v3/channels", access, ExpectedBody::none, get_channels, v3_read},
        {"POST", "/v3/channels/whatsapp", access, ExpectedBody::object, connect_whatsapp, v3_write},
        {"POST", "/v3/channels/rcs", access, ExpectedBody::object, request_agent, v3_write},
    };
}

}  // namespace sent::testing::emulator
