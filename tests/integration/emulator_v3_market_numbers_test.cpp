#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <sent/sent.hpp>

#include "integration/emulator_v3_client.hpp"

/// SMS markets, their numbers and their campaigns, through the public API and with other clients.

namespace sent::test {
namespace {

using namespace std::chrono_literals;

constexpr auto campaigns_path = "/v3/channels/sms/US/TEN_DLC/campaigns";

class EmulatorV3Markets : public ::testing::Test {
  protected:
    ClientOptions options() const {
        ClientOptions result;
        result.base_url = emulator.base_url();
        result.api_key = emulator.api_key();
        result.use_environment = false;
        return result;
    }
    static CreateSmsMarketRequest ten_dlc_market() {
        CreateSmsMarketRequest market{"US", MarketNumberType::ten_dlc};
        market.compliance.text = R"({"brand":{"inherit":true},"campaign":{"description":"Order updates"}})";
        return market;
    }
    SmsMarket create(const CreateSmsMarketRequest& request) {
        const auto market = api.channels().sms().create(request);
        EXPECT_TRUE(market) << market.error();
        return market.value_or(SmsMarket{});
    }
    std::string create_campaign() { return create(ten_dlc_market()).compliance.value().campaigns.at(0).id; }
    Result<SmsMarket> add(std::vector<NumberRequest> numbers, std::string campaign) {
        return api.channels().sms().numbers().add(
            {"sms", "US", MarketNumberType::ten_dlc, std::move(numbers), std::move(campaign)});
    }
    Result<SmsMarket> replace(std::vector<NumberRequest> numbers, std::string campaign) {
        return api.channels().sms().numbers().replace(
            {"sms", "US", MarketNumberType::ten_dlc, std::move(numbers), std::move(campaign)});
    }
    SmsMarket read() {
        const auto market = api.channels().sms().get("US", MarketNumberType::ten_dlc);
        EXPECT_TRUE(market) << market.error();
        return market.value_or(SmsMarket{});
    }
    static void expect_kind(const Result<SmsMarket>& refused, ErrorKind kind) {
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, kind) << refused.error();
        EXPECT_EQ(refused.error().outcome, Outcome::rejected);
    }

