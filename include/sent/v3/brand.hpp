#pragma once

#include <optional>
#include <string>
#include <vector>

#include <sent/operation.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/brand_types.hpp>

/// @file
/// The brand of a profile, as US carriers register it (TCR). Requests and answers use different names on the
/// wire, so each part has two structs.

namespace sent {
inline namespace v3 {

/// A country that the brand sends messages to.
struct DestinationCountry {
    /// Country code, ISO 3166-1 alpha-2.
    std::string id{};
    bool is_main = false;
};

/// Contact person of the brand, in answers.
struct BrandContact {
    std::string name{};
    std::optional<std::string> business_name{};
    std::optional<std::string> email{};
    std::optional<std::string> phone{};
    std::optional<std::string> phone_country_code{};
    std::optional<std::string> role{};
};

/// Business that owns the brand, in answers.
struct BrandBusiness {
    std::optional<std::string> legal_name{};
    std::optional<EntityType> entity_type{};
    std::optional<std::string> tax_id{};
    std::optional<std::string> tax_id_type{};
    std::optional<std::string> street{};
    std::optional<std::string> city{};
    std::optional<std::string> state{};
    std::optional<std::string> postal_code{};
    std::optional<std::string> country{};
    std::optional<std::string> country_of_registration{};
    std::optional<std::string> url{};
};

/// Compliance data of the brand, which carriers ask for, in answers.
struct BrandCompliance {
    std::optional<BrandRelationship> brand_relationship{};
    std::optional<BrandVertical> vertical{};
    /// The service now always returns null here.
    std::optional<std::string> primary_use_case{};
    /// The service removed this member in July 2026; it is read if it is present.
    std::optional<std::string> expected_messaging_volume{};
    std::optional<std::string> phone_number_prefix{};
    std::optional<std::string> notes{};
    std::optional<bool> is_tcr_application{};
    std::vector<DestinationCountry> destination_countries{};
};

/// Brand of a profile, in answers.
struct Brand {
    std::string id{};
    std::optional<std::string> tcr_brand_id{};
    /// Deprecated by the vendor.
    std::optional<std::string> csp_id{};
    std::optional<std::string> universal_ein{};
    std::optional<BrandStatus> status{};
    std::optional<BrandIdentityStatus> identity_status{};
    bool submitted_to_tcr = false;
    std::optional<Timestamp> submitted_at{};
    bool is_inherited = false;
    std::optional<Timestamp> created_at{};
    std::optional<Timestamp> updated_at{};
    std::optional<BrandContact> contact{};
    std::optional<BrandBusiness> business{};
    std::optional<BrandCompliance> compliance{};
};

/// Contact person of the brand, in requests.
struct BrandContactInput {
    /// Required.
    std::string name{};
    std::optional<std::string> business_name{};
    std::optional<std::string> email{};
    std::optional<std::string> phone{};
    std::optional<std::string> phone_country_code{};
    std::optional<std::string> role{};
};

/// Business that owns the brand, in requests.
struct BrandBusinessInput {
    std::optional<std::string> legal_name{};
    std::optional<EntityType> entity_type{};
    std::optional<std::string> tax_id{};
    std::optional<std::string> tax_id_type{};
    std::optional<std::string> street{};
    std::optional<std::string> city{};
    std::optional<std::string> state{};
    std::optional<std::string> postal_code{};
    std::optional<std::string> country{};
    std::optional<std::string> country_of_registration{};
    std::optional<std::string> url{};
};

/// Compliance data of the brand, in requests.
struct BrandComplianceInput {
    /// Required.
    BrandRelationship brand_relationship{};
    /// Required.
    BrandVertical vertical{};
    std::vector<DestinationCountry> destination_countries{};
    std::optional<bool> is_tcr_application{};
    std::optional<std::string> phone_number_prefix{};
    std::optional<std::string> primary_use_case{};
    std::optional<std::string> notes{};
};

/// Brand of a profile, in requests.
struct BrandInput {
    /// Required.
    BrandContactInput contact{};
    /// Required.
    BrandComplianceInput compliance{};
    std::optional<BrandBusinessInput> business{};
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_DESCRIBE(sent::v3::DestinationCountry);
SENT_DETAIL_DESCRIBE(sent::v3::BrandContact);
SENT_DETAIL_DESCRIBE(sent::v3::BrandBusiness);
SENT_DETAIL_DESCRIBE(sent::v3::BrandCompliance);
SENT_DETAIL_DESCRIBE(sent::v3::Brand);
SENT_DETAIL_DESCRIBE(sent::v3::BrandContactInput);
SENT_DETAIL_DESCRIBE(sent::v3::BrandBusinessInput);
SENT_DETAIL_DESCRIBE(sent::v3::BrandComplianceInput);
SENT_DETAIL_DESCRIBE(sent::v3::BrandInput);
