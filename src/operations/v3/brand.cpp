#include <sent/v3/brand.hpp>

#include <utility>

#include "json/field.hpp"

namespace sent::detail {
SENT_TABLE(DestinationCountry,
           field<&DestinationCountry::id>("id"),
           field<&DestinationCountry::is_main>("isMain"));
SENT_TABLE(BrandContact,
           field<&BrandContact::name>("name"),
           field<&BrandContact::business_name>("business_name"),
           field<&BrandContact::email>("email"),
           field<&BrandContact::phone>("phone"),
           field<&BrandContact::phone_country_code>("phone_country_code"),
           field<&BrandContact::role>("role"));
SENT_TABLE(BrandBusiness,
           field<&BrandBusiness::legal_name>("legal_name"),
           field<&BrandBusiness::entity_type>("entity_type"),
           field<&BrandBusiness::tax_id>("tax_id"),
           field<&BrandBusiness::tax_id_type>("tax_id_type"),
           field<&BrandBusiness::street>("street"),
           field<&BrandBusiness::city>("city"),
           field<&BrandBusiness::state>("state"),
           field<&BrandBusiness::postal_code>("postal_code"),
           field<&BrandBusiness::country>("country"),
           field<&BrandBusiness::country_of_registration>("country_of_registration"),
           field<&BrandBusiness::url>("url"));
SENT_TABLE(BrandCompliance,
           field<&BrandCompliance::brand_relationship>("brand_relationship"),
           field<&BrandCompliance::vertical>("vertical"),
           field<&BrandCompliance::primary_use_case>("primary_use_case"),
           field<&BrandCompliance::expected_messaging_volume>("expected_messaging_volume"),
           field<&BrandCompliance::phone_number_prefix>("phone_number_prefix"),
           field<&BrandCompliance::notes>("notes"),
           field<&BrandCompliance::is_tcr_application>("is_tcr_application"),
           field<&BrandCompliance::destination_countries>("destination_countries"));
SENT_TABLE(Brand,
           field<&Brand::id>("id"),
           field<&Brand::tcr_brand_id>("tcr_brand_id"),
           field<&Brand::csp_id>("csp_id"),
           field<&Brand::universal_ein>("universal_ein"),
           field<&Brand::status>("status"),
           field<&Brand::identity_status>("identity_status"),
           field<&Brand::submitted_to_tcr>("submitted_to_tcr"),
           field<&Brand::submitted_at>("submitted_at"),
           field<&Brand::is_inherited>("is_inherited"),
           field<&Brand::created_at>("created_at"),
           field<&Brand::updated_at>("updated_at"),
           field<&Brand::contact>("contact"),
           field<&Brand::business>("business"),
           field<&Brand::compliance>("compliance"));
SENT_TABLE(BrandContactInput,
           field<&BrandContactInput::name>("name"),
           field<&BrandContactInput::business_name>("businessName"),
           field<&BrandContactInput::email>("email"),
           field<&BrandContactInput::phone>("phone"),
           field<&BrandContactInput::phone_country_code>("phoneCountryCode"),
           field<&BrandContactInput::role>("role"));
SENT_TABLE(BrandBusinessInput,
           field<&BrandBusinessInput::legal_name>("legalName"),
           field<&BrandBusinessInput::entity_type>("entityType"),
           field<&BrandBusinessInput::tax_id>("taxId"),
           field<&BrandBusinessInput::tax_id_type>("taxIdType"),
           field<&BrandBusinessInput::street>("street"),
           field<&BrandBusinessInput::city>("city"),
           field<&BrandBusinessInput::state>("state"),
           field<&BrandBusinessInput::postal_code>("postalCode"),
           field<&BrandBusinessInput::country>("country"),
           field<&BrandBusinessInput::country_of_registration>("countryOfRegistration"),
           field<&BrandBusinessInput::url>("url"));
SENT_TABLE(BrandComplianceInput,
           field<&BrandComplianceInput::brand_relationship>("brandRelationship"),
           field<&BrandComplianceInput::vertical>("vertical"),
           field<&BrandComplianceInput::destination_countries>("destinationCountries"),
           field<&BrandComplianceInput::is_tcr_application>("isTcrApplication"),
           field<&BrandComplianceInput::phone_number_prefix>("phoneNumberPrefix"),
           field<&BrandComplianceInput::primary_use_case>("primaryUseCase"),
           field<&BrandComplianceInput::notes>("notes"));
SENT_TABLE(BrandInput,
           field<&BrandInput::contact>("contact").required(),
           field<&BrandInput::compliance>("compliance").required(),
           field<&BrandInput::business>("business"));

}  // namespace sent::detail

namespace sent {

inline namespace v3 {}  // namespace v3
}  // namespace sent
