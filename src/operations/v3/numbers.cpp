#include <sent/v3/numbers.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/v3/routes.hpp"

namespace sent::detail {
namespace {

constexpr Field lookup_number_fields[] = {
    field<&LookupNumberRequest::phone_number>("phoneNumber").in_path(),
};
constexpr StructInfo lookup_number_info{"v3::LookupNumberRequest", lookup_number_fields};

constexpr Field number_lookup_fields[] = {
    field<&NumberLookup::phone_number>("phone_number"),
    field<&NumberLookup::is_valid>("is_valid"),
    field<&NumberLookup::country_code>("country_code"),
    field<&NumberLookup::carrier_name>("carrier_name"),
    field<&NumberLookup::line_type>("line_type"),
    field<&NumberLookup::mobile_country_code>("mobile_country_code"),
    field<&NumberLookup::mobile_network_code>("mobile_network_code"),
    field<&NumberLookup::is_ported>("is_ported"),
    field<&NumberLookup::is_voip>("is_voip"),
};
constexpr StructInfo number_lookup_info{"v3::NumberLookup", number_lookup_fields};

constexpr Route lookup_number_route = v3_read_route("v3.numbers.lookup", "/v3/numbers/lookup/{phoneNumber}",
                                                    lookup_number_info, number_lookup_info);

}  // namespace

const StructInfo& Described<LookupNumberRequest>::info() noexcept {
    return lookup_number_info;
}
const StructInfo& Described<NumberLookup>::info() noexcept {
    return number_lookup_info;
}

}  // namespace sent::detail

namespace sent {

const Route& operation<LookupNumberRequest>::route() noexcept {
    return detail::lookup_number_route;
}

inline namespace v3 {

Result<NumberLookup> Numbers::lookup(std::string phone_number, const CallOptions& options) const {
    return client_.call(LookupNumberRequest{std::move(phone_number)}, options);
}

}  // namespace v3
}  // namespace sent
