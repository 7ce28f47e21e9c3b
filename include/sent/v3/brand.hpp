#pragma once

#include <optional>
#include <string>
#include <vector>

#include <sent/open_enum.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/common.hpp>

/// @file
/// The brand of a profile, as US carriers register it (TCR). Requests and answers use different names on the
/// wire, so each part has two structs.

namespace sent {
inline namespace v3 {

/// Legal form of a business. Open enumeration: see OpenEnum.
class EntityType : public OpenEnum<EntityType> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant private_profit{"PRIVATE_PROFIT"};
    static constexpr Constant public_profit{"PUBLIC_PROFIT"};
    static constexpr Constant non_profit{"NON_PROFIT"};
    static constexpr Constant sole_proprietor{"SOLE_PROPRIETOR"};
    static constexpr Constant government{"GOVERNMENT"};
};

/// Size of the customer relationship with the brand. Open enumeration: see OpenEnum.
class BrandRelationship : public OpenEnum<BrandRelationship> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant basic_account{"BASIC_ACCOUNT"};
    static constexpr Constant small_account{"SMALL_ACCOUNT"};
    static constexpr Constant medium_account{"MEDIUM_ACCOUNT"};
    static constexpr Constant large_account{"LARGE_ACCOUNT"};
    static constexpr Constant key_account{"KEY_ACCOUNT"};
};

/// Line of business. Open enumeration: see OpenEnum.
class BrandVertical : public OpenEnum<BrandVertical> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant professional{"PROFESSIONAL"};
    static constexpr Constant real_estate{"REAL_ESTATE"};
    static constexpr Constant healthcare{"HEALTHCARE"};
    static constexpr Constant human_resources{"HUMAN_RESOURCES"};
    static constexpr Constant energy{"ENERGY"};
    static constexpr Constant entertainment{"ENTERTAINMENT"};
    static constexpr Constant retail{"RETAIL"};
    static constexpr Constant transportation{"TRANSPORTATION"};
    static constexpr Constant agriculture{"AGRICULTURE"};
    static constexpr Constant insurance{"INSURANCE"};
    static constexpr Constant postal{"POSTAL"};
    static constexpr Constant education{"EDUCATION"};
    static constexpr Constant hospitality{"HOSPITALITY"};
    static constexpr Constant financial{"FINANCIAL"};
    static constexpr Constant political{"POLITICAL"};
    static constexpr Constant gambling{"GAMBLING"};
    static constexpr Constant legal{"LEGAL"};
    static constexpr Constant construction{"CONSTRUCTION"};
    static constexpr Constant ngo{"NGO"};
    static constexpr Constant manufacturing{"MANUFACTURING"};
    static constexpr Constant government{"GOVERNMENT"};
    static constexpr Constant technology{"TECHNOLOGY"};
    static constexpr Constant communication{"COMMUNICATION"};
};

/// Status of a brand. Open enumeration: see OpenEnum.
class BrandStatus : public OpenEnum<BrandStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant active{"ACTIVE"};
    static constexpr Constant inactive{"INACTIVE"};
    static constexpr Constant suspended{"SUSPENDED"};
};

/// Progress of the check of a brand's identity. Open enumeration: see OpenEnum.
class BrandIdentityStatus : public OpenEnum<BrandIdentityStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant self_declared{"SELF_DECLARED"};
    static constexpr Constant unverified{"UNVERIFIED"};
    static constexpr Constant verified{"VERIFIED"};
    static constexpr Constant vetted_verified{"VETTED_VERIFIED"};
};

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

SENT_DETAIL_HASHABLE(sent::v3::EntityType);
SENT_DETAIL_HASHABLE(sent::v3::BrandRelationship);
SENT_DETAIL_HASHABLE(sent::v3::BrandVertical);
SENT_DETAIL_HASHABLE(sent::v3::BrandStatus);
SENT_DETAIL_HASHABLE(sent::v3::BrandIdentityStatus);

SENT_DETAIL_DESCRIBE(sent::v3::DestinationCountry);
SENT_DETAIL_DESCRIBE(sent::v3::BrandContact);
SENT_DETAIL_DESCRIBE(sent::v3::BrandBusiness);
SENT_DETAIL_DESCRIBE(sent::v3::BrandCompliance);
SENT_DETAIL_DESCRIBE(sent::v3::Brand);
SENT_DETAIL_DESCRIBE(sent::v3::BrandContactInput);
SENT_DETAIL_DESCRIBE(sent::v3::BrandBusinessInput);
SENT_DETAIL_DESCRIBE(sent::v3::BrandComplianceInput);
SENT_DETAIL_DESCRIBE(sent::v3::BrandInput);
