#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sent/json_text.hpp>
#include <sent/open_enum.hpp>
#include <sent/operation.hpp>

/// @file
/// An SMS market, in answers: a country and a type of numbers, with the numbers and the compliance data that
/// the account has there. SmsMarkets, MarketNumbers and MarketCampaigns return it.

namespace sent {
inline namespace v3 {

/// Type of the numbers of a market. Open enumeration: see OpenEnum.
class MarketNumberType : public OpenEnum<MarketNumberType> {
  public:
    using OpenEnum::OpenEnum;
    /// US 10DLC. The service also accepts `10DLC` and `ten_dlc` in paths and queries.
    static constexpr Constant ten_dlc{"TEN_DLC"};
    static constexpr Constant local{"LOCAL"};
    static constexpr Constant mobile{"MOBILE"};
    static constexpr Constant toll_free{"TOLL_FREE"};
    static constexpr Constant short_code{"SHORT_CODE"};
    static constexpr Constant alphanumeric{"ALPHANUMERIC"};
    /// Only in older markets.
    static constexpr Constant long_code{"LONG_CODE"};
};

/// Status of a market, a number, a WhatsApp account or an RCS agent. Open enumeration: see OpenEnum.
class ChannelStatus : public OpenEnum<ChannelStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant provisioning{"PROVISIONING"};
    static constexpr Constant action_needed{"ACTION_NEEDED"};
    static constexpr Constant pending_review{"PENDING_REVIEW"};
    static constexpr Constant active{"ACTIVE"};
    static constexpr Constant inactive{"INACTIVE"};
};

/// Status of a market's campaign. Open enumeration: see OpenEnum.
class MarketCampaignStatus : public OpenEnum<MarketCampaignStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant active{"ACTIVE"};
    static constexpr Constant pending_review{"PENDING_REVIEW"};
    static constexpr Constant action_needed{"ACTION_NEEDED"};
    static constexpr Constant declined{"DECLINED"};
    static constexpr Constant inactive{"INACTIVE"};
};

/// A number of a market.
struct MarketNumber {
    /// The number. Not set until one is assigned.
    std::optional<std::string> sender_value{};
    std::optional<std::string> area_code{};
    /// `ACTIVE`, `PROVISIONING` or `INACTIVE`.
    ChannelStatus status{};
    /// The campaign that the number belongs to. US 10DLC only.
    std::optional<std::string> campaign_id{};
};

/// Numbers that a request asks for.
struct NumberRequest {
    /// If it is not set, the numbers may be in any area.
    std::optional<std::string> area_code{};
    /// Number of numbers, 1 by default. A campaign or market has at most 49 in total.
    std::int32_t quantity = 1;
};

/// A campaign of the US 10DLC market: the purpose of messages, as US carriers register it.
struct MarketCampaign {
    std::string id{};
    MarketCampaignStatus status{};
    /// Whether the campaign is the organization's.
    std::optional<bool> inherit{};
    /// The whole entry as JSON text, with the members above, so that it can be sent back: see
    /// AddMarketCampaignRequest::campaign. The market decides which members it has.
    RawJson fields{};
};

/// A document that was uploaded for a market.
struct MarketDocument {
    std::string key{};
    std::optional<std::string> file_name{};
    std::optional<std::string> document_id{};
};

/// What the account has submitted for a market.
struct MarketCompliance {
    /// Identity of the sender. Absent if the market does not register. The market decides which members it
    /// has.
    RawJson brand{};
    /// The campaign, in answers of before November 2026, which had one for each market.
    RawJson campaign{};
    std::vector<MarketCampaign> campaigns{};
    /// Not set if the service has not fetched them, as in lists. Empty if none were given.
    std::optional<std::vector<MarketDocument>> documents{};
    /// Only in older answers.
    RawJson requirements{};
};

/// An SMS market.
struct SmsMarket {
    /// ISO 3166-1 alpha-2.
    std::string country{};
    MarketNumberType number_type{};
    std::vector<MarketNumber> numbers{};
    /// A market with several numbers has the status of its healthiest one.
    ChannelStatus status{};
    /// Why the market is not active, such as `CHANNEL_001`.
    std::optional<std::string> reason_code{};
    /// The same in words, for people.
    std::optional<std::string> reason{};
    std::optional<std::string> note{};
    std::optional<MarketCompliance> compliance{};
    /// What recipients see as the sender. If the service leaves it out, as it does since November 2026, it is
    /// that of the first number that has one.
    std::optional<std::string> sender_value{};
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_OPEN_ENUM(sent::v3::MarketNumberType, ten_dlc, local, mobile, toll_free, short_code, alphanumeric,
                      long_code);
SENT_DETAIL_OPEN_ENUM(sent::v3::ChannelStatus, provisioning, action_needed, pending_review, active, inactive);
SENT_DETAIL_OPEN_ENUM(sent::v3::MarketCampaignStatus, active, pending_review, action_needed, declined,
                      inactive);

SENT_DETAIL_DESCRIBE(sent::v3::MarketNumber);
SENT_DETAIL_DESCRIBE(sent::v3::NumberRequest);
SENT_DETAIL_DESCRIBE(sent::v3::MarketCampaign);
SENT_DETAIL_DESCRIBE(sent::v3::MarketDocument);
SENT_DETAIL_DESCRIBE(sent::v3::MarketCompliance);
SENT_DETAIL_DESCRIBE(sent::v3::SmsMarket);
