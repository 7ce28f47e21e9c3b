#pragma once

#include <optional>
#include <string>
#include <utility>

#include <sent/client.hpp>
#include <sent/nullable.hpp>
#include <sent/page.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/account.hpp>
#include <sent/v3/brand.hpp>
#include <sent/v3/campaigns.hpp>
#include <sent/v3/common.hpp>

/// @file
/// Profiles: accounts below an organization's. The vendor calls the family deprecated; it works unchanged.

namespace sent {
inline namespace v3 {

/// Who gets the bill.
struct BillingContact {
    std::optional<std::string> name{};
    std::optional<std::string> email{};
    std::optional<std::string> phone{};
    std::optional<std::string> address{};
};

/// A card to pay with. A secret: never shown in logs or errors. All members are required.
struct PaymentDetails {
    /// 13 to 19 digits.
    std::string card_number{};
    /// `MM/YY`.
    std::string expiry{};
    /// 3 or 4 digits.
    std::string cvc{};
    std::string zip_code{};
};

/// The WhatsApp business account of a profile.
struct WhatsappBusinessAccount {
    /// Required.
    std::string waba_id{};
    /// Required. A secret.
    std::string access_token{};
    std::optional<std::string> phone_number_id{};
};

/// A profile. What the service leaves out is empty.
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

/// `POST /v3/profiles`.
struct CreateProfileRequest {
    /// Required.
    std::string name{};
    std::optional<std::string> icon{};
    std::optional<std::string> description{};
    /// 3 to 11 letters, digits or spaces, at least one letter.
    std::optional<std::string> short_name{};
    std::optional<BillingModel> billing_model{};
    /// Needed, with name and email, for BillingModel::profile and profile_and_organization.
    std::optional<BillingContact> billing_contact{};
    std::optional<PaymentDetails> payment_details{};
    std::optional<BrandInput> brand{};
    /// ErrorKind::unprocessable when neither the profile nor its organization has one.
    std::optional<WhatsappBusinessAccount> whatsapp_business_account{};
    /// Ignored by the service since August 2026, as are `inherit_templates` and the two `allow_...`.
    std::optional<bool> inherit_contacts{};
    std::optional<bool> inherit_templates{};
    /// True unless set.
    std::optional<bool> inherit_tcr_brand{};
    /// True unless set.
    std::optional<bool> inherit_tcr_campaign{};
    std::optional<bool> allow_contact_sharing{};
    std::optional<bool> allow_template_sharing{};
};

/// `GET /v3/profiles`.
struct ListProfilesRequest {};

/// `GET /v3/profiles/{profileId}`.
struct GetProfileRequest {
    std::string profile_id{};
};

/// `PATCH /v3/profiles/{profileId}`: changes the members that are set.
struct UpdateProfileRequest {
    std::string profile_id{};
    Nullable<std::string> name{};
    Nullable<std::string> icon{};
    Nullable<std::string> description{};
    Nullable<std::string> short_name{};
    Nullable<BillingModel> billing_model{};
    Nullable<BillingContact> billing_contact{};
    Nullable<PaymentDetails> payment_details{};
    Nullable<BrandInput> brand{};
    /// Ignored by the service since August 2026, as are `inherit_templates`, the two `allow_..._sharing` and
    /// the two `sending_..._profile_id`.
    Nullable<bool> inherit_contacts{};
    Nullable<bool> inherit_templates{};
    Nullable<bool> inherit_tcr_brand{};
    Nullable<bool> inherit_tcr_campaign{};
    Nullable<bool> allow_contact_sharing{};
    Nullable<bool> allow_template_sharing{};
    Nullable<bool> allow_number_change_during_onboarding{};
    Nullable<std::string> sending_phone_number{};
    Nullable<std::string> sending_phone_number_profile_id{};
    Nullable<std::string> sending_whatsapp_number_profile_id{};
    Nullable<std::string> whatsapp_phone_number{};
};

/// `DELETE /v3/profiles/{profileId}`.
struct RemoveProfileRequest {
    std::string profile_id{};
};

/// `POST /v3/profiles/{profileId}/complete`.
struct CompleteProfileRequest {
    std::string profile_id{};
    /// Required: told of the end (`COMPLETED`, `SUBMITTED`, `failed`). How that call is signed is not
    /// documented. `webHookUrl` on the wire.
    std::string webhook_url{};
};

/// How the completion of a profile stands. All empty for a 204.
struct ProfileCompletion {
    /// Set when the profile was complete already (200), empty while it is under way (202).
    std::optional<ProfileStatus> status{};
    std::optional<std::string> message{};
};

/// Profiles of the organization. Thread-safe. An unknown id is ErrorKind::not_found (RESOURCE_014). To act
/// for a profile see Client::for_profile().
class SENT_EXPORT Profiles {
  public:
    explicit Profiles(Client client) noexcept : client_(std::move(client)) {}

    /// Campaigns, which belong to profiles.
    [[nodiscard]] Campaigns campaigns() const { return Campaigns{client_}; }

    /// `POST /v3/profiles`. A keyed write: repeated with the same idempotency key when it fails for a passing
    /// reason.
    Result<Profile> create(const CreateProfileRequest& request, const CallOptions& options = {}) const;
    /// `GET /v3/profiles`. A read; all of them make one page.
    Result<Page<Profile>> list(const ListProfilesRequest& request = {},
                               const CallOptions& options = {}) const;
    /// `GET /v3/profiles/{profileId}`. A read.
    Result<Profile> get(std::string profile_id, const CallOptions& options = {}) const;
    /// `PATCH /v3/profiles/{profileId}`. A keyed write.
    Result<Profile> update(const UpdateProfileRequest& request, const CallOptions& options = {}) const;
    /// `DELETE /v3/profiles/{profileId}`. The service keeps what it hides. Knows no idempotency key: never
    /// repeated once it may have left (Outcome::unknown).
    Result<void> remove(std::string profile_id, const CallOptions& options = {}) const;
    /// `POST /v3/profiles/{profileId}/complete`. A keyed write; counts as sensitive: 10 a minute.
    Result<ProfileCompletion> complete(const CompleteProfileRequest& request,
                                       const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

inline sent::Profiles sent::Client::profiles() const {
    return Profiles{*this};
}

SENT_DETAIL_DESCRIBE(sent::v3::BillingContact);
SENT_DETAIL_DESCRIBE(sent::v3::PaymentDetails);
SENT_DETAIL_DESCRIBE(sent::v3::WhatsappBusinessAccount);
SENT_DETAIL_DESCRIBE(sent::v3::Profile);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::Profile>);
SENT_DETAIL_DESCRIBE(sent::v3::CreateProfileRequest);
SENT_DETAIL_DESCRIBE(sent::v3::ListProfilesRequest);
SENT_DETAIL_DESCRIBE(sent::v3::GetProfileRequest);
SENT_DETAIL_DESCRIBE(sent::v3::UpdateProfileRequest);
SENT_DETAIL_DESCRIBE(sent::v3::RemoveProfileRequest);
SENT_DETAIL_DESCRIBE(sent::v3::CompleteProfileRequest);
SENT_DETAIL_DESCRIBE(sent::v3::ProfileCompletion);
SENT_DETAIL_OPERATION(sent::v3::CreateProfileRequest, sent::v3::Profile);
SENT_DETAIL_OPERATION(sent::v3::ListProfilesRequest, sent::Page<sent::v3::Profile>);
SENT_DETAIL_OPERATION(sent::v3::GetProfileRequest, sent::v3::Profile);
SENT_DETAIL_OPERATION(sent::v3::UpdateProfileRequest, sent::v3::Profile);
SENT_DETAIL_OPERATION(sent::v3::RemoveProfileRequest, void);
SENT_DETAIL_OPERATION(sent::v3::CompleteProfileRequest, sent::v3::ProfileCompletion);