    testing::Emulator emulator;
    OtherClient client = v3_client(emulator);
    Client api{options()};
};

TEST_F(EmulatorV3Markets, GetNumbersAfterAWhile) {
    CreateSmsMarketRequest local{"US", MarketNumberType::local};
    local.numbers = {{"212", 2}, {}};
    const auto market = create(local);
    EXPECT_EQ(market.status, ChannelStatus::provisioning);
    ASSERT_EQ(market.numbers.size(), 3U);
    EXPECT_EQ(market.numbers[1].area_code, "212");
    EXPECT_FALSE(market.sender_value);

    emulator.advance(1min);

    const auto later = api.channels().sms().get("US", "local");
    ASSERT_TRUE(later) << later.error();
    EXPECT_EQ(later->status, ChannelStatus::active);
    EXPECT_EQ(later->sender_value, later->numbers.at(0).sender_value);
    EXPECT_EQ(later->sender_value.value().substr(0, 5), "+1212");
    EXPECT_EQ(api.channels().sms().list()->items.at(0).country, "US");
    EXPECT_EQ(api.channels().get()->sms.size(), 1U);
}

TEST_F(EmulatorV3Markets, CheckWhatTheyAreMadeOf) {
    expect_refusal(client.post("/v3/channels/sms", Json::object()), 400, "VALIDATION_004");
    expect_refusal(client.post("/v3/channels/sms", {{"country", "US"}, {"number_type", "PIGEON"}}), 400,
                   "VALIDATION_006");
    expect_kind(api.channels().sms().create({"US", MarketNumberType::ten_dlc}), ErrorKind::bad_request);
    expect_kind(api.channels().sms().create({"CH", MarketNumberType::alphanumeric}), ErrorKind::bad_request);
    CreateSmsMarketRequest local{"US", MarketNumberType::local};
    local.numbers = {{"212", 25}, {{}, 25}};
    expect_kind(api.channels().sms().create(local), ErrorKind::bad_request);
    local.numbers = {{}};
    local.area_codes = {"212"};
    expect_kind(api.channels().sms().create(local), ErrorKind::bad_request);
    local.numbers.clear();
    EXPECT_EQ(create(local).numbers.at(0).area_code, "212");
    expect_kind(api.channels().sms().create(local), ErrorKind::conflict);
    expect_kind(api.channels().sms().get("CH", "LOCAL"), ErrorKind::not_found);
}

TEST_F(EmulatorV3Markets, StayAsTheyAreInTheSandbox) {
    CallOptions sandbox;
    sandbox.sandbox = true;
    EXPECT_TRUE(api.channels().sms().create(ten_dlc_market(), sandbox));
    EXPECT_TRUE(api.channels().sms().update({"US", "TEN_DLC", {R"({"brand":null})"}}, sandbox));
    EXPECT_TRUE(api.channels().sms().list()->items.empty());
}

TEST_F(EmulatorV3Markets, ChangeAtEveryLevelUntilTheyAreFiled) {
    create(ten_dlc_market());
    const auto update = [&](const std::string& compliance) {
        return api.channels().sms().update({"US", MarketNumberType::ten_dlc, {compliance}});
    };
    const auto changed = update(R"({"campaign":{"volume":"1500"},"brand":{"legal_name":"Shop"}})");
    ASSERT_TRUE(changed) << changed.error();
    const auto& fields = changed->compliance.value().campaigns.at(0).fields.text;
    EXPECT_NE(fields.find(R"("description":"Order updates","volume":"1500")"), std::string::npos) << fields;
    EXPECT_EQ(changed->compliance->brand.text, R"({"inherit":true,"legal_name":"Shop"})");
    EXPECT_EQ(update(R"({"brand":null})")->compliance.value().brand.text, R"({"inherit":true})");
    expect_refusal(send_json(client, "PATCH", "/v3/channels/sms/US/TEN_DLC", Json::object()), 400,
                   "VALIDATION_004");
    expect_refusal(send_json(client, "PATCH", "/v3/channels/sms/US/TEN_DLC",
                             {{"compliance", Json::object()}, {"numbers", Json::array()}}),
                   400, "VALIDATION_001");

    emulator.advance(1min);

    const auto refused = update(R"({"campaign":{"volume":"2000"}})");
    expect_kind(refused, ErrorKind::conflict);
    EXPECT_EQ(refused.error().attempts, 1) << "is not retried";
    const auto compliance = read().compliance.value();
    EXPECT_TRUE(update(R"({"campaigns":[)" + compliance.campaigns.at(0).fields.text + "]}"))
        << "what was read can be sent back";
    expect_kind(api.channels().sms().update({"CH", "LOCAL", {"{}"}}), ErrorKind::not_found);
}

TEST_F(EmulatorV3Markets, ReplaceTheNumberThatACampaignAsksForByItself) {
    const auto campaign = create_campaign();
    ASSERT_EQ(read().numbers.size(), 1U) << "in any area";
    const auto added = add({{"212", 2}}, campaign);
    ASSERT_TRUE(added) << added.error();
    EXPECT_EQ(added->numbers.size(), 2U);
    EXPECT_EQ(add({{"646", 1}}, campaign)->numbers.size(), 3U) << "adds, and replaces nothing";
    const auto numbers = api.channels().sms().numbers().list({"sms", "US", "ten_dlc", campaign});
    ASSERT_TRUE(numbers) << numbers.error();
    EXPECT_EQ(numbers->items.size(), 3U);
    EXPECT_EQ(numbers->items.at(0).campaign_id, campaign);
    EXPECT_TRUE(api.channels().sms().numbers().list({"sms", "US", "TEN_DLC", "other"})->items.empty());
}

TEST_F(EmulatorV3Markets, KeepTheNumbersThatAreAssigned) {
    const auto campaign = create_campaign();
    ASSERT_TRUE(add({{"212", 1}}, campaign));
    emulator.advance(1min);
    const auto assigned = read().sender_value;

    expect_kind(replace({{"646", 3}}, campaign), ErrorKind::bad_request);
    const auto covered = replace({{"212", 1}, {"646", 3}}, campaign);
    ASSERT_TRUE(covered) << covered.error();
    EXPECT_EQ(covered->numbers.size(), 4U);
    EXPECT_EQ(covered->sender_value, assigned);
    const auto fewer = replace({{{}, 2}}, campaign);
    ASSERT_TRUE(fewer) << fewer.error();
    EXPECT_EQ(fewer->numbers.size(), 2U) << "numbers that are not filled yet can go";
    EXPECT_EQ(fewer->sender_value, assigned);
}

TEST_F(EmulatorV3Markets, RefuseNumbersThatTheyCannotHave) {
    const auto campaign = create_campaign();
    const auto refused = add({{}}, "");
    expect_kind(refused, ErrorKind::bad_request);
    EXPECT_NE(refused.meta().raw_body.find(campaign), std::string::npos) << "names the campaigns";
    expect_kind(add({{"212", 30}, {{}, 30}}, campaign), ErrorKind::bad_request);
    create({"US", MarketNumberType::toll_free});
    const auto numbers = api.channels().sms().numbers();
    expect_kind(numbers.add({"sms", "US", MarketNumberType::toll_free, {{}}}), ErrorKind::bad_request);
    expect_kind(numbers.add({"sms", "CH", MarketNumberType::local, {{}}}), ErrorKind::not_found);
    const auto other_channel = numbers.add({"voice", "US", MarketNumberType::local, {{}}});
    ASSERT_FALSE(other_channel);
    EXPECT_EQ(other_channel.error().http_status, 501);
}

TEST_F(EmulatorV3Markets, GetFurtherCampaigns) {
    const auto first = create_campaign();
    const auto campaigns = api.channels().sms().campaigns();
    const auto listed = campaigns.list();
    ASSERT_TRUE(listed) << listed.error();
    ASSERT_EQ(listed->items.size(), 1U);
    EXPECT_EQ(listed->items[0].id, first);

    const auto market = campaigns.create({listed->items[0].fields});

    ASSERT_TRUE(market) << market.error();
    ASSERT_EQ(market->compliance.value().campaigns.size(), 2U);
    EXPECT_NE(market->compliance->campaigns[1].id, first);
    EXPECT_EQ(market->numbers.size(), 2U) << "one in any area by itself";
    expect_refusal(client.post(campaigns_path, Json::object()), 400, "VALIDATION_004");
}

TEST_F(EmulatorV3Markets, ChangeACampaignUntilItIsFiled) {
    const auto id = create_campaign();
    const auto campaigns = api.channels().sms().campaigns();
    const auto changed = campaigns.update({id, {R"({"message_flow":"At the desk","status":"ACTIVE"})"}});
    ASSERT_TRUE(changed) << changed.error();
    EXPECT_NE(changed->compliance.value().campaigns.at(0).fields.text.find("At the desk"), std::string::npos);
    EXPECT_EQ(changed->compliance->campaigns[0].status, MarketCampaignStatus::pending_review);
    expect_kind(campaigns.update({id, {R"({"inherit":true})"}}), ErrorKind::bad_request);
    expect_kind(campaigns.update({"11111111-2222-4333-8444-555555555555", {R"({"a":1})"}}),
                ErrorKind::not_found);
    const auto path = campaigns_path + ('/' + id);
    expect_refusal(send_json(client, "PATCH", path, Json::object()), 400, "VALIDATION_001");

    emulator.advance(1min);

    expect_kind(campaigns.update({id, {R"({"message_flow":"Online"})"}}), ErrorKind::conflict);
}

TEST_F(EmulatorV3Markets, AreNeededForCampaigns) {
    expect_refusal(client.get(campaigns_path), 404, "RESOURCE_013");
    expect_kind(api.channels().sms().campaigns().create({{R"({"a":1})"}}), ErrorKind::not_found);
}

}  // namespace
}  // namespace sent::test
