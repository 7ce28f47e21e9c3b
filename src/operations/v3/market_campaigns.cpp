#include <sent/v3/market_campaigns.hpp>

#include "json/field.hpp"
#include "operations/v3/pages.hpp"
#include "operations/v3/sms_market.hpp"

namespace sent::detail {
SENT_EMPTY_TABLE(ListMarketCampaignsRequest);
SENT_TABLE(AddMarketCampaignRequest,
           field<&AddMarketCampaignRequest::campaign>("campaign").required().whole_object());
SENT_TABLE(UpdateMarketCampaignRequest,
           field<&UpdateMarketCampaignRequest::campaign_id>("campaignId").in_path(),
           field<&UpdateMarketCampaignRequest::campaign>("campaign").required().whole_object());
// The service returns a bare array.
SENT_TABLE_OR_ARRAY(Page<MarketCampaign>, "campaigns",
                    field<&Page<MarketCampaign>::items>("campaigns"),
                    pagination_field<MarketCampaign>());

// Which market and campaign it was is not in their requests, or not in their answers.
SENT_OPERATION(ListMarketCampaignsRequest,
               whole_list<MarketCampaign>("v3.channels.sms.campaigns.list",
                                          "/v3/channels/sms/US/TEN_DLC/campaigns",
                                          "List the campaigns of the US 10DLC market"));
SENT_OPERATION(AddMarketCampaignRequest,
               keyed_write("v3.channels.sms.campaigns.create", "POST",
                           "/v3/channels/sms/US/TEN_DLC/campaigns", "Register a further campaign")
                   .without_sandbox()
                   .finishes(&finish_market));
SENT_OPERATION(UpdateMarketCampaignRequest,
               patch("v3.channels.sms.campaigns.update", "/v3/channels/sms/US/TEN_DLC/campaigns/{campaignId}",
                     "Change a campaign")
                   .without_sandbox()
                   .finishes(&finish_market));

SENT_OPERATIONS(v3_market_campaigns, ListMarketCampaignsRequest, AddMarketCampaignRequest,
                UpdateMarketCampaignRequest);

}  // namespace sent::detail

namespace sent {

inline namespace v3 {

Result<Page<MarketCampaign>> MarketCampaigns::list(const CallOptions& options) const {
    return client_.call(ListMarketCampaignsRequest{}, options);
}

Result<SmsMarket> MarketCampaigns::create(const AddMarketCampaignRequest& request,
                                          const CallOptions& options) const {
    return client_.call(request, options);
}

Result<SmsMarket> MarketCampaigns::update(const UpdateMarketCampaignRequest& request,
                                          const CallOptions& options) const {
    return client_.call(request, options);
}

}  // namespace v3
}  // namespace sent
