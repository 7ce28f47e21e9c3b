#pragma once

#include <string>
#include <utility>

#include <sent/client.hpp>
#include <sent/json_text.hpp>
#include <sent/page.hpp>
#include <sent/v3/sms_market.hpp>

namespace sent {
inline namespace v3 {

/// Lists the campaigns of the US 10DLC market: `GET /v3/channels/sms/US/TEN_DLC/campaigns`. See
/// MarketCampaigns::list().
struct ListMarketCampaignsRequest {};

/// Registers a further campaign: `POST /v3/channels/sms/US/TEN_DLC/campaigns`. See
/// MarketCampaigns::create().
struct AddMarketCampaignRequest {
    /// Required. The campaign as JSON text, an object with all its members. They are written at the top level
    /// of the body. The service ignores `id` and `inherit`, so MarketCampaign::fields can be sent as it is.
    RawJson campaign{};
};

/// Changes a campaign: `PATCH /v3/channels/sms/US/TEN_DLC/campaigns/{campaignId}`. See
/// MarketCampaigns::update().
struct UpdateMarketCampaignRequest {
    /// Required.
    std::string campaign_id{};
    /// Required. The members to change as JSON text, an object with at least one. They are written at the top
    /// level of the body; members that are left out stay as they are. The service ignores `id`, `status` and
    /// `"inherit":false`.
    RawJson campaign{};
};

/// Manages the campaigns of the US 10DLC market. Thread-safe. If the account does not have this market, a
/// call fails with ErrorKind::not_found. The writes have no sandbox: a client in sandbox mode refuses them.
class SENT_EXPORT MarketCampaigns {
  public:
    explicit MarketCampaigns(Client client) noexcept : client_(std::move(client)) {}

    /// Returns all campaigns, oldest first, in one page: `GET /v3/channels/sms/US/TEN_DLC/campaigns`. A read:
    /// retried after transient failures.
    Result<Page<MarketCampaign>> list(const CallOptions& options = {}) const;
    /// Registers a further campaign: `POST /v3/channels/sms/US/TEN_DLC/campaigns`. **Each new campaign is
    /// billed when it is submitted.** A write with an idempotency key: retried with the same key after
    /// transient failures. The campaign has no numbers: add them with MarketNumbers::add(). Its volume tier
    /// cannot be changed once it is submitted. The answer is not documented: the text in
    /// `Result::meta().raw_body` has all of it.
    Result<SmsMarket> create(const AddMarketCampaignRequest& request, const CallOptions& options = {}) const;
    /// Changes a campaign: `PATCH /v3/channels/sms/US/TEN_DLC/campaigns/{campaignId}`. A write with an
    /// idempotency key: retried with the same key after transient failures. A campaign can be changed until
    /// it is filed, and again when a correction was requested. Otherwise, and if it is inherited or out of
    /// service, the call fails with ErrorKind::conflict.
    Result<SmsMarket> update(const UpdateMarketCampaignRequest& request,
                             const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::MarketCampaign>);
SENT_DETAIL_DESCRIBE(sent::v3::ListMarketCampaignsRequest);
SENT_DETAIL_DESCRIBE(sent::v3::AddMarketCampaignRequest);
SENT_DETAIL_DESCRIBE(sent::v3::UpdateMarketCampaignRequest);
SENT_DETAIL_OPERATION(sent::v3::ListMarketCampaignsRequest, sent::Page<sent::v3::MarketCampaign>);
SENT_DETAIL_OPERATION(sent::v3::AddMarketCampaignRequest, sent::v3::SmsMarket);
SENT_DETAIL_OPERATION(sent::v3::UpdateMarketCampaignRequest, sent::v3::SmsMarket);
