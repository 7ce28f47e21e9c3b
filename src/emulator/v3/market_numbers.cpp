#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "emulator/state/world.hpp"
#include "emulator/v3/fields.hpp"
#include "emulator/v3/markets.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/routes.hpp"
#include "emulator/v3/rows.hpp"

namespace sent::testing::emulator {
namespace {

SmsMarket& market_with_numbers(const Call& call) {
    refuse_unless_channel(call.path_values.at(0), {"sms"});
    return market_or_refuse(call, call.path_values.at(1), call.path_values.at(2));
}

Reply list_market_numbers(Call& call) {
    const auto& market = market_with_numbers(call);
    Problems problems;
    const auto campaign = QueryFields(call.request, problems).text("campaign_id");
    Json numbers = Json::array();
    for (const auto& number : market.numbers) {
        if (!campaign || number.campaign == *campaign) {
            numbers.push_back(market_number_view(number));
        }
    }
    return success(call, std::move(numbers));
}

// Returns the campaign of the request's numbers, or nothing for a market without campaigns.
std::string campaign_of_numbers(Fields& body, const SmsMarket& market) {
    if (market.type != ten_dlc) {
        return {};
    }
    const auto id = body.text("campaign_id").value_or("");
    std::string known;
    for (const auto& campaign : market.campaigns) {
        if (campaign.id == id) {
            if (campaign.inherit) {
                body.fail("campaign_id", "VALIDATION_001", "names an inherited campaign");
            }
            return id;
        }
        known += (known.empty() ? "" : ", ") + campaign.id;
    }
    body.fail("campaign_id", "VALIDATION_004", "must be one of: " + known);
    return {};
}

std::vector<MarketNumber> read_numbers_for(const Call& call, const SmsMarket& market) {
    if (market.type != ten_dlc && market.type != "LOCAL") {
        throw Refusal("VALIDATION_001", {}, {{"type", {"takes no numbers"}}});
    }
    Problems problems;
    Fields body(call.body, problems);
    const auto campaign = campaign_of_numbers(body, market);
    auto numbers = read_numbers(body, campaign);
    if (numbers.empty()) {
        body.fail("numbers", "VALIDATION_004", "is required");
    }
    problems.refuse_if_any();
    return numbers;
}

Reply numbers_changed(const Call& call, SmsMarket& market, std::vector<MarketNumber> numbers,
                      const std::string& campaign) {
    refuse_too_many(numbers, campaign);
    market.numbers = std::move(numbers);
    start_provisioning(call.world, market);
    return success(call, market_view(market));
}

Reply add_market_numbers(Call& call) {
    auto& market = market_with_numbers(call);
    const auto added = read_numbers_for(call, market);
    const auto campaign = added.front().campaign;
    auto numbers = market.numbers;
    numbers.erase(std::remove_if(numbers.begin(), numbers.end(),
                                 [&](const MarketNumber& number) {
                                     return number.campaign == campaign && number.is_default &&
                                            !number.sender_value;
                                 }),
                  numbers.end());
    numbers.insert(numbers.end(), added.begin(), added.end());
    return numbers_changed(call, market, std::move(numbers), campaign);
}

// Keeps the assigned numbers: each takes the place of one that is asked for in its area, or in any.
Reply replace_market_numbers(Call& call) {
    auto& market = market_with_numbers(call);
    auto asked = read_numbers_for(call, market);
    const auto campaign = asked.front().campaign;
    std::vector<MarketNumber> numbers;
    for (const auto& number : market.numbers) {
        if (number.campaign != campaign) {
            numbers.push_back(number);
        } else if (number.sender_value) {
            auto place = std::find_if(asked.begin(), asked.end(), [&](const MarketNumber& other) {
                return other.area_code == number.area_code;
            });
            if (place == asked.end()) {
                place = std::find_if(asked.begin(), asked.end(),
                                     [](const MarketNumber& other) { return !other.area_code; });
            }
            if (place == asked.end()) {
                throw Refusal("VALIDATION_001", {}, {{"numbers", {"must cover every assigned number"}}});
            }
            asked.erase(place);
            numbers.push_back(number);
        }
    }
    numbers.insert(numbers.end(), std::make_move_iterator(asked.begin()),
                   std::make_move_iterator(asked.end()));
    return numbers_changed(call, market, std::move(numbers), campaign);
}

}  // namespace

Endpoints v3_market_numbers_routes() {
    constexpr auto access = Access::v3;
    constexpr auto path = "/v3/channels/{channel}/{country}/{type}/numbers";
    return {
        {"GET", path, access, ExpectedBody::none, list_market_numbers, v3_read},
        {"POST", path, access, ExpectedBody::object, add_market_numbers, v3_write_without_sandbox},
        {"PATCH", path, access, ExpectedBody::object, replace_market_numbers, v3_write_without_sandbox},
    };
}

}  // namespace sent::testing::emulator
