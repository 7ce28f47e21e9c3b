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

Json channel_or_null(const std::map<std::string, Json>& channels, const std::string& profile) {
    const auto found = channels.find(profile);
    return found == channels.end() ? Json() : found->second;
}

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
    const auto account = body.required_text("waba_id");
    const auto number = body.text("phone_number_id");
    problems.refuse_if_any();
    Json view{{"waba_id", *account},
              {"phone_number_id", value_or_null(number)},
              {"solution_id", "200000000000001"},
              {"owner_business_id", nullptr},
              {"status", number ? "ACTIVE" : "PROVISIONING"},
              {"reason_code", nullptr},
              {"reason", nullptr}};
    if (!call.sandbox) {
        call.world.store.whatsapp_channels[call.profile] = view;
    }
    return success(call, std::move(view), 201);
}

// As the documentation says. The live service may require more.
Json read_agent(const Call& call) {
    Problems problems;
    Fields body(call.body, problems);
    for (const char* name : {"brand_name", "privacy_policy_url", "terms_and_conditions_url"}) {
        body.required_text(name);
    }
    problems.refuse_if_any();
    Json agent{{"id", make_guid()},
               {"status", "PENDING_REVIEW"},
               {"phone_number", nullptr},
               {"reason_code", nullptr},
               {"reason", nullptr}};
    agent.update(call.body);
    for (const char* name : {"logo_url", "banner_url", "opt_in_screenshot_url", "sandbox"}) {
        agent.erase(name);
    }
    agent["created_at"] = precise_timestamp(call.world.now());
    return agent;
}

Reply request_agent(Call& call) {
    auto agent = read_agent(call);
    if (!call.sandbox) {
        call.world.store.rcs_agents[call.profile] = agent;
    }
    return success(call, std::move(agent), 202);
}

}  // namespace

Endpoints v3_channels_routes() {
    constexpr auto access = Access::v3;
    return {
        {"GET", "/v3/channels", access, ExpectedBody::none, get_channels, v3_read},
        {"POST", "/v3/channels/whatsapp", access, ExpectedBody::object, connect_whatsapp, v3_write},
        {"POST", "/v3/channels/rcs", access, ExpectedBody::object, request_agent, v3_write},
    };
}

}  // namespace sent::testing::emulator
