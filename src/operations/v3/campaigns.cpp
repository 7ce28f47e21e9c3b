#include <sent/v3/campaigns.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/v3/pages.hpp"
#include "operations/v3/replays.hpp"

namespace sent::detail {
namespace {

constexpr Field campaign_use_case_fields[] = {
    field<&CampaignUseCase::id>("id"),
    field<&CampaignUseCase::campaign_id>("campaignId"),
    field<&CampaignUseCase::customer_id>("customerId"),
    field<&CampaignUseCase::messaging_use_case_us>("messagingUseCaseUs"),
    field<&CampaignUseCase::sample_messages>("sampleMessages"),
    field<&CampaignUseCase::created_at>("createdAt"),
    field<&CampaignUseCase::updated_at>("updatedAt"),
};
constexpr StructInfo campaign_use_case_info{"v3::CampaignUseCase", campaign_use_case_fields};

constexpr Field campaign_fields[] = {
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
    field<&Campaign::pricing>("pricing"),
};
constexpr StructInfo campaign_info{"v3::Campaign", campaign_fields};

constexpr Field campaign_use_case_input_fields[] = {
    field<&CampaignUseCaseInput::messaging_use_case_us>("messagingUseCaseUs"),
    field<&CampaignUseCaseInput::sample_messages>("sampleMessages"),
};
constexpr StructInfo campaign_use_case_input_info{"v3::CampaignUseCaseInput", campaign_use_case_input_fields};

constexpr Field campaign_input_fields[] = {
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
    field<&CampaignInput::help_keywords>("helpKeywords"),
};
constexpr StructInfo campaign_input_info{"v3::CampaignInput", campaign_input_fields};

constexpr Field create_campaign_fields[] = {
    field<&CreateCampaignRequest::profile_id>("profileId").in_path(),
    field<&CreateCampaignRequest::campaign>("campaign").required(),
};
constexpr StructInfo create_campaign_info{"v3::CreateCampaignRequest", create_campaign_fields};

constexpr Field list_campaigns_fields[] = {
    field<&ListCampaignsRequest::profile_id>("profileId").in_path(),
};
constexpr StructInfo list_campaigns_info{"v3::ListCampaignsRequest", list_campaigns_fields};

constexpr Field update_campaign_fields[] = {
    field<&UpdateCampaignRequest::profile_id>("profileId").in_path(),
    field<&UpdateCampaignRequest::campaign_id>("campaignId").in_path(),
    field<&UpdateCampaignRequest::campaign>("campaign").required(),
};
constexpr StructInfo update_campaign_info{"v3::UpdateCampaignRequest", update_campaign_fields};

constexpr Field remove_campaign_fields[] = {
    field<&RemoveCampaignRequest::profile_id>("profileId").in_path(),
    field<&RemoveCampaignRequest::campaign_id>("campaignId").in_path(),
};
constexpr StructInfo remove_campaign_info{"v3::RemoveCampaignRequest", remove_campaign_fields};

constexpr Field campaign_page_fields[] = {
    field<&Page<Campaign>::items>("campaigns"),
    pagination_field<Campaign>(),
};
// The service answers with a bare array.
constexpr StructInfo campaign_page_info = StructInfo{"Page", campaign_page_fields}.from_array("campaigns");

Route::ReplayMismatch other_campaign(const HttpRequest& request, const void* response,
                                     std::string_view /*body*/) {
    return mismatch_unless(may_be_same_name(sent_request<CreateCampaignRequest>(request).campaign.name,
                                            static_cast<const Campaign*>(response)->name),
                           "with another name");
}

constexpr Route create_campaign_route =
    checking_replays(v3_write_route("v3.campaigns.create", "POST", "/v3/profiles/{profileId}/campaigns",
                                    create_campaign_info, &campaign_info),
                     &other_campaign);
constexpr Route list_campaigns_route = v3_whole_list_route<Campaign>(
    "v3.campaigns.list", "/v3/profiles/{profileId}/campaigns", list_campaigns_info, campaign_page_info);
constexpr Route update_campaign_route = checking_replays(
    v3_write_route("v3.campaigns.update", "PUT", "/v3/profiles/{profileId}/campaigns/{campaignId}",
                   update_campaign_info, &campaign_info),
    &other_id<Campaign>);
constexpr Route remove_campaign_route = v3_remove_route(
    "v3.campaigns.remove", "/v3/profiles/{profileId}/campaigns/{campaignId}", remove_campaign_info);

}  // namespace

const StructInfo& Described<CampaignUseCase>::info() noexcept {
    return campaign_use_case_info;
}
const StructInfo& Described<Campaign>::info() noexcept {
    return campaign_info;
}
const StructInfo& Described<CampaignUseCaseInput>::info() noexcept {
    return campaign_use_case_input_info;
}
const StructInfo& Described<CampaignInput>::info() noexcept {
    return campaign_input_info;
}
const StructInfo& Described<CreateCampaignRequest>::info() noexcept {
    return create_campaign_info;
}
const StructInfo& Described<ListCampaignsRequest>::info() noexcept {
    return list_campaigns_info;
}
const StructInfo& Described<UpdateCampaignRequest>::info() noexcept {
    return update_campaign_info;
}
const StructInfo& Described<RemoveCampaignRequest>::info() noexcept {
    return remove_campaign_info;
}
const StructInfo& Described<Page<Campaign>>::info() noexcept {
    return campaign_page_info;
}

}  // namespace sent::detail

namespace sent {

const Route& operation<CreateCampaignRequest>::route() noexcept {
    return detail::create_campaign_route;
}
const Route& operation<ListCampaignsRequest>::route() noexcept {
    return detail::list_campaigns_route;
}
const Route& operation<UpdateCampaignRequest>::route() noexcept {
    return detail::update_campaign_route;
}
const Route& operation<RemoveCampaignRequest>::route() noexcept {
    return detail::remove_campaign_route;
}

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
