#include <sent/v3/numbers.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/rows.hpp"

namespace sent::detail {
SENT_TABLE(LookupNumberRequest,
           field<&LookupNumberRequest::phone_number>("phoneNumber").in_path());
SENT_TABLE(NumberLookup,
           field<&NumberLookup::phone_number>("phone_number"),
           field<&NumberLookup::is_valid>("is_valid"),
           field<&NumberLookup::country_code>("country_code"),
           field<&NumberLookup::carrier_name>("carrier_name"),
           field<&NumberLookup::line_type>("line_type"),
           field<&NumberLookup::mobile_country_code>("mobile_country_code"),
           field<&NumberLookup::mobile_network_code>("mobile_network_code"),
           field<&NumberLookup::is_ported>("is_ported"),
           field<&NumberLookup::is_voip>("is_voip"));

SENT_OPERATION(LookupNumberRequest,
               read("v3.numbers.lookup", "/v3/numbers/lookup/{phoneNumber}", "Look up a phone number"));

SENT_OPERATIONS(v3_numbers, LookupNumberRequest);

}  // namespace sent::detail

namespace sent {

inline namespace v3 {

Result<NumberLookup> Numbers::lookup(std::string phone_number, const CallOptions& options) const {
    return client_.call(LookupNumberRequest{std::move(phone_number)}, options);
}

}  // namespace v3
}  // namespace sent
