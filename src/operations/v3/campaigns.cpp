#include <sent/v3/campaigns.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/v3/pages.hpp"
#include "operations/v3/replays.hpp"

namespace sent::detail {
namespace {

Route::ReplayMismatch other_campaign(const HttpRequest& request, const void* response,
                                     std::string_view /*body*/) {
    return mismatch_unless(may_be_same_name(sent_request<CreateCampaignRequest>(request).campaign.name,
                                            static_cast<const Campaign*>(response)->name),
                           "with another name");
}

}  // namespace

SENT_TABLE(CampaignUseCase,
           field<&CampaignUseCase::id>("id"),
           field<&CampaignUseCase::campaign_id>("campaignId"),
           field<&CampaignUseCase::customer_id>("customerId"),
           field<&CampaignUseCase::messaging_use_case_us>("messagingUseCaseUs"),
           field<&CampaignUseCase::sample_messages>("sampleMessages"),
           field<&CampaignUseCase::created_at>("createdAt"),
           field<&CampaignUseCase::updated_at>("updatedAt"));
SENT_TABLE(Campaign,
           field<&Campaign::id>("id"),
           field<&Campaign::customer_id>("customerId"),
           field<&Campaign::brand_id>("brandId"),
           field<&Campaign::name>("name"),
           field<&Campaign::description>("description"),
           field<&Campaign::type>("type"),
           field<&Campaign::use_cases>("useCases"),
           field<&Campaign::volume>("volume"),
           field<&Campaign::message_flow>("messageFlow"),
           field<&Campaign::privacy_policy_link>("privacyPolicyLink"),
           field<&Campaign::terms_and_conditions_link>("termsAndConditionsLink"),
           field<&Campaign::optin_message>("optinMessage"),
           field<&Campaign::optout_message>("optoutMessage"),
           field<&Campaign::help_message>("helpMessage"),
           field<&Campaign::optin_keywords>("optinKeywords"),
           field<&Campaign::optout_keywords>("optoutKeywords"),
           field<&Campaign::help_keywords>("helpKeywords"),
           field<&Campaign::status>("status"),
           field<&Campaign::submitted_to_tcr>("submittedToTCR"),
           field<&Campaign::submitted_at>("submittedAt"),
           field<&Campaign::tcr_campaign_id>("tcrCampaignId"),
           field<&Campaign::tcr_sync_error>("tcrSyncError"),
           field<&Campaign::billed_date>("billedDate"),
           field<&Campaign::cost>("cost"),
           field<&Campaign::dca_elections_complete>("dcaElectionsComplete"),
           field<&Campaign::dca_elections_completed_at>("dcaElectionsCompletedAt"),
           field<&Campaign::has_submission_transaction>("hasSubmissionTransaction"),
           field<&Campaign::created_at>("createdAt"),
           field<&Campaign::updated_at>("updatedAt"),
           field<&Campaign::csp_id>("cspId"),
           field<&Campaign::reseller_id>("resellerId"),
           field<&Campaign::kyc_submission_form_id>("kycSubmissionFormId"),
           field<&Campaign::telnyx_campaign_id>("telnyxCampaignId"),
           field<&Campaign::upstream_cnp_id>("upstreamCnpId"),
           field<&Campaign::sharing_status>("sharingStatus"),
           field<&Campaign::pricing>("pricing"));
SENT_TABLE(CampaignUseCaseInput,
           field<&CampaignUseCaseInput::messaging_use_case_us>("messagingUseCaseUs"),
           field<&CampaignUseCaseInput::sample_messages>("sampleMessages"));
SENT_TABLE(CampaignInput,
           field<&CampaignInput::name>("name"),
           field<&CampaignInput::description>("description"),
           field<&CampaignInput::type>("type"),
           field<&CampaignInput::use_cases>("useCases"),
           field<&CampaignInput::volume>("volume"),
           field<&CampaignInput::message_flow>("messageFlow"),
           field<&CampaignInput::privacy_policy_link>("privacyPolicyLink"),
           field<&CampaignInput::terms_and_conditions_link>("termsAndConditionsLink"),
           field<&CampaignInput::optin_message>("optinMessage"),
           field<&CampaignInput::optout_message>("optoutMessage"),
           field<&CampaignInput::help_message>("helpMessage"),
           field<&CampaignInput::optin_keywords>("optinKeywords"),
           field<&CampaignInput::optout_keywords>("optoutKeywords"),
           field<&CampaignInput::help_keywords>("helpKeywords"));
SENT_TABLE(CreateCampaignRequest,
           field<&CreateCampaignRequest::profile_id>("profileId").in_path(),
           field<&CreateCampaignRequest::campaign>("campaign").required());
SENT_TABLE(ListCampaignsRequest,
           field<&ListCampaignsRequest::profile_id>("profileId").in_path());
SENT_TABLE(UpdateCampaignRequest,
           field<&UpdateCampaignRequest::profile_id>("profileId").in_path(),
           field<&UpdateCampaignRequest::campaign_id>("campaignId").in_path(),
           field<&UpdateCampaignRequest::campaign>("campaign").required());
SENT_TABLE(RemoveCampaignRequest,
           field<&RemoveCampaignRequest::profile_id>("profileId").in_path(),
           field<&RemoveCampaignRequest::campaign_id>("campaignId").in_path());
// The service returns a bare array.
SENT_TABLE_OR_ARRAY(Page<Campaign>, "campaigns",
                    field<&Page<Campaign>::items>("campaigns"),
                    pagination_field<Campaign>());

SENT_OPERATION(CreateCampaignRequest, keyed_write("v3.campaigns.create", "POST",
                                                  "/v3/profiles/{profileId}/campaigns", "Create a campaign")
                                          .deprecated()
                                          .checks_replays(&other_campaign));
SENT_OPERATION(ListCampaignsRequest,
               whole_list<Campaign>("v3.campaigns.list", "/v3/profiles/{profileId}/campaigns",
                                    "List campaigns")
                   .deprecated());
SENT_OPERATION(UpdateCampaignRequest,
               keyed_write("v3.campaigns.update", "PUT", "/v3/profiles/{profileId}/campaigns/{campaignId}",
                           "Update a campaign")
                   .deprecated()
                   .checks_replays(&other_id<Campaign>));
SENT_OPERATION(RemoveCampaignRequest,
               remove("v3.campaigns.remove", "/v3/profiles/{profileId}/campaigns/{campaignId}",
                      "Delete a campaign")
                   .deprecated());

SENT_OPERATIONS(v3_campaigns, CreateCampaignRequest, ListCampaignsRequest, UpdateCampaignRequest,
                RemoveCampaignRequest);

}  // namespace sent::detail

namespace sent {

inline namespace v3 {

Result<Campaign> Campaigns::create(const CreateCampaignRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

Result<Page<Campaign>> Campaigns::list(std::string profile_id, const CallOptions& options) const {
    return client_.call(ListCampaignsRequest{std::move(profile_id)}, options);
}

Result<Campaign> Campaigns::update(const UpdateCampaignRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

Result<void> Campaigns::remove(std::string profile_id, std::string campaign_id,
                               const CallOptions& options) const {
    return client_.call(RemoveCampaignRequest{std::move(profile_id), std::move(campaign_id)}, options);
}

}  // namespace v3
}  // namespace sent
