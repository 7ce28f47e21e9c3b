#include <sent/v2/numbers.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/rows.hpp"

namespace sent::detail {

using v2::LookupNumberRequest;
using v2::NumberLookup;

SENT_TABLE(LookupNumberRequest,
           field<&LookupNumberRequest::phone_number>("phoneNumber").in_query().required());
SENT_TABLE(NumberLookup,
           field<&NumberLookup::phone_number>("phoneNumber"),
           field<&NumberLookup::format_e164>("formatE164"),
           field<&NumberLookup::format_international>("formatInternational"),
           field<&NumberLookup::format_national>("formatNational"),
           field<&NumberLookup::format_rfc>("formatRfc"),
           field<&NumberLookup::country_code>("countryCode"),
           field<&NumberLookup::region_code>("regionCode"),
           field<&NumberLookup::number_type>("numberType"),
           field<&NumberLookup::phone_timezones>("phoneTimezones"));

SENT_OPERATION(LookupNumberRequest, read("v2.numbers.lookup", "/v2/number-lookup", "Look up a phone number"));

SENT_OPERATIONS(v2_numbers, LookupNumberRequest);

}  // namespace sent::detail

namespace sent {

namespace v2 {

Result<NumberLookup> Numbers::lookup(std::string phone_number, const CallOptions& options) const {
    return client_.call(LookupNumberRequest{std::move(phone_number)}, options);
}

}  // namespace v2
}  // namespace sent
