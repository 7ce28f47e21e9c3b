#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sent/client.hpp>
#include <sent/document.hpp>
#include <sent/json_text.hpp>
#include <sent/page.hpp>
#include <sent/v3/market_campaigns.hpp>
#include <sent/v3/market_numbers.hpp>
#include <sent/v3/sms_market.hpp>

namespace sent {
inline namespace v3 {

/// Lists the SMS markets: `GET /v3/channels/sms`. See SmsMarkets::list().
struct ListSmsMarketsRequest {};

/// Adds an SMS market: `POST /v3/channels/sms`. See SmsMarkets::create().
struct CreateSmsMarketRequest {
    /// Required. ISO 3166-1 alpha-2, in capitals.
    std::string country{};
    /// Required.
    MarketNumberType number_type{};
    /// Alphanumeric sender id.
    std::optional<std::string> sender_value{};
    /// Numbers to order, at most 49 in total.
    std::vector<NumberRequest> numbers{};
    /// Short form of `numbers`: one number for each area code. Not together with `numbers`.
    std::vector<std::string> area_codes{};
    /// What the market demands, as JSON text: `{"brand":{...},"campaign":{...}}`. Compliance::by_country()
    /// returns the members. `{"inherit":true}` in either uses the organization's.
    RawJson compliance{};
    /// Documents that the market demands. With them the request is multipart/form-data, and `numbers`,
    /// `area_codes`, `compliance` and CallOptions::extra_body must be empty: set those later, with update()
    /// and MarketNumbers. See Document.
    std::vector<Document> documents{};
};

/// Returns one SMS market: `GET /v3/channels/sms/{country}/{type}`. See SmsMarkets::get().
struct GetSmsMarketRequest {
    /// Required. ISO 3166-1 alpha-2, in capitals.
    std::string country{};
    /// Required.
    MarketNumberType type{};
};

/// Changes the compliance data of an SMS market: `PATCH /v3/channels/sms/{country}/{type}`. See
/// SmsMarkets::update().
struct UpdateSmsMarketRequest {
    /// Required. ISO 3166-1 alpha-2, in capitals.
    std::string country{};
    /// Required.
    MarketNumberType type{};
    /// Required. The members to change, as JSON text. A member that is left out stays as it is, at every
    /// level; null clears it. `"brand":null` returns to the organization's identity.
    RawJson compliance{};
};

/// Manages SMS markets. Thread-safe. If the account does not have the market, a call fails with
/// ErrorKind::not_found.
class SENT_EXPORT SmsMarkets {
  public:
    explicit SmsMarkets(Client client) noexcept : client_(std::move(client)) {}

    /// Returns all markets, in one page: `GET /v3/channels/sms`. A read: retried after transient failures.
    /// MarketCompliance::documents is not set here.
    Result<Page<SmsMarket>> list(const CallOptions& options = {}) const;
    /// Adds a market: `POST /v3/channels/sms`. A write with an idempotency key: retried with the same key
    /// after transient failures. **The numbers may cost money.** The call itself files nothing with carriers.
    /// A market that registers, such as US 10DLC, needs an identity: a `brand` in `compliance`, or
    /// `{"inherit":true}`. Otherwise the call fails with ErrorKind::bad_request.
    Result<SmsMarket> create(const CreateSmsMarketRequest& request, const CallOptions& options = {}) const;
    /// Returns a market: `GET /v3/channels/sms/{country}/{type}`. A read: retried after transient failures.
    Result<SmsMarket> get(std::string country, MarketNumberType type, const CallOptions& options = {}) const;
    /// Changes a market's compliance data: `PATCH /v3/channels/sms/{country}/{type}`. A write with an
    /// idempotency key: retried with the same key after transient failures. A campaign that is already filed
    /// fails with ErrorKind::conflict.
    Result<SmsMarket> update(const UpdateSmsMarketRequest& request, const CallOptions& options = {}) const;

    /// Numbers of the markets.
    [[nodiscard]] MarketNumbers numbers() const { return MarketNumbers{client_}; }
    /// Campaigns of the US 10DLC market.
    [[nodiscard]] MarketCampaigns campaigns() const { return MarketCampaigns{client_}; }

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::SmsMarket>);
SENT_DETAIL_DESCRIBE(sent::v3::ListSmsMarketsRequest);
SENT_DETAIL_DESCRIBE(sent::v3::CreateSmsMarketRequest);
SENT_DETAIL_DESCRIBE(sent::v3::GetSmsMarketRequest);
SENT_DETAIL_DESCRIBE(sent::v3::UpdateSmsMarketRequest);
SENT_DETAIL_OPERATION(sent::v3::ListSmsMarketsRequest, sent::Page<sent::v3::SmsMarket>);
SENT_DETAIL_OPERATION(sent::v3::CreateSmsMarketRequest, sent::v3::SmsMarket);
SENT_DETAIL_OPERATION(sent::v3::GetSmsMarketRequest, sent::v3::SmsMarket);
SENT_DETAIL_OPERATION(sent::v3::UpdateSmsMarketRequest, sent::v3::SmsMarket);
