#include <sent/v3/profiles.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/v3/pages.hpp"
#include "operations/v3/replays.hpp"

namespace sent::detail {
namespace {

constexpr Field billing_contact_fields[] = {
    field<&BillingContact::name>("name"),
    field<&BillingContact::email>("email"),
    field<&BillingContact::phone>("phone"),
    field<&BillingContact::address>("address"),
};
constexpr StructInfo billing_contact_info{"v3::BillingContact", billing_contact_fields};

constexpr Field payment_details_fields[] = {
    field<&PaymentDetails::card_number>("card_number").secret(),
    field<&PaymentDetails::expiry>("expiry").secret(),
    field<&PaymentDetails::cvc>("cvc").secret(),
    field<&PaymentDetails::zip_code>("zip_code").secret(),
};
constexpr StructInfo payment_details_info{"v3::PaymentDetails", payment_details_fields};

constexpr Field whatsapp_business_account_fields[] = {
    field<&WhatsappBusinessAccount::waba_id>("waba_id"),
    field<&WhatsappBusinessAccount::access_token>("access_token").secret(),
    field<&WhatsappBusinessAccount::phone_number_id>("phone_number_id"),
};
constexpr StructInfo whatsapp_business_account_info{"v3::WhatsappBusinessAccount",
                                                    whatsapp_business_account_fields};

constexpr Field profile_fields[] = {
    field<&Profile::id>("id"),
    field<&Profile::organization_id>("organization_id"),
    field<&Profile::name>("name"),
    field<&Profile::email>("email"),
    field<&Profile::icon>("icon"),
    field<&Profile::description>("description"),
    field<&Profile::short_name>("short_name"),
    field<&Profile::status>("status"),
    field<&Profile::created_at>("created_at"),
    field<&Profile::updated_at>("updated_at"),
    field<&Profile::billing_model>("billing_model"),
    field<&Profile::billing_contact>("billing_contact"),
    field<&Profile::brand>("brand"),
    field<&Profile::inherit_contacts>("inherit_contacts"),
    field<&Profile::inherit_templates>("inherit_templates"),
    field<&Profile::inherit_tcr_brand>("inherit_tcr_brand"),
    field<&Profile::inherit_tcr_campaign>("inherit_tcr_campaign"),
    field<&Profile::allow_contact_sharing>("allow_contact_sharing"),
    field<&Profile::allow_template_sharing>("allow_template_sharing"),
    field<&Profile::allow_number_change_during_onboarding>("allow_number_change_during_onboarding"),
    field<&Profile::sending_phone_number>("sending_phone_number"),
    field<&Profile::sending_phone_number_profile_id>("sending_phone_number_profile_id"),
    field<&Profile::sending_whatsapp_number_profile_id>("sending_whatsapp_number_profile_id"),
    field<&Profile::whatsapp_phone_number>("whatsapp_phone_number"),
    field<&Profile::waba_id>("waba_id"),
};
constexpr StructInfo profile_info{"v3::Profile", profile_fields};

constexpr Field create_profile_fields[] = {
    field<&CreateProfileRequest::name>("name").required(),
    field<&CreateProfileRequest::icon>("icon"),
    field<&CreateProfileRequest::description>("description"),
    field<&CreateProfileRequest::short_name>("short_name"),
    field<&CreateProfileRequest::billing_model>("billing_model"),
    field<&CreateProfileRequest::billing_contact>("billing_contact"),
    field<&CreateProfileRequest::payment_details>("payment_details"),
    field<&CreateProfileRequest::brand>("brand"),
    field<&CreateProfileRequest::whatsapp_business_account>("whatsapp_business_account"),
    field<&CreateProfileRequest::inherit_contacts>("inherit_contacts"),
    field<&CreateProfileRequest::inherit_templates>("inherit_templates"),
    field<&CreateProfileRequest::inherit_tcr_brand>("inherit_tcr_brand"),
    field<&CreateProfileRequest::inherit_tcr_campaign>("inherit_tcr_campaign"),
    field<&CreateProfileRequest::allow_contact_sharing>("allow_contact_sharing"),
    field<&CreateProfileRequest::allow_template_sharing>("allow_template_sharing"),
};
constexpr StructInfo create_profile_info{"v3::CreateProfileRequest", create_profile_fields};

constexpr StructInfo list_profiles_info{"v3::ListProfilesRequest"};

constexpr Field get_profile_fields[] = {
    field<&GetProfileRequest::profile_id>("profileId").in_path(),
};
constexpr StructInfo get_profile_info{"v3::GetProfileRequest", get_profile_fields};

constexpr Field update_profile_fields[] = {
    field<&UpdateProfileRequest::profile_id>("profileId").in_path(),
    field<&UpdateProfileRequest::name>("name"),
    field<&UpdateProfileRequest::icon>("icon"),
    field<&UpdateProfileRequest::description>("description"),
    field<&UpdateProfileRequest::short_name>("short_name"),
    field<&UpdateProfileRequest::billing_model>("billing_model"),
    field<&UpdateProfileRequest::billing_contact>("billing_contact"),
    field<&UpdateProfileRequest::payment_details>("payment_details"),
    field<&UpdateProfileRequest::brand>("brand"),
    field<&UpdateProfileRequest::inherit_contacts>("inherit_contacts"),
    field<&UpdateProfileRequest::inherit_templates>("inherit_templates"),
    field<&UpdateProfileRequest::inherit_tcr_brand>("inherit_tcr_brand"),
    field<&UpdateProfileRequest::inherit_tcr_campaign>("inherit_tcr_campaign"),
    field<&UpdateProfileRequest::allow_contact_sharing>("allow_contact_sharing"),
    field<&UpdateProfileRequest::allow_template_sharing>("allow_template_sharing"),
    field<&UpdateProfileRequest::allow_number_change_during_onboarding>(
        "allow_number_change_during_onboarding"),
    field<&UpdateProfileRequest::sending_phone_number>("sending_phone_number"),
    field<&UpdateProfileRequest::sending_phone_number_profile_id>("sending_phone_number_profile_id"),
    field<&UpdateProfileRequest::sending_whatsapp_number_profile_id>("sending_whatsapp_number_profile_id"),
    field<&UpdateProfileRequest::whatsapp_phone_number>("whatsapp_phone_number"),
};
constexpr StructInfo update_profile_info{"v3::UpdateProfileRequest", update_profile_fields};

constexpr Field remove_profile_fields[] = {
    field<&RemoveProfileRequest::profile_id>("profileId").in_path(),
};
constexpr StructInfo remove_profile_info{"v3::RemoveProfileRequest", remove_profile_fields};

constexpr Field complete_profile_fields[] = {
    field<&CompleteProfileRequest::profile_id>("profileId").in_path(),
    field<&CompleteProfileRequest::webhook_url>("webHookUrl").required(),
};
constexpr StructInfo complete_profile_info{"v3::CompleteProfileRequest", complete_profile_fields};

constexpr Field profile_completion_fields[] = {
    field<&ProfileCompletion::status>("status"),
    field<&ProfileCompletion::message>("message"),
};
constexpr StructInfo profile_completion_info{"v3::ProfileCompletion", profile_completion_fields};

constexpr Field profile_page_fields[] = {
    field<&Page<Profile>::items>("profiles"),
    pagination_field<Profile>(),
};
constexpr StructInfo profile_page_info{"Page", profile_page_fields};

Route::ReplayMismatch other_profile(const HttpRequest& request, const void* response,
                                    std::string_view /*body*/) {
    return mismatch_unless(may_be_same_name(sent_request<CreateProfileRequest>(request).name,
                                            static_cast<const Profile*>(response)->name),
                           "with another name");
}

constexpr Route create_profile_route = checking_replays(
    v3_write_route("v3.profiles.create", "POST", "/v3/profiles", create_profile_info, &profile_info),
    &other_profile);
constexpr Route list_profiles_route =
    v3_whole_list_route<Profile>("v3.profiles.list", "/v3/profiles", list_profiles_info, profile_page_info);
constexpr Route get_profile_route =
    v3_read_route("v3.profiles.get", "/v3/profiles/{profileId}", get_profile_info, profile_info);
constexpr Route update_profile_route =
    checking_replays(v3_write_route("v3.profiles.update", "PATCH", "/v3/profiles/{profileId}",
                                    update_profile_info, &profile_info),
                     &other_id<Profile>);
constexpr Route remove_profile_route =
    v3_remove_route("v3.profiles.remove", "/v3/profiles/{profileId}", remove_profile_info);
constexpr Route complete_profile_route =
    v3_sensitive_route("v3.profiles.complete", "POST", "/v3/profiles/{profileId}/complete",
                       complete_profile_info, &profile_completion_info);

}  // namespace

const StructInfo& Described<BillingContact>::info() noexcept {
    return billing_contact_info;
}
const StructInfo& Described<PaymentDetails>::info() noexcept {
    return payment_details_info;
}
const StructInfo& Described<WhatsappBusinessAccount>::info() noexcept {
    return whatsapp_business_account_info;
}
const StructInfo& Described<Profile>::info() noexcept {
    return profile_info;
}
const StructInfo& Described<CreateProfileRequest>::info() noexcept {
    return create_profile_info;
}
const StructInfo& Described<ListProfilesRequest>::info() noexcept {
    return list_profiles_info;
}
const StructInfo& Described<GetProfileRequest>::info() noexcept {
    return get_profile_info;
}
const StructInfo& Described<UpdateProfileRequest>::info() noexcept {
    return update_profile_info;
}
const StructInfo& Described<RemoveProfileRequest>::info() noexcept {
    return remove_profile_info;
}
const StructInfo& Described<CompleteProfileRequest>::info() noexcept {
    return complete_profile_info;
}
const StructInfo& Described<ProfileCompletion>::info() noexcept {
    return profile_completion_info;
}
const StructInfo& Described<Page<Profile>>::info() noexcept {
    return profile_page_info;
}

}  // namespace sent::detail

