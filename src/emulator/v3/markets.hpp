#pragma once

/// @file
/// What the routes of SMS markets, their numbers and their campaigns have in common.

#include <string>
#include <string_view>
#include <vector>

#include "emulator/http/router.hpp"
#include "emulator/json.hpp"
#include "emulator/state/channels.hpp"
#include "emulator/v3/fields.hpp"

namespace sent::testing::emulator {

inline constexpr auto ten_dlc = "TEN_DLC";

/// The number types of requests.
const Values& number_types();
/// Returns the type as replies spell it: `TEN_DLC` for `ten_dlc` and `10DLC`.
std::string number_type(const std::string& text);

/// Refuses channels for which the service has no answer with 501.
void refuse_unless_channel(const std::string& channel, const Values& supported);

/// Returns the market. Refuses with 404 if the caller does not have it.
SmsMarket& market_or_refuse(const Call& call, const std::string& country, const std::string& type);

/// Reads a market of a request: country, type, sender and numbers. `compliance` has its brand and campaign.
SmsMarket read_market(Fields& body, const Json& compliance, const std::string& profile);
/// Reads `numbers` of a request: one row for each number.
std::vector<MarketNumber> read_numbers(Fields& fields, const std::string& campaign);
/// A campaign, or a market without campaigns, has at most 49 numbers.
void refuse_too_many(const std::vector<MarketNumber>& numbers, const std::string& campaign);

/// Returns the campaign with the content of an object of a request.
MarketCampaign make_campaign(const Json& object);
/// Applies a change. Refuses it with 409 if the campaign is filed or inherited.
void change_campaign(MarketCampaign& campaign, const Json& change);

/// Assigns the numbers that a market has now, and files its campaigns, after the delay with which templates
/// are approved.
void start_provisioning(World& world, const SmsMarket& market);

/// Changes members of `target` as PATCH does, at every level: null clears.
void merge(Json& target, const Json& change);

Json market_number_view(const MarketNumber& number);
Json market_campaign_view(const MarketCampaign& campaign);
Json market_view(const SmsMarket& market);
/// The same without the documents.
Json listed_market_view(const SmsMarket& market);
Json documents_view(const std::vector<StoredDocument>& documents);

}  // namespace sent::testing::emulator
