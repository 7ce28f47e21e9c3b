#include <sent/v3/sms_market.hpp>

#include "json/field.hpp"
#include "operations/v3/sms_market.hpp"

namespace sent::detail {

SENT_TABLE(MarketNumber,
           field<&MarketNumber::sender_value>("sender_value"),
           field<&MarketNumber::area_code>("area_code"),
           field<&MarketNumber::status>("status"),
           field<&MarketNumber::campaign_id>("campaign_id"));
SENT_TABLE(NumberRequest,
           field<&NumberRequest::area_code>("area_code"),
           field<&NumberRequest::quantity>("quantity"));
SENT_TABLE(MarketCampaign,
           field<&MarketCampaign::id>("id"),
           field<&MarketCampaign::status>("status"),
           field<&MarketCampaign::inherit>("inherit"),
           field<&MarketCampaign::fields>("fields").whole_object());
SENT_TABLE(MarketDocument,
           field<&MarketDocument::key>("key"),
           field<&MarketDocument::file_name>("file_name"),
           field<&MarketDocument::document_id>("document_id"));
SENT_TABLE(MarketCompliance,
           field<&MarketCompliance::brand>("brand"),
           field<&MarketCompliance::campaign>("campaign"),
           field<&MarketCompliance::campaigns>("campaigns"),
           field<&MarketCompliance::documents>("documents"),
           field<&MarketCompliance::requirements>("requirements"));
SENT_TABLE(SmsMarket,
           field<&SmsMarket::country>("country"),
           field<&SmsMarket::number_type>("number_type"),
           field<&SmsMarket::numbers>("numbers"),
           field<&SmsMarket::status>("status"),
           field<&SmsMarket::reason_code>("reason_code"),
           field<&SmsMarket::reason>("reason"),
           field<&SmsMarket::note>("note"),
           field<&SmsMarket::compliance>("compliance"),
           field<&SmsMarket::sender_value>("sender_value"));

void complete_sender(SmsMarket& market) {
    for (auto number = market.numbers.begin(); !market.sender_value && number != market.numbers.end();
         ++number) {
        market.sender_value = number->sender_value;
    }
}

void finish_market(void* response, const HttpRequest& /*request*/, std::string_view /*body*/) {
    complete_sender(*static_cast<SmsMarket*>(response));
}

Route::ReplayMismatch other_market(const HttpRequest& request, const void* response,
                                   std::string_view /*body*/) {
    return mismatch_unless(path_may_have(request, static_cast<const SmsMarket*>(response)->country),
                           "for another country");
}

}  // namespace sent::detail
