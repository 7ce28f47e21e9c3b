#include <algorithm>
#include <utility>

#include "emulator/state/world.hpp"
#include "emulator/v3/fields.hpp"
#include "emulator/v3/markets.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/routes.hpp"
#include "emulator/v3/rows.hpp"

namespace sent::testing::emulator {
namespace {

SmsMarket& ten_dlc_market(const Call& call) {
    return market_or_refuse(call, "US", ten_dlc);
}

Reply list_market_campaigns(Call& call) {
    Json campaigns = Json::array();
    for (const auto& campaign : ten_dlc_market(call).campaigns) {
        campaigns.push_back(market_campaign_view(campaign));
    }
    return success(call, std::move(campaigns));
}

// The service checks more than a description. Which members it requires is not documented here.
Reply create_market_campaign(Call& call) {
    auto& market = ten_dlc_market(call);
    Problems problems;
    Fields(call.body, problems).required_text("description");
    problems.refuse_if_any();
    auto campaign = make_campaign(call.body);
    campaign.inherit = false;
    market.numbers.push_back({std::nullopt, campaign.id, true});
    market.campaigns.push_back(std::move(campaign));
    start_provisioning(call.world, market);
    return success(call, market_view(market), 201);
}

Reply update_market_campaign(Call& call) {
    auto& market = ten_dlc_market(call);
    const auto id = path_uuid(call, 0, "campaignId");
    const auto found = std::find_if(market.campaigns.begin(), market.campaigns.end(),
                                    [&](const MarketCampaign& campaign) { return campaign.id == id; });
    auto& campaign = row_or_refuse(found == market.campaigns.end() ? nullptr : &*found, "RESOURCE_010");
    if (call.body.empty()) {
        throw Refusal("VALIDATION_001", "The body changes nothing");
    }
    if (member(call.body, "inherit") == true) {
        throw Refusal("VALIDATION_001", {}, {{"inherit", {"cannot be set here"}}});
    }
    change_campaign(campaign, call.body);
    return success(call, market_view(market));
}

}  // namespace

Endpoints v3_market_campaigns_routes() {
    constexpr auto access = Access::v3;
    constexpr auto all = "/v3/channels/sms/US/TEN_DLC/campaigns";
    constexpr auto one = "/v3/channels/sms/US/TEN_DLC/campaigns/{campaignId}";
    return {
        {"GET", all, access, ExpectedBody::none, list_market_campaigns, v3_read},
        {"POST", all, access, ExpectedBody::object, create_market_campaign, v3_write_without_sandbox},
        {"PATCH", one, access, ExpectedBody::object, update_market_campaign, v3_write_without_sandbox},
    };
}

}  // namespace sent::testing::emulator
