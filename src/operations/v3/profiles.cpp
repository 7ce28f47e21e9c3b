#include <sent/v3/profiles.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/v3/pages.hpp"
#include "operations/v3/replays.hpp"

namespace sent::detail {
namespace {

Route::ReplayMismatch other_profile(const HttpRequest& request, const void* response,
                                    std::string_view /*body*/) {
    return mismatch_unless(may_be_same_name(sent_request<CreateProfileRequest>(request).name,
                                            static_cast<const Profile*>(response)->name),
                           "with another name");
}

}  // namespace

SENT_TABLE(BillingContact,
           field<&BillingContact::name>("name"),
           field<&BillingContact::email>("email"),
           field<&BillingContact::phone>("phone"),
           field<&BillingContact::address>("address"));
SENT_TABLE(PaymentDetails,
           field<&PaymentDetails::card_number>("card_number").secret(),
           field<&PaymentDetails::expiry>("expiry").secret(),
           field<&PaymentDetails::cvc>("cvc").secret(),
           field<&PaymentDetails::zip_code>("zip_code").secret());
SENT_TABLE(WhatsappBusinessAccount,
           field<&WhatsappBusinessAccount::waba_id>("waba_id"),
           field<&WhatsappBusinessAccount::access_token>("access_token").secret(),
           field<&WhatsappBusinessAccount::phone_number_id>("phone_number_id"));
SENT_TABLE(Profile,
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
           field<&Profile::waba_id>("waba_id"));
SENT_TABLE(CreateProfileRequest,
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
           field<&CreateProfileRequest::allow_template_sharing>("allow_template_sharing"));
SENT_EMPTY_TABLE(ListProfilesRequest);
SENT_TABLE(GetProfileRequest,
           field<&GetProfileRequest::profile_id>("profileId").in_path());
SENT_TABLE(UpdateProfileRequest,
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
           field<&UpdateProfileRequest::allow_number_change_during_onboarding>( "allow_number_change_during_onboarding"),
           field<&UpdateProfileRequest::sending_phone_number>("sending_phone_number"),
           field<&UpdateProfileRequest::sending_phone_number_profile_id>("sending_phone_number_profile_id"),
           field<&UpdateProfileRequest::sending_whatsapp_number_profile_id>("sending_whatsapp_number_profile_id"),
           field<&UpdateProfileRequest::whatsapp_phone_number>("whatsapp_phone_number"));
SENT_TABLE(RemoveProfileRequest,
           field<&RemoveProfileRequest::profile_id>("profileId").in_path());
SENT_TABLE(CompleteProfileRequest,
           field<&CompleteProfileRequest::profile_id>("profileId").in_path(),
           field<&CompleteProfileRequest::webhook_url>("webHookUrl").required());
SENT_TABLE(ProfileCompletion,
           field<&ProfileCompletion::status>("status"),
           field<&ProfileCompletion::message>("message"));
SENT_TABLE(Page<Profile>,
           field<&Page<Profile>::items>("profiles"),
           pagination_field<Profile>());

SENT_OPERATION(CreateProfileRequest,
               keyed_write("v3.profiles.create", "POST", "/v3/profiles", "Create a profile")
                   .deprecated()
                   .checks_replays(&other_profile));
SENT_OPERATION(ListProfilesRequest,
               whole_list<Profile>("v3.profiles.list", "/v3/profiles", "List profiles").deprecated());
SENT_OPERATION(GetProfileRequest,
               read("v3.profiles.get", "/v3/profiles/{profileId}", "Get a profile").deprecated());
SENT_OPERATION(UpdateProfileRequest,
               keyed_write("v3.profiles.update", "PATCH", "/v3/profiles/{profileId}", "Update a profile")
                   .deprecated()
                   .checks_replays(&other_id<Profile>));
SENT_OPERATION(RemoveProfileRequest,
               remove("v3.profiles.remove", "/v3/profiles/{profileId}", "Delete a profile").deprecated());
SENT_OPERATION(CompleteProfileRequest,
               sensitive_write("v3.profiles.complete", "POST", "/v3/profiles/{profileId}/complete",
                               "Complete a profile's set-up")
                   .deprecated());

SENT_OPERATIONS(v3_profiles, CreateProfileRequest, ListProfilesRequest, GetProfileRequest,
                UpdateProfileRequest, RemoveProfileRequest, CompleteProfileRequest);

}  // namespace sent::detail

namespace sent {

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
