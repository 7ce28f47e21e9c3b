#include <string>
#include <utility>
#include <vector>

#include "emulator/state/world.hpp"
#include "emulator/v3/fields.hpp"
#include "emulator/v3/forms.hpp"
#include "emulator/v3/markets.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/routes.hpp"
#include "emulator/v3/rows.hpp"

namespace sent::testing::emulator {
namespace {

Reply list_markets(Call& call) {
    Json markets = Json::array();
    for (const auto& market : call.world.store.markets) {
        if (market.profile == call.profile) {
            markets.push_back(listed_market_view(market));
        }
    }
    return success(call, std::move(markets));
}

// US 10DLC numbers are registered with the carriers.
bool registers(const SmsMarket& market) {
    return market.country == "US" && market.type == ten_dlc;
}

SmsMarket read_market_request(const Call& call) {
    Problems problems;
    Fields body(call.body, problems);
    const auto compliance = body.object("compliance");
    auto market = read_market(body, compliance ? body.raw("compliance") : Json(), call.profile);
    market.documents = call.documents;
    if (registers(market) && !market.brand.is_object()) {
        body.fail("compliance.brand", "VALIDATION_004", "is required: the market registers its senders");
    }
    problems.refuse_if_any();
    refuse_too_many(market.numbers, market.numbers.front().campaign);
    return market;
}

// In the form, two names are in camel case, and values are text.
RequestBody read_market_form(const std::vector<FormPart>& parts) {
    auto form = sort_parts(parts, {"country", "numberType", "senderValue", "sandbox"});
    RequestBody body{Json::object(), std::move(form.documents)};
    constexpr std::pair<const char*, const char*> names[] = {
        {"country", "country"}, {"numberType", "number_type"}, {"senderValue", "sender_value"}};
    for (const auto& [in_form, in_json] : names) {
        if (const auto found = form.texts.find(in_form); found != form.texts.end()) {
            body.json[in_json] = found->second;
        }
    }
    if (const auto found = form.texts.find("sandbox"); found != form.texts.end()) {
        if (found->second != "true") {
            throw Refusal("VALIDATION_001", {}, {{"sandbox", {"must be true, or absent"}}});
        }
        body.json["sandbox"] = true;
    }
    return body;
}

Reply create_market(Call& call) {
    auto market = read_market_request(call);
    if (!call.sandbox) {
        auto& world = call.world;
        if (world.store.markets.find(market.id) != nullptr) {
            throw Refusal("RESOURCE_007", "The account already has this market");
        }
        start_provisioning(world, world.store.markets.add(market));
    }
    return success(call, market_view(market), 201);
}

SmsMarket& market_in_path(const Call& call) {
    return market_or_refuse(call, call.path_values.at(0), call.path_values.at(1));
}

Reply get_market(Call& call) {
    return success(call, market_view(market_in_path(call)));
}

// Accepts what a read returns, and `campaign` for a market with one campaign.
void change_compliance(SmsMarket& market, const Json& change) {
    if (change.contains("brand")) {
        const auto& brand = member(change, "brand");
        market.brand = brand.is_null() ? Json{{"inherit", true}} : market.brand;
        merge(market.brand, brand);
    }
    if (const auto& campaign = member(change, "campaign"); campaign.is_object()) {
        if (market.campaigns.empty()) {
            market.campaigns.push_back(make_campaign(campaign));
        } else {
            change_campaign(market.campaigns.front(), campaign);
        }
    }
    for (const auto& changed : member(change, "campaigns")) {
        for (auto& campaign : market.campaigns) {
            if (member(changed, "id") == campaign.id) {
                change_campaign(campaign, changed);
            }
        }
    }
}

Reply update_market(Call& call) {
    Problems problems;
    Fields body(call.body, problems);
    body.required_object("compliance");
    for (const auto& [name, value] : call.body.items()) {
        if (name != "compliance" && name != "sandbox") {
            body.fail(name, "VALIDATION_001", "cannot be changed by this call");
        }
    }
    problems.refuse_if_any();
    SmsMarket made_up;
    made_up.country = call.path_values.at(0);
    made_up.type = number_type(call.path_values.at(1));
    auto& market = call.sandbox ? made_up : market_in_path(call);
    auto changed = market;  // so that a refusal changes nothing
    change_compliance(changed, member(call.body, "compliance"));
    market = std::move(changed);
    return success(call, market_view(market));
}

}  // namespace

Endpoints v3_sms_markets_routes() {
    constexpr auto access = Access::v3;
    return {
        {"GET", "/v3/channels/sms", access, ExpectedBody::none, list_markets, v3_read},
        {"POST", "/v3/channels/sms", access, ExpectedBody::object, create_market, v3_write, read_market_form},
        {"GET", "/v3/channels/sms/{country}/{type}", access, ExpectedBody::none, get_market, v3_read},
        {"PATCH", "/v3/channels/sms/{country}/{type}", access, ExpectedBody::object, update_market, v3_write},
    };
}

}  // namespace sent::testing::emulator
