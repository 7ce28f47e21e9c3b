#include "emulator/v3/markets.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "emulator/state/ids.hpp"
#include "emulator/state/message_events.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/rows.hpp"

namespace sent::testing::emulator {
namespace {

constexpr std::size_t most_numbers = 49;

// Returns "+12125550007", for example. Each market counts from 1.
std::string assigned_number(const MarketNumber& number, std::size_t count) {
    char digits[8] = "";
    std::snprintf(digits, sizeof digits, "555%04zu", count % 10000);
    return "+1" + number.area_code.value_or("202") + digits;
}

void provision(SmsMarket& market) {
    std::size_t count = 0;
    for (auto& number : market.numbers) {
        ++count;
        if (!number.sender_value) {
            number.sender_value = market.sender_value ? *market.sender_value : assigned_number(number, count);
        }
    }
    for (auto& campaign : market.campaigns) {
        campaign.filed = true;
    }
}

const char* market_status(const SmsMarket& market) {
    const bool serves =
        std::any_of(market.numbers.begin(), market.numbers.end(),
                    [](const MarketNumber& number) { return number.sender_value.has_value(); });
    return serves ? "ACTIVE" : "PROVISIONING";
}

Json compliance_view(const SmsMarket& market) {
    if (market.brand.is_null() && market.campaigns.empty() && market.documents.empty()) {
        return {};
    }
    Json campaigns = Json::array();
    for (const auto& campaign : market.campaigns) {
        campaigns.push_back(market_campaign_view(campaign));
    }
    return Json{{"brand", market.brand},
                {"campaigns", std::move(campaigns)},
                {"documents", documents_view(market.documents)}};
}

void read_market_numbers(Fields& body, SmsMarket& market) {
    const auto campaign = market.campaigns.empty() ? std::string{} : market.campaigns.front().id;
    market.numbers = read_numbers(body, campaign);
    for (const auto& area_code : body.texts("area_codes").value_or(std::vector<std::string>{})) {
        market.numbers.push_back({area_code, campaign});
    }
    if (body.given("numbers") && body.given("area_codes")) {
        body.fail("area_codes", "VALIDATION_001", "cannot be used together with numbers");
    }
    if (market.numbers.empty()) {
        market.numbers.push_back({std::nullopt, campaign, true});
    }
}

}  // namespace

const Values& number_types() {
    static const Values types{ten_dlc, "LOCAL", "MOBILE", "TOLL_FREE", "SHORT_CODE", "ALPHANUMERIC"};
    return types;
}

std::string number_type(const std::string& text) {
    auto type = to_upper(text);
    return type == "10DLC" ? ten_dlc : type;
}

void refuse_unless_channel(const std::string& channel, const Values& supported) {
    if (std::find(supported.begin(), supported.end(), channel) == supported.end()) {
        throw Refusal("BUSINESS_007", "This channel is not supported here").with_status(501);
    }
}

SmsMarket& market_or_refuse(const Call& call, const std::string& country, const std::string& type) {
    return row_or_refuse(
        call.world.store.markets.find(call.profile + '/' + country + '/' + number_type(type)),
        "RESOURCE_013");
}

SmsMarket read_market(Fields& body, const Json& compliance, const std::string& profile) {
    SmsMarket market;
    market.profile = profile;
    market.country = body.required_text("country").value_or("");
    if (body.required_text("number_type")) {
        market.type = body.one_of("number_type", number_types()).value_or("");
    }
    market.sender_value =
        market.type == "ALPHANUMERIC" ? body.required_text("sender_value") : body.text("sender_value");
    market.id = market.profile + '/' + market.country + '/' + market.type;
    market.brand = member(compliance, "brand");
    if (const auto& campaign = member(compliance, "campaign"); campaign.is_object()) {
        market.campaigns.push_back(make_campaign(campaign));
    }
    read_market_numbers(body, market);
    return market;
}

std::vector<MarketNumber> read_numbers(Fields& fields, const std::string& campaign) {
    std::vector<MarketNumber> numbers;
    for (auto& entry : fields.objects("numbers")) {
        const auto area_code = entry.text("area_code");
        const auto quantity = entry.required_integer("quantity", 1, most_numbers).value_or(0);
        numbers.insert(numbers.end(), static_cast<std::size_t>(quantity), {area_code, campaign});
    }
    return numbers;
}

void refuse_too_many(const std::vector<MarketNumber>& numbers, const std::string& campaign) {
    const auto count = std::count_if(numbers.begin(), numbers.end(),
                                     [&](const MarketNumber& number) { return number.campaign == campaign; });
    if (static_cast<std::size_t>(count) > most_numbers) {
        throw Refusal("VALIDATION_005", {}, {{"numbers", {"must ask for at most 49 numbers in total"}}});
    }
}

MarketCampaign make_campaign(const Json& object) {
    MarketCampaign campaign{make_guid(), object, member(object, "inherit") == true};
    for (const char* own : {"id", "status", "inherit"}) {
        campaign.content.erase(own);
    }
    return campaign;
}

void change_campaign(MarketCampaign& campaign, const Json& change) {
    auto content = campaign.content;
    merge(content, make_campaign(change).content);
    if (content == campaign.content) {
        return;
    }
    if (campaign.filed || campaign.inherit) {
        throw Refusal("BUSINESS_006", "The campaign is filed or inherited and cannot be changed");
    }
    campaign.content = std::move(content);
}

void start_provisioning(World& world, const SmsMarket& market) {
    world.at(world.now() + world.options().template_approval_delay, [&world, id = market.id](Time) {
        if (auto* found = world.store.markets.find(id)) {
            provision(*found);
        }
    });
}

void merge(Json& target, const Json& change) {
    for (const auto& [name, value] : change.items()) {
        if (value.is_null()) {
            target.erase(name);
        } else if (value.is_object()) {
            auto& inside = target[name];
            if (!inside.is_object()) {
                inside = Json::object();
            }
            merge(inside, value);
        } else {
            target[name] = value;
        }
    }
}

Json market_number_view(const MarketNumber& number) {
    return Json{{"sender_value", value_or_null(number.sender_value)},
                {"area_code", value_or_null(number.area_code)},
                {"status", number.sender_value ? "ACTIVE" : "PROVISIONING"},
                {"campaign_id", text_or_null(number.campaign)}};
}

Json market_campaign_view(const MarketCampaign& campaign) {
    Json view{{"id", campaign.id},
              {"status", campaign.filed ? "ACTIVE" : "PENDING_REVIEW"},
              {"inherit", campaign.inherit}};
    view.update(campaign.content);
    return view;
}

Json market_view(const SmsMarket& market) {
    Json numbers = Json::array();
    for (const auto& number : market.numbers) {
        numbers.push_back(market_number_view(number));
    }
    return Json{{"country", market.country},
                {"number_type", market.type},
                {"numbers", std::move(numbers)},
                {"status", market_status(market)},
                {"reason_code", nullptr},
                {"reason", nullptr},
                {"note", nullptr},
                {"compliance", compliance_view(market)}};
}

Json listed_market_view(const SmsMarket& market) {
    auto view = market_view(market);
    if (auto& compliance = view["compliance"]; !compliance.is_null()) {
        compliance.erase("documents");
    }
    return view;
}

Json documents_view(const std::vector<StoredDocument>& documents) {
    Json view = Json::array();
    for (const auto& document : documents) {
        view.push_back(
            Json{{"key", document.key}, {"file_name", document.file_name}, {"document_id", document.id}});
    }
    return view;
}

}  // namespace sent::testing::emulator
