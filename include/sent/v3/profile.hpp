#pragma once

#include <optional>
#include <string>

#include <sent/operation.hpp>
#include <sent/page.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/account.hpp>
#include <sent/v3/brand.hpp>

/// @file
/// A profile and its parts, in answers and requests.

namespace sent {
inline namespace v3 {

/// Person or department that gets the bill.
struct BillingContact {
    std::optional<std::string> name{};
    std::optional<std::string> email{};
    std::optional<std::string> phone{};
    std::optional<std::string> address{};
};

/// A payment card. All members are required. They are secrets: no log or error contains them.
struct PaymentDetails {
    /// 13 to 19 digits.
    std::string card_number{};
    /// Month and year, `MM/YY`.
    std::string expiry{};
    /// 3 or 4 digits.
    std::string cvc{};
    std::string zip_code{};
};

/// WhatsApp business account of a profile.
struct WhatsappBusinessAccount {
    /// Required.
    std::string waba_id{};
    /// Required. A secret.
    std::string access_token{};
    std::optional<std::string> phone_number_id{};
};

/// A profile. Members that the service leaves out are empty.
struct Profile {
    std::string id{};
    std::optional<std::string> organization_id{};
    std::string name{};
    std::optional<std::string> email{};
    std::optional<std::string> icon{};
    std::optional<std::string> description{};
    std::optional<std::string> short_name{};
    ProfileStatus status{};
    std::optional<Timestamp> created_at{};
    std::optional<Timestamp> updated_at{};
    BillingModel billing_model{};
    std::optional<BillingContact> billing_contact{};
    std::optional<Brand> brand{};
    bool inherit_contacts = false;
    bool inherit_templates = false;
    bool inherit_tcr_brand = false;
    bool inherit_tcr_campaign = false;
    bool allow_contact_sharing = false;
    bool allow_template_sharing = false;
    std::optional<bool> allow_number_change_during_onboarding{};
    std::optional<std::string> sending_phone_number{};
    std::optional<std::string> sending_phone_number_profile_id{};
    std::optional<std::string> sending_whatsapp_number_profile_id{};
    std::optional<std::string> whatsapp_phone_number{};
    std::optional<std::string> waba_id{};
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_DESCRIBE(sent::v3::BillingContact);
SENT_DETAIL_DESCRIBE(sent::v3::PaymentDetails);
SENT_DETAIL_DESCRIBE(sent::v3::WhatsappBusinessAccount);
SENT_DETAIL_DESCRIBE(sent::v3::Profile);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::Profile>);
