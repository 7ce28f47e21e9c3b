#include <sent/v3/compliance.hpp>

#include "json/field.hpp"
#include "operations/rows.hpp"

namespace sent::detail {

SENT_TABLE(GetComplianceRequirementsRequest,
           field<&GetComplianceRequirementsRequest::country>("country").required().in_query(),
           field<&GetComplianceRequirementsRequest::type>("type").required().in_query(),
           field<&GetComplianceRequirementsRequest::channel>("channel").in_query());
SENT_TABLE(ComplianceRequirements,
           field<&ComplianceRequirements::channel>("channel"),
           field<&ComplianceRequirements::country>("country"),
           field<&ComplianceRequirements::type>("type"),
           field<&ComplianceRequirements::required>("required"),
           field<&ComplianceRequirements::sender_id_pattern>("sender_id_pattern"),
           field<&ComplianceRequirements::requirements>("requirements"),
           field<&ComplianceRequirements::setup>("setup"));
SENT_TABLE(GetCountryComplianceRequest,
           field<&GetCountryComplianceRequest::channel>("channel").in_path(),
           field<&GetCountryComplianceRequest::country>("country").in_path());
SENT_TABLE(CountryCompliance,
           field<&CountryCompliance::number_types>("number_types"));

SENT_OPERATION(GetComplianceRequirementsRequest,
               read("v3.compliance.requirements", "/v3/compliance/requirements",
                    "Get what a market demands"));
SENT_OPERATION(GetCountryComplianceRequest,
               read("v3.compliance.by_country", "/v3/channels/{channel}/{country}/compliance",
                    "List the number types of a country with what each demands"));

SENT_OPERATIONS(v3_compliance, GetComplianceRequirementsRequest, GetCountryComplianceRequest);

}  // namespace sent::detail

namespace sent {

inline namespace v3 {

Result<ComplianceRequirements> Compliance::requirements(const GetComplianceRequirementsRequest& request,
                                                        const CallOptions& options) const {
    return client_.call(request, options);
}

Result<CountryCompliance> Compliance::by_country(const GetCountryComplianceRequest& request,
                                                 const CallOptions& options) const {
    return client_.call(request, options);
}

}  // namespace v3
}  // namespace sent
