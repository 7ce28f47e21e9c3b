#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "wire/request_cases.hpp"
#include "wire/v3_calls.hpp"

/// SMS markets, their numbers and their campaigns.

namespace {

using sent::CallOptions;
using sent::Client;
using sent::MarketNumberType;
using sent::RawJson;
using wire::read_reply;
using wire::Requests;

constexpr const char* whole_entry =
    R"({"id":"e8a1c3f5-2d47-4b69-8f0a-1c3e5d7b9f21","status":"ACTIVE","inherit":false,)"
    R"("description":"Order updates","message_flow":"Customers opt in at checkout.",)"
    R"("use_cases":["DELIVERY_NOTIFICATION"],"volume":"1500","sample_messages":["Your parcel arrives today."]})";

sent::CreateSmsMarketRequest whole_market() {
    sent::CreateSmsMarketRequest market{"US", MarketNumberType::ten_dlc};
    market.sender_value = "EXAMPLE";
    market.numbers = {{"212", 2}, {}};
    market.area_codes = {"202", "646"};
    market.compliance.text =
        R"({"brand":{"inherit":true},"campaign":{"description":"Order updates","message_flow":null}})";
    return market;
}

template <class Request>
Request small_numbers() {
    return {"sms", "US", MarketNumberType::local, {{}}};
}
template <class Request>
Request whole_numbers() {
    return {"sms", "US", MarketNumberType::ten_dlc, {{"212", 2}, {}}, wire::campaign_id};
}

std::vector<wire::RequestCase> market_requests() {
    const auto create = [](const sent::CreateSmsMarketRequest& request, const CallOptions& options) {
        return [=](const Client& c) { (void)c.channels().sms().create(request, options); };
    };
    const auto update = [](const char* compliance, const CallOptions& options) {
        return [=](const Client& c) {
            (void)c.channels().sms().update({"US", "TEN_DLC", {compliance}}, options);
        };
    };
    const auto keyed = wire::keyed();
    const auto simulated = wire::in_sandbox(keyed);
    const auto* const flow =
        R"({"campaign":{"message_flow":"Customers opt in at checkout and can reply STOP at any time."}})";
    const sent::CreateSmsMarketRequest local{"US", MarketNumberType::local};
    return {
        {"v3/channels.sms.list.minimal", [](const Client& c) { (void)c.channels().sms().list(); }},
        {"v3/channels.sms.create.minimal", create(local, keyed)},
        {"v3/channels.sms.create.full", create(whole_market(), keyed)},
        {"v3/channels.sms.create.sandbox", create(local, simulated)},
        {"v3/channels.sms.get.minimal",
         [](const Client& c) { (void)c.channels().sms().get("US", "TEN_DLC"); }},
        {"v3/channels.sms.update.minimal", update(flow, keyed)},
        {"v3/channels.sms.update.nulls", update(R"({"brand":null,"campaign":{"help_message":null}})", keyed)},
        {"v3/channels.sms.update.sandbox", update(flow, simulated)},
    };
}

std::vector<wire::RequestCase> number_requests() {
    const auto list = [](const sent::ListMarketNumbersRequest& request) {
        return [=](const Client& c) { (void)c.channels().sms().numbers().list(request); };
    };
    const auto add = [](const sent::AddMarketNumbersRequest& request) {
        return [=](const Client& c) { (void)c.channels().sms().numbers().add(request, wire::keyed()); };
    };
    const auto replace = [](const sent::ReplaceMarketNumbersRequest& request) {
        return [=](const Client& c) { (void)c.channels().sms().numbers().replace(request, wire::keyed()); };
    };
    return {
        {"v3/channels.sms.numbers.list.minimal", list({"sms", "US", MarketNumberType::ten_dlc})},
        {"v3/channels.sms.numbers.list.full", list({"mms", "US", "TEN_DLC", wire::campaign_id})},
        {"v3/channels.sms.numbers.add.minimal", add(small_numbers<sent::AddMarketNumbersRequest>())},
        {"v3/channels.sms.numbers.add.full", add(whole_numbers<sent::AddMarketNumbersRequest>())},
        {"v3/channels.sms.numbers.replace.minimal",
         replace(small_numbers<sent::ReplaceMarketNumbersRequest>())},
        {"v3/channels.sms.numbers.replace.full", replace(whole_numbers<sent::ReplaceMarketNumbersRequest>())},
    };
}

std::vector<wire::RequestCase> campaign_requests() {
    const auto create = [](const char* campaign) {
        return [=](const Client& c) {
            (void)c.channels().sms().campaigns().create({{campaign}}, wire::keyed());
        };
    };
    const auto update = [](const char* campaign) {
        return [=](const Client& c) {
            (void)c.channels().sms().campaigns().update({wire::campaign_id, {campaign}}, wire::keyed());
        };
    };
    return {
        {"v3/channels.sms.campaigns.list.minimal",
         [](const Client& c) { (void)c.channels().sms().campaigns().list(); }},
        {"v3/channels.sms.campaigns.create.minimal", create(R"({"description":"Order updates"})")},
        {"v3/channels.sms.campaigns.create.full", create(whole_entry)},
        {"v3/channels.sms.campaigns.update.minimal",
         update(R"({"message_flow":"Customers opt in at the desk."})")},
        {"v3/channels.sms.campaigns.update.full", update(whole_entry)},
        {"v3/channels.sms.campaigns.update.nulls", update(R"({"help_message":null})")},
    };
}

INSTANTIATE_TEST_SUITE_P(V3Markets, Requests, ::testing::ValuesIn(market_requests()), wire::name_of_case);
INSTANTIATE_TEST_SUITE_P(V3MarketNumbers, Requests, ::testing::ValuesIn(number_requests()),
                         wire::name_of_case);
INSTANTIATE_TEST_SUITE_P(V3MarketCampaigns, Requests, ::testing::ValuesIn(campaign_requests()),
                         wire::name_of_case);

void expect_whole(const sent::MarketNumber& number) {
    EXPECT_EQ(number.sender_value, "+12025550140");
    EXPECT_EQ(number.area_code, "202");
    EXPECT_EQ(number.status, sent::ChannelStatus::active);
    EXPECT_EQ(number.campaign_id, wire::campaign_id);
}

void expect_whole(const sent::MarketCampaign& campaign) {
    EXPECT_EQ(campaign.id, wire::campaign_id);
    EXPECT_EQ(campaign.status, sent::MarketCampaignStatus::active);
    EXPECT_EQ(campaign.inherit, false);
    EXPECT_EQ(campaign.fields.text, whole_entry) << "can be sent back";
}

void expect_whole(const sent::MarketCompliance& compliance) {
    EXPECT_EQ(compliance.brand.text, R"({"inherit":false,"legal_name":"Example Retail Inc."})");
    EXPECT_EQ(compliance.campaign.text, R"({"inherit":false,"description":"Order updates"})");
    ASSERT_EQ(compliance.campaigns.size(), 1U);
    expect_whole(compliance.campaigns[0]);
    EXPECT_EQ(compliance.requirements.text, R"([{"key":"brand.legal_name"}])");
}

void expect_whole(const sent::SmsMarket& market) {
    EXPECT_EQ(market.country, "US");
    EXPECT_EQ(market.number_type, MarketNumberType::ten_dlc);
    ASSERT_EQ(market.numbers.size(), 2U);
    expect_whole(market.numbers[0]);
    EXPECT_FALSE(market.numbers[1].sender_value || market.numbers[1].area_code ||
                 market.numbers[1].campaign_id);
    EXPECT_EQ(market.status, sent::ChannelStatus::action_needed);
    EXPECT_EQ(market.reason_code, "CHANNEL_003");
    EXPECT_EQ(market.reason, "The brand needs a correction.");
    EXPECT_EQ(market.note, "Correct the tax id.");
    EXPECT_EQ(market.sender_value, "+12025550140");
    ASSERT_TRUE(market.compliance);
    expect_whole(*market.compliance);
}

void expect_documents(const sent::SmsMarket& market) {
    ASSERT_TRUE(market.compliance.value().documents);
    ASSERT_EQ(market.compliance->documents->size(), 1U);
    const auto& document = market.compliance->documents->front();
    EXPECT_EQ(document.key, "loa");
    EXPECT_EQ(document.file_name, "letter.pdf");
    EXPECT_EQ(document.document_id, "11111111-2222-4333-8444-555555555571");
}

void expect_nothing(const sent::SmsMarket& market) {
    EXPECT_EQ(market.country, "US");
    EXPECT_TRUE(market.number_type.empty() && market.status.empty());
    EXPECT_TRUE(market.numbers.empty());
    EXPECT_FALSE(market.reason_code || market.reason || market.note || market.sender_value);
    EXPECT_FALSE(market.compliance);
}

void expect_strange(const sent::SmsMarket& market) {
    EXPECT_EQ(market.number_type.str(), "SATELLITE");
    EXPECT_EQ(market.status.str(), "DREAMING");
    ASSERT_EQ(market.numbers.size(), 2U);
    EXPECT_EQ(market.numbers[0].status.str(), "RINGING");
    EXPECT_EQ(market.sender_value, "+12025550140") << "of the first number";
    ASSERT_TRUE(market.compliance);
    EXPECT_EQ(market.compliance->brand.text, "\"none\"");
    ASSERT_EQ(market.compliance->campaigns.size(), 2U);
    EXPECT_EQ(market.compliance->campaigns[0].status.str(), "SINGING");
    EXPECT_EQ(market.compliance->campaigns[0].fields.text,
              R"({"status":"SINGING","labels":["vip",{"deep":[1,2.5,true,null]}]})");
    EXPECT_EQ(market.compliance->campaigns[1].fields.text, "{}");
    EXPECT_EQ(market.compliance->documents.value().size(), 2U);
}

using MarketCall = sent::Result<sent::SmsMarket> (*)(const Client&);

/// Each operation that returns a market.
std::vector<std::pair<std::string, MarketCall>> market_calls() {
    return {
        {"channels.sms.create",
         [](const Client& c) {
             return c.channels().sms().create({"US", "LOCAL"});
         }},
        {"channels.sms.get", [](const Client& c) { return c.channels().sms().get("US", "TEN_DLC"); }},
        {"channels.sms.update",
         [](const Client& c) {
             return c.channels().sms().update({"US", "TEN_DLC", {"{}"}});
         }},
        {"channels.sms.numbers.add",
         [](const Client& c) {
             return c.channels().sms().numbers().add(small_numbers<sent::AddMarketNumbersRequest>());
         }},
        {"channels.sms.numbers.replace",
         [](const Client& c) {
             return c.channels().sms().numbers().replace(small_numbers<sent::ReplaceMarketNumbersRequest>());
         }},
        {"channels.sms.campaigns.create",
         [](const Client& c) { return c.channels().sms().campaigns().create({{R"({"a":1})"}}); }},
        {"channels.sms.campaigns.update",
         [](const Client& c) {
             return c.channels().sms().campaigns().update({"1", {R"({"a":1})"}});
         }},
    };
}

TEST(V3SmsMarket, IsReadByEachOperationThatReturnsIt) {
    for (const auto& [name, call] : market_calls()) {
        SCOPED_TRACE(name);
        const auto market = read_reply(name + ".reply", call);
        expect_whole(market);
        expect_documents(market);
        expect_nothing(read_reply(name + ".reply_nulls", call));
        expect_strange(read_reply(name + ".reply_unknown", call));
    }
}

TEST(V3SmsMarket, HasTheSenderOfItsFirstNumberThatHasOne) {
    const auto market = read_reply("channels.sms.get.reply_newer", market_calls()[1].second);
    EXPECT_FALSE(market.numbers.at(0).sender_value);
    EXPECT_EQ(market.sender_value, "+12025550140");
    EXPECT_EQ(market.compliance.value().campaign.text, "");
    expect_whole(market.compliance->campaigns.at(0));
}

TEST(V3SmsMarket, TellsAbsentDocumentsFromNone) {
    const auto none = read_reply("channels.sms.get.reply_newer", market_calls()[1].second);
    ASSERT_TRUE(none.compliance.value().documents);
    EXPECT_TRUE(none.compliance->documents->empty());
    const auto listed =
        read_reply("channels.sms.list.reply", [](const Client& c) { return c.channels().sms().list(); });
    EXPECT_FALSE(listed.items.at(0).compliance.value().documents) << "not fetched";
}

TEST(V3SmsMarket, IsListedInAnArray) {
    const auto list = [](const Client& c) { return c.channels().sms().list(); };
    const auto page = read_reply("channels.sms.list.reply", list);
    ASSERT_EQ(page.items.size(), 2U);
    expect_whole(page.items[0]);
    EXPECT_EQ(page.items[1].country, "second");
    EXPECT_EQ(page.total_count, 2);
    EXPECT_EQ(page.page, 1);
    EXPECT_FALSE(page.has_more);
    const auto nothing = read_reply("channels.sms.list.reply_nulls", list);
    ASSERT_GE(nothing.items.size(), 2U);
    expect_nothing(nothing.items[0]);
    expect_strange(read_reply("channels.sms.list.reply_unknown", list).items.at(0));
}

TEST(V3MarketNumbers, AreReadFromAnArrayOrAnObject) {
    const auto list = [](const Client& c) {
        return c.channels().sms().numbers().list({"sms", "US", "TEN_DLC"});
    };
    for (const auto* reply : {"channels.sms.numbers.list.reply", "channels.sms.numbers.list.reply_object"}) {
        const auto page = read_reply(reply, list);
        ASSERT_EQ(page.items.size(), 2U) << reply;
        expect_whole(page.items[0]);
        EXPECT_EQ(page.items[1].sender_value, "second");
        EXPECT_EQ(page.total_count, 2);
    }
    EXPECT_FALSE(read_reply("channels.sms.numbers.list.reply_nulls", list).items.at(0).sender_value);
    EXPECT_EQ(read_reply("channels.sms.numbers.list.reply_unknown", list).items.at(0).status.str(),
              "RINGING");
}

TEST(V3MarketCampaigns, AreListedWithTheirWholeText) {
    const auto list = [](const Client& c) { return c.channels().sms().campaigns().list(); };
    const auto page = read_reply("channels.sms.campaigns.list.reply", list);
    ASSERT_EQ(page.items.size(), 2U);
    expect_whole(page.items[0]);
    EXPECT_EQ(page.items[1].id, "second");
    EXPECT_EQ(page.total_count, 2);
    const auto nothing = read_reply("channels.sms.campaigns.list.reply_nulls", list);
    EXPECT_EQ(nothing.items.at(0).id, wire::campaign_id);
    EXPECT_FALSE(nothing.items[0].inherit);
    EXPECT_EQ(read_reply("channels.sms.campaigns.list.reply_unknown", list).items.at(0).status.str(),
              "SINGING");
}

template <class Request>
void expect_refused(const Request& request, const std::string& member) {
    const auto refused = sent::encode(request);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, sent::ErrorKind::invalid_request);
    EXPECT_NE(refused.error().message.find(member), std::string::npos) << refused.error();
}

