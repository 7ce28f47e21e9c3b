#include <sent/v2/numbers.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/route_builder.hpp"

namespace sent::detail {

using v2::LookupNumberRequest;
using v2::NumberLookup;

namespace {

constexpr Field lookup_fields[] = {
    field<&LookupNumberRequest::phone_number>("phoneNumber").in_query().required(),
};
constexpr StructInfo lookup_info{"v2::LookupNumberRequest", lookup_fields};

constexpr Field number_fields[] = {
    field<&NumberLookup::phone_number>("phoneNumber"),
    field<&NumberLookup::format_e164>("formatE164"),
    field<&NumberLookup::format_international>("formatInternational"),
    field<&NumberLookup::format_national>("formatNational"),
    field<&NumberLookup::format_rfc>("formatRfc"),
    field<&NumberLookup::country_code>("countryCode"),
    field<&NumberLookup::region_code>("regionCode"),
    field<&NumberLookup::number_type>("numberType"),
    field<&NumberLookup::phone_timezones>("phoneTimezones"),
};
constexpr StructInfo number_info{"v2::NumberLookup", number_fields};

constexpr Route lookup_route =
    read_route(Generation::v2, "v2.numbers.lookup", "/v2/number-lookup", lookup_info, number_info);

}  // namespace

const StructInfo& Described<LookupNumberRequest>::info() noexcept {
    return lookup_info;
}
const StructInfo& Described<NumberLookup>::info() noexcept {
    return number_info;
}

}  // namespace sent::detail

namespace sent {

const Route& operation<v2::LookupNumberRequest>::route() noexcept {
    return detail::lookup_route;
}

namespace v2 {

Result<NumberLookup> Numbers::lookup(std::string phone_number, const CallOptions& options) const {
    return client_.call(LookupNumberRequest{std::move(phone_number)}, options);
}

}  // namespace v2
}  // namespace sent
