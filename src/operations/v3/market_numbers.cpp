#include <sent/v3/market_numbers.hpp>

#include "json/field.hpp"
#include "operations/v3/pages.hpp"
#include "operations/v3/sms_market.hpp"

namespace sent::detail {

SENT_TABLE(ListMarketNumbersRequest,
           field<&ListMarketNumbersRequest::channel>("channel").in_path(),
           field<&ListMarketNumbersRequest::country>("country").in_path(),
           field<&ListMarketNumbersRequest::type>("type").in_path(),
           field<&ListMarketNumbersRequest::campaign_id>("campaign_id").in_query());
SENT_TABLE(AddMarketNumbersRequest,
           field<&AddMarketNumbersRequest::channel>("channel").in_path(),
           field<&AddMarketNumbersRequest::country>("country").in_path(),
           field<&AddMarketNumbersRequest::type>("type").in_path(),
           field<&AddMarketNumbersRequest::numbers>("numbers").required(),
           field<&AddMarketNumbersRequest::campaign_id>("campaign_id"));
SENT_TABLE(ReplaceMarketNumbersRequest,
           field<&ReplaceMarketNumbersRequest::channel>("channel").in_path(),
           field<&ReplaceMarketNumbersRequest::country>("country").in_path(),
           field<&ReplaceMarketNumbersRequest::type>("type").in_path(),
           field<&ReplaceMarketNumbersRequest::numbers>("numbers").required(),
           field<&ReplaceMarketNumbersRequest::campaign_id>("campaign_id"));
// Whether the service returns an array or an object is not documented.
SENT_TABLE_OR_ARRAY(Page<MarketNumber>, "numbers",
                    field<&Page<MarketNumber>::items>("numbers"),
                    pagination_field<MarketNumber>());

SENT_OPERATION(ListMarketNumbersRequest,
               whole_list<MarketNumber>("v3.channels.sms.numbers.list",
                                        "/v3/channels/{channel}/{country}/{type}/numbers",
                                        "List the numbers of a market"));
SENT_OPERATION(AddMarketNumbersRequest,
               keyed_write("v3.channels.sms.numbers.add", "POST",
                           "/v3/channels/{channel}/{country}/{type}/numbers", "Add numbers to a market")
                   .without_sandbox()
                   .finishes(&finish_market)
                   .checks_replays(&other_market));
SENT_OPERATION(ReplaceMarketNumbersRequest,
               patch("v3.channels.sms.numbers.replace", "/v3/channels/{channel}/{country}/{type}/numbers",
                     "Replace the numbers that a market asks for")
                   .without_sandbox()
                   .finishes(&finish_market)
                   .checks_replays(&other_market));

SENT_OPERATIONS(v3_market_numbers, ListMarketNumbersRequest, AddMarketNumbersRequest,
                ReplaceMarketNumbersRequest);

}  // namespace sent::detail

namespace sent {

inline namespace v3 {

Result<Page<MarketNumber>> MarketNumbers::list(const ListMarketNumbersRequest& request,
                                               const CallOptions& options) const {
    return client_.call(request, options);
}

Result<SmsMarket> MarketNumbers::add(const AddMarketNumbersRequest& request,
                                     const CallOptions& options) const {
    return client_.call(request, options);
}

Result<SmsMarket> MarketNumbers::replace(const ReplaceMarketNumbersRequest& request,
                                         const CallOptions& options) const {
    return client_.call(request, options);
}

}  // namespace v3
}  // namespace sent
