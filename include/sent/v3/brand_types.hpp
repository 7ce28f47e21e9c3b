#pragma once

#include <sent/open_enum.hpp>

/// @file
/// Enumerations of a brand.

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

}  // namespace v3
}  // namespace sent

SENT_DETAIL_OPEN_ENUM(sent::v3::EntityType, private_profit, public_profit, non_profit, sole_proprietor,
                      government);
SENT_DETAIL_OPEN_ENUM(sent::v3::BrandRelationship, basic_account, small_account, medium_account,
                      large_account, key_account);
SENT_DETAIL_OPEN_ENUM(sent::v3::BrandVertical, professional, real_estate, healthcare, human_resources, energy,
                      entertainment, retail, transportation, agriculture, insurance, postal, education,
                      hospitality, financial, political, gambling, legal, construction, ngo, manufacturing,
                      government, technology, communication);
SENT_DETAIL_OPEN_ENUM(sent::v3::BrandStatus, active, inactive, suspended);
SENT_DETAIL_OPEN_ENUM(sent::v3::BrandIdentityStatus, self_declared, unverified, verified, vetted_verified);