namespace sent {

const Route& operation<CreateProfileRequest>::route() noexcept {
    return detail::create_profile_route;
}
const Route& operation<ListProfilesRequest>::route() noexcept {
    return detail::list_profiles_route;
}
const Route& operation<GetProfileRequest>::route() noexcept {
    return detail::get_profile_route;
}
const Route& operation<UpdateProfileRequest>::route() noexcept {
    return detail::update_profile_route;
}
const Route& operation<RemoveProfileRequest>::route() noexcept {
    return detail::remove_profile_route;
}
const Route& operation<CompleteProfileRequest>::route() noexcept {
    return detail::complete_profile_route;
}

inline namespace v3 {

Result<Profile> Profiles::create(const CreateProfileRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

Result<Page<Profile>> Profiles::list(const ListProfilesRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

Result<Profile> Profiles::get(std::string profile_id, const CallOptions& options) const {
    return client_.call(GetProfileRequest{std::move(profile_id)}, options);
}

Result<Profile> Profiles::update(const UpdateProfileRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

Result<void> Profiles::remove(std::string profile_id, const CallOptions& options) const {
    return client_.call(RemoveProfileRequest{std::move(profile_id)}, options);
}

Result<ProfileCompletion> Profiles::complete(const CompleteProfileRequest& request,
                                             const CallOptions& options) const {
    return client_.call(request, options);
}

}  // namespace v3
}  // namespace sent
