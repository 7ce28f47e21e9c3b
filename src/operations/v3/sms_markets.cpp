#include <sent/v3/sms_markets.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/v3/pages.hpp"
#include "operations/v3/sms_market.hpp"

namespace sent::detail {
namespace {

void finish_markets(void* response, const HttpRequest& request, std::string_view body) {
    for (auto& market : static_cast<Page<SmsMarket>*>(response)->items) {
        complete_sender(market);
    }
    finish_whole_list<SmsMarket>(response, request, body);
}

/// Whether two number types may be the same. 10DLC has several names.
bool may_be_same_type(const MarketNumberType& asked, const MarketNumberType& answered) {
    const auto is_ten_dlc = [](const MarketNumberType& type) {
        return type == MarketNumberType::ten_dlc || type == MarketNumberType{"10DLC"} ||
               type == MarketNumberType::long_code;
    };
    return may_be_same_name(asked.str(), answered.str()) || (is_ten_dlc(asked) && is_ten_dlc(answered));
}

Route::ReplayMismatch other_new_market(const HttpRequest& request, const void* response,
                                       std::string_view /*body*/) {
    const auto asked = sent_request<CreateSmsMarketRequest>(request);
    const auto& answered = *static_cast<const SmsMarket*>(response);
    return mismatch_unless(may_be_same_name(asked.country, answered.country) &&
                               may_be_same_type(asked.number_type, answered.number_type),
                           "for another market");
}

}  // namespace

SENT_EMPTY_TABLE(ListSmsMarketsRequest);
SENT_TABLE(CreateSmsMarketRequest,
           field<&CreateSmsMarketRequest::country>("country").required(),
           field<&CreateSmsMarketRequest::number_type>("number_type").required(),
           field<&CreateSmsMarketRequest::sender_value>("sender_value"),
           field<&CreateSmsMarketRequest::numbers>("numbers"),
           field<&CreateSmsMarketRequest::area_codes>("area_codes"),
           field<&CreateSmsMarketRequest::compliance>("compliance"));
SENT_TABLE(GetSmsMarketRequest,
           field<&GetSmsMarketRequest::country>("country").in_path(),
           field<&GetSmsMarketRequest::type>("type").in_path());
SENT_TABLE(UpdateSmsMarketRequest,
           field<&UpdateSmsMarketRequest::country>("country").in_path(),
           field<&UpdateSmsMarketRequest::type>("type").in_path(),
           field<&UpdateSmsMarketRequest::compliance>("compliance").required());
// The service returns a bare array.
SENT_TABLE_OR_ARRAY(Page<SmsMarket>, "markets",
                    field<&Page<SmsMarket>::items>("markets"),
                    pagination_field<SmsMarket>());

SENT_OPERATION(ListSmsMarketsRequest, read("v3.channels.sms.list", "/v3/channels/sms", "List SMS markets")
                                          .finishes(&finish_markets));
SENT_OPERATION(CreateSmsMarketRequest,
               keyed_write("v3.channels.sms.create", "POST", "/v3/channels/sms", "Add an SMS market")
                   .takes_documents<CreateSmsMarketRequest>()
                   .finishes(&finish_market)
                   .checks_replays(&other_new_market));
SENT_OPERATION(GetSmsMarketRequest,
               read("v3.channels.sms.get", "/v3/channels/sms/{country}/{type}", "Get an SMS market")
                   .finishes(&finish_market));
SENT_OPERATION(UpdateSmsMarketRequest, patch("v3.channels.sms.update", "/v3/channels/sms/{country}/{type}",
                                             "Change the compliance data of an SMS market")
                                           .finishes(&finish_market)
                                           .checks_replays(&other_market));

SENT_OPERATIONS(v3_sms_markets, ListSmsMarketsRequest, CreateSmsMarketRequest, GetSmsMarketRequest,
                UpdateSmsMarketRequest);

}  // namespace sent::detail

namespace sent {

inline namespace v3 {

Result<Page<SmsMarket>> SmsMarkets::list(const CallOptions& options) const {
    return client_.call(ListSmsMarketsRequest{}, options);
}

Result<SmsMarket> SmsMarkets::create(const CreateSmsMarketRequest& request,
                                     const CallOptions& options) const {
    return client_.call(request, options);
}

Result<SmsMarket> SmsMarkets::get(std::string country, MarketNumberType type,
                                  const CallOptions& options) const {
    return client_.call(GetSmsMarketRequest{std::move(country), std::move(type)}, options);
}

Result<SmsMarket> SmsMarkets::update(const UpdateSmsMarketRequest& request,
                                     const CallOptions& options) const {
    return client_.call(request, options);
}

}  // namespace v3
}  // namespace sent