TEST(V3MarketCampaigns, RefuseWhatIsNotAnObject) {
    for (const auto* text : {"", "[1]", "\"a\"", "3", "{\"a\"", "{\"a\":1} {}"}) {
        expect_refused(sent::AddMarketCampaignRequest{{text}}, "campaign");
        expect_refused(sent::UpdateMarketCampaignRequest{"1", {text}}, "campaign");
    }
}

TEST(V3MarketCampaigns, RefuseAChangeOfNothing) {
    expect_refused(sent::UpdateMarketCampaignRequest{"1", {"{}"}}, "campaign");
    expect_refused(sent::UpdateMarketCampaignRequest{"1", {" { } "}}, "campaign");
}

TEST(V3MarketCampaigns, AreRequestedByWireNames) {
    const auto request = sent::encode("v3.channels.sms.campaigns.update",
                                      R"({"campaignId":"1","message_flow":"At the desk","anything":[]})");
    ASSERT_TRUE(request) << request.error();
    EXPECT_EQ(request->path, "/v3/channels/sms/US/TEN_DLC/campaigns/1");
    EXPECT_EQ(request->body, R"({"message_flow":"At the desk","anything":[]})");
}

TEST(V3SmsMarket, RefusesChangesAndNumbersOfNothing) {
    expect_refused(sent::UpdateSmsMarketRequest{"US", "TEN_DLC", {}}, "compliance");
    expect_refused(sent::AddMarketNumbersRequest{"sms", "US", "LOCAL"}, "numbers");
    expect_refused(sent::ReplaceMarketNumbersRequest{"sms", "US", "LOCAL"}, "numbers");
}

}  // namespace
