#pragma once

#include <optional>
#include <string>
#include <utility>

#include <sent/client.hpp>
#include <sent/detail/deprecated.hpp>
#include <sent/nullable.hpp>
#include <sent/page.hpp>
#include <sent/v3/account.hpp>
#include <sent/v3/brand.hpp>
#include <sent/v3/campaigns.hpp>
#include <sent/v3/profile.hpp>

/// @file
/// Profiles: accounts below the account of an organization. The vendor has deprecated this group of
/// operations, but it still works. `docs/v3.md` lists the replacements.

namespace sent {
inline namespace v3 {

/// Creates a profile: `POST /v3/profiles`. See Profiles::create().
struct CreateProfileRequest {
    /// Required.
    std::string name{};
    std::optional<std::string> icon{};
    std::optional<std::string> description{};
    /// 3 to 11 letters, digits or spaces, with at least one letter.
    std::optional<std::string> short_name{};
    std::optional<BillingModel> billing_model{};
    /// Required, with name and email, if `billing_model` is BillingModel::profile or
    /// BillingModel::profile_and_organization.
    std::optional<BillingContact> billing_contact{};
    std::optional<PaymentDetails> payment_details{};
    std::optional<BrandInput> brand{};
    /// If neither the profile nor its organization has one, the call fails with ErrorKind::unprocessable.
    std::optional<WhatsappBusinessAccount> whatsapp_business_account{};
    /// Since August 2026 the service ignores this member, `inherit_templates`, `allow_contact_sharing` and
    /// `allow_template_sharing`.
    std::optional<bool> inherit_contacts{};
    std::optional<bool> inherit_templates{};
    /// Defaults to true.
    std::optional<bool> inherit_tcr_brand{};
    /// Defaults to true.
    std::optional<bool> inherit_tcr_campaign{};
    std::optional<bool> allow_contact_sharing{};
    std::optional<bool> allow_template_sharing{};
};

/// Lists the profiles of the organization: `GET /v3/profiles`. See Profiles::list().
struct ListProfilesRequest {};

/// Reads a profile: `GET /v3/profiles/{profileId}`. See Profiles::get().
struct GetProfileRequest {
    /// Required.
    std::string profile_id{};
};

/// Changes the members of a profile that are set here: `PATCH /v3/profiles/{profileId}`. See
/// Profiles::update().
struct UpdateProfileRequest {
    /// Required.
    std::string profile_id{};
    Nullable<std::string> name{};
    Nullable<std::string> icon{};
    Nullable<std::string> description{};
    Nullable<std::string> short_name{};
    Nullable<BillingModel> billing_model{};
    Nullable<BillingContact> billing_contact{};
    Nullable<PaymentDetails> payment_details{};
    Nullable<BrandInput> brand{};
    /// Since August 2026 the service ignores this member, `inherit_templates`, `allow_contact_sharing`,
    /// `allow_template_sharing`, `sending_phone_number_profile_id` and `sending_whatsapp_number_profile_id`.
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

/// Removes a profile: `DELETE /v3/profiles/{profileId}`. See Profiles::remove().
struct RemoveProfileRequest {
    /// Required.
    std::string profile_id{};
};

/// Completes the registration of a profile: `POST /v3/profiles/{profileId}/complete`. See
/// Profiles::complete().
struct CompleteProfileRequest {
    /// Required.
    std::string profile_id{};
    /// Required. The service posts the final status there (`COMPLETED`, `SUBMITTED` or `failed`) and does not
    /// document a signature. `webHookUrl` on the wire.
    std::string webhook_url{};
};

/// Progress of the completion of a profile. If the service answers 204, all members are empty.
struct ProfileCompletion {
    /// Set if the profile was already complete (200). Empty while the completion is in progress (202).
    std::optional<ProfileStatus> status{};
    std::optional<std::string> message{};
};

/// Manages the profiles of the organization. Thread-safe. If the id is unknown, a call fails with
/// ErrorKind::not_found (RESOURCE_014). To make calls for a profile, see Client::for_profile().
class SENT_EXPORT Profiles {
  public:
    explicit Profiles(Client client) noexcept : client_(std::move(client)) {}

    /// Returns access to the campaigns of profiles.
    [[nodiscard]] Campaigns campaigns() const { return Campaigns{client_}; }

    /// Creates a profile: `POST /v3/profiles`. A write with an idempotency key: retried with the same key
    /// after transient failures.
    SENT_DETAIL_DEPRECATED("use sender_profiles().create()")
    Result<Profile> create(const CreateProfileRequest& request, const CallOptions& options = {}) const;
    /// Returns all profiles, in one page: `GET /v3/profiles`. A read: retried after transient failures.
    SENT_DETAIL_DEPRECATED("use sender_profiles().list()")
    Result<Page<Profile>> list(const ListProfilesRequest& request = {},
                               const CallOptions& options = {}) const;
    /// Returns the profile with this id: `GET /v3/profiles/{profileId}`. A read: retried after transient
    /// failures.
    SENT_DETAIL_DEPRECATED("use sender_profiles().get()")
    Result<Profile> get(std::string profile_id, const CallOptions& options = {}) const;
    /// Changes the members that are set in the request and returns the profile:
    /// `PATCH /v3/profiles/{profileId}`. A write with an idempotency key: retried with the same key after
    /// transient failures.
    SENT_DETAIL_DEPRECATED("use sender_profiles().update()")
    Result<Profile> update(const UpdateProfileRequest& request, const CallOptions& options = {}) const;
    /// Removes a profile: `DELETE /v3/profiles/{profileId}`. The service hides the profile and keeps its
    /// data. The service accepts no idempotency key here: if it is unknown whether the request took effect,
    /// the library does not retry it and the call ends with Outcome::unknown.
    SENT_DETAIL_DEPRECATED("use sender_profiles().remove()")
    Result<void> remove(std::string profile_id, const CallOptions& options = {}) const;
    /// Completes the registration of a profile: `POST /v3/profiles/{profileId}/complete`. A write with an
    /// idempotency key: retried with the same key after transient failures. The service counts it as
    /// sensitive and allows 10 such calls a minute.
    SENT_DETAIL_DEPRECATED("use sender_profiles().create(), whose profiles need no completion")
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
