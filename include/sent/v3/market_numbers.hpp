#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sent/client.hpp>
#include <sent/page.hpp>
#include <sent/v3/sms_market.hpp>

namespace sent {
inline namespace v3 {

/// Lists the numbers of a market: `GET /v3/channels/{channel}/{country}/{type}/numbers`. See
/// MarketNumbers::list().
struct ListMarketNumbersRequest {
    /// `sms` by default. The service has no other channel yet (ErrorKind::server, 501).
    std::string channel{"sms"};
    /// Required. ISO 3166-1 alpha-2, in capitals.
    std::string country{};
    /// Required.
    MarketNumberType type{};
    /// Only the numbers of this campaign, if it is not empty. US 10DLC only.
    std::string campaign_id{};
};

/// Adds numbers to a market: `POST /v3/channels/{channel}/{country}/{type}/numbers`. See
/// MarketNumbers::add().
struct AddMarketNumbersRequest {
    /// `sms` by default. The service has no other channel yet.
    std::string channel{"sms"};
    /// Required. ISO 3166-1 alpha-2, in capitals.
    std::string country{};
    /// Required. `TEN_DLC` or `LOCAL`: other types take no numbers.
    MarketNumberType type{};
    /// Required. One entry for each area code.
    std::vector<NumberRequest> numbers{};
    /// Id of a MarketCampaign. The service requires it for US 10DLC, and does not use it otherwise.
    std::optional<std::string> campaign_id{};
};

/// Replaces the list of numbers that a market asks for:
/// `PATCH /v3/channels/{channel}/{country}/{type}/numbers`. See MarketNumbers::replace().
struct ReplaceMarketNumbersRequest {
    /// `sms` by default. The service has no other channel yet.
    std::string channel{"sms"};
    /// Required. ISO 3166-1 alpha-2, in capitals.
    std::string country{};
    /// Required. `TEN_DLC` or `LOCAL`: other types take no numbers.
    MarketNumberType type{};
    /// Required. One entry for each area code. The list must cover every number that is assigned.
    std::vector<NumberRequest> numbers{};
    /// Id of a MarketCampaign. The service requires it for US 10DLC, and does not use it otherwise.
    std::optional<std::string> campaign_id{};
};

/// Manages the numbers of SMS markets. Thread-safe. If the account does not have the market, a call fails
/// with ErrorKind::not_found. The writes have no sandbox: a client in sandbox mode refuses them.
class SENT_EXPORT MarketNumbers {
  public:
    explicit MarketNumbers(Client client) noexcept : client_(std::move(client)) {}

    /// Returns the numbers of the market, in one page:
    /// `GET /v3/channels/{channel}/{country}/{type}/numbers`. A read: retried after transient failures.
    Result<Page<MarketNumber>> list(const ListMarketNumbersRequest& request,
                                    const CallOptions& options = {}) const;
    /// Adds numbers: `POST /v3/channels/{channel}/{country}/{type}/numbers`. **The numbers may cost money.**
    /// A write with an idempotency key: retried with the same key after transient failures. Numbers that are
    /// already there stay. Only the one number that a campaign without numbers asks for by itself is replaced
    /// by the first numbers that are added, while it is not assigned. A campaign, or a `LOCAL` market, has at
    /// most 49 numbers. A campaign that is expired, deactivated or released fails with ErrorKind::conflict.
    Result<SmsMarket> add(const AddMarketNumbersRequest& request, const CallOptions& options = {}) const;
    /// Replaces the list of numbers that the market asks for:
    /// `PATCH /v3/channels/{channel}/{country}/{type}/numbers`. A write with an idempotency key: retried with
    /// the same key after transient failures. No assigned number is released: a list that does not cover all
    /// of them fails with ErrorKind::bad_request. Errors are otherwise those of add().
    Result<SmsMarket> replace(const ReplaceMarketNumbersRequest& request,
                              const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::MarketNumber>);
SENT_DETAIL_DESCRIBE(sent::v3::ListMarketNumbersRequest);
SENT_DETAIL_DESCRIBE(sent::v3::AddMarketNumbersRequest);
SENT_DETAIL_DESCRIBE(sent::v3::ReplaceMarketNumbersRequest);
SENT_DETAIL_OPERATION(sent::v3::ListMarketNumbersRequest, sent::Page<sent::v3::MarketNumber>);
SENT_DETAIL_OPERATION(sent::v3::AddMarketNumbersRequest, sent::v3::SmsMarket);
SENT_DETAIL_OPERATION(sent::v3::ReplaceMarketNumbersRequest, sent::v3::SmsMarket);
