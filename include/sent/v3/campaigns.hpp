#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sent/client.hpp>
#include <sent/json_text.hpp>
#include <sent/open_enum.hpp>
#include <sent/page.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/common.hpp>

/// @file
/// Campaigns: what a profile sends messages for, as US carriers register it (TCR). The vendor calls the
/// whole family deprecated; it works unchanged.

namespace sent {
inline namespace v3 {

/// What a campaign's messages are for. The set is open.
class MessagingUseCase : public OpenEnum<MessagingUseCase> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant marketing{"MARKETING"};
    static constexpr Constant account_notification{"ACCOUNT_NOTIFICATION"};
    static constexpr Constant customer_care{"CUSTOMER_CARE"};
    static constexpr Constant fraud_alert{"FRAUD_ALERT"};
    static constexpr Constant two_factor{"TWO_FA"};
    static constexpr Constant delivery_notification{"DELIVERY_NOTIFICATION"};
    static constexpr Constant security_alert{"SECURITY_ALERT"};
    static constexpr Constant machine_to_machine{"M2M"};
    static constexpr Constant mixed{"MIXED"};
    static constexpr Constant higher_education{"HIGHER_EDUCATION"};
    static constexpr Constant polling_voting{"POLLING_VOTING"};
    static constexpr Constant public_service_announcement{"PUBLIC_SERVICE_ANNOUNCEMENT"};
    static constexpr Constant low_volume{"LOW_VOLUME"};
};

/// The set is open.
class CampaignStatus : public OpenEnum<CampaignStatus> {
  public:
    using OpenEnum::OpenEnum;
    /// `SENT_CREATED` on the wire.
    static constexpr Constant created{"SENT_CREATED"};
    static constexpr Constant active{"ACTIVE"};
    static constexpr Constant expired{"EXPIRED"};
};

/// Whether a campaign is shared with another provider. The set is open.
class CampaignSharingStatus : public OpenEnum<CampaignSharingStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant pending{"PENDING"};
    static constexpr Constant accepted{"ACCEPTED"};
    static constexpr Constant declined{"DECLINED"};
};

/// What a campaign's messages are for, with examples.
struct CampaignUseCase {
    std::string id{};
    std::string campaign_id{};
    std::string customer_id{};
    MessagingUseCase messaging_use_case_us{};
    std::vector<std::string> sample_messages{};
    std::optional<Timestamp> created_at{};
    std::optional<Timestamp> updated_at{};
};

/// A campaign, as it is answered. What the service leaves out is empty.
struct Campaign {
    std::string id{};
    std::string customer_id{};
    std::string brand_id{};
    std::string name{};
    std::string description{};
    /// Such as `KYC` or `App`.
    std::string type{};
    std::vector<CampaignUseCase> use_cases{};
    /// Expected messages per day, a number as text. Below 2000 is the low-volume tier.
    std::optional<std::string> volume{};
    std::optional<std::string> message_flow{};
    std::optional<std::string> privacy_policy_link{};
    std::optional<std::string> terms_and_conditions_link{};
    std::optional<std::string> optin_message{};
    std::optional<std::string> optout_message{};
    std::optional<std::string> help_message{};
    std::optional<std::string> optin_keywords{};
    std::optional<std::string> optout_keywords{};
    std::optional<std::string> help_keywords{};
    std::optional<CampaignStatus> status{};
    std::optional<bool> submitted_to_tcr{};
    std::optional<Timestamp> submitted_at{};
    std::optional<std::string> tcr_campaign_id{};
    std::optional<std::string> tcr_sync_error{};
    std::optional<Timestamp> billed_date{};
    std::optional<double> cost{};
    std::optional<bool> dca_elections_complete{};
    std::optional<Timestamp> dca_elections_completed_at{};
    bool has_submission_transaction = false;
    std::optional<Timestamp> created_at{};
    std::optional<Timestamp> updated_at{};
    /// The rest came in answers of July 2026 only.
    std::optional<std::string> csp_id{};
    std::optional<std::string> reseller_id{};
    std::optional<std::string> kyc_submission_form_id{};
    std::optional<std::string> telnyx_campaign_id{};
    std::optional<std::string> upstream_cnp_id{};
    std::optional<CampaignSharingStatus> sharing_status{};
    /// Named by the vendor without a form.
    RawJson pricing{};
};

/// As CampaignUseCase, to be set.
struct CampaignUseCaseInput {
    /// Required.
    MessagingUseCase messaging_use_case_us{};
    /// Required: 1 to 5, of at most 1,024 characters each.
    std::vector<std::string> sample_messages{};
};

/// A campaign, to be set.
struct CampaignInput {
    /// Required.
    std::string name{};
    /// Required.
    std::string description{};
    /// Required: such as `KYC` or `App`.
    std::string type{};
    /// Required.
    std::vector<CampaignUseCaseInput> use_cases{};
    /// Expected messages per day, a number as text. Below 2000 is the low-volume tier; empty is the standard
    /// one, which costs more. The tier is fixed once the campaign is submitted.
    std::optional<std::string> volume{};
    std::optional<std::string> message_flow{};
    std::optional<std::string> privacy_policy_link{};
    std::optional<std::string> terms_and_conditions_link{};
    std::optional<std::string> optin_message{};
    std::optional<std::string> optout_message{};
    std::optional<std::string> help_message{};
    std::optional<std::string> optin_keywords{};
    std::optional<std::string> optout_keywords{};
    std::optional<std::string> help_keywords{};
};

/// `POST /v3/profiles/{profileId}/campaigns`.
struct CreateCampaignRequest {
    std::string profile_id{};
    /// Required.
    CampaignInput campaign{};
};

/// `GET /v3/profiles/{profileId}/campaigns`.
struct ListCampaignsRequest {
    std::string profile_id{};
};

/// `PUT /v3/profiles/{profileId}/campaigns/{campaignId}`.
struct UpdateCampaignRequest {
    std::string profile_id{};
    std::string campaign_id{};
    /// Required.
    CampaignInput campaign{};
};

/// `DELETE /v3/profiles/{profileId}/campaigns/{campaignId}`.
struct RemoveCampaignRequest {
    std::string profile_id{};
    std::string campaign_id{};
};

/// Campaigns of profiles. Thread-safe. An unknown campaign is ErrorKind::not_found (RESOURCE_010), an unknown
/// profile too (RESOURCE_014).
class SENT_EXPORT Campaigns {
  public:
    explicit Campaigns(Client client) noexcept : client_(std::move(client)) {}

    /// `POST /v3/profiles/{profileId}/campaigns`. A keyed write: repeated with the same idempotency key when
    /// it fails for a passing reason.
    Result<Campaign> create(const CreateCampaignRequest& request, const CallOptions& options = {}) const;
    /// `GET /v3/profiles/{profileId}/campaigns`. A read; all of them make one page.
    Result<Page<Campaign>> list(std::string profile_id, const CallOptions& options = {}) const;
    /// `PUT /v3/profiles/{profileId}/campaigns/{campaignId}`. A keyed write.
    Result<Campaign> update(const UpdateCampaignRequest& request, const CallOptions& options = {}) const;
    /// `DELETE /v3/profiles/{profileId}/campaigns/{campaignId}`. Knows no idempotency key: never repeated
    /// once it may have left (Outcome::unknown).
    Result<void> remove(std::string profile_id, std::string campaign_id,
                        const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_HASHABLE(sent::v3::MessagingUseCase);
SENT_DETAIL_HASHABLE(sent::v3::CampaignStatus);
SENT_DETAIL_HASHABLE(sent::v3::CampaignSharingStatus);

SENT_DETAIL_DESCRIBE(sent::v3::CampaignUseCase);
SENT_DETAIL_DESCRIBE(sent::v3::Campaign);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::Campaign>);
SENT_DETAIL_DESCRIBE(sent::v3::CampaignUseCaseInput);
SENT_DETAIL_DESCRIBE(sent::v3::CampaignInput);
SENT_DETAIL_DESCRIBE(sent::v3::CreateCampaignRequest);
SENT_DETAIL_DESCRIBE(sent::v3::ListCampaignsRequest);
SENT_DETAIL_DESCRIBE(sent::v3::UpdateCampaignRequest);
SENT_DETAIL_DESCRIBE(sent::v3::RemoveCampaignRequest);
SENT_DETAIL_OPERATION(sent::v3::CreateCampaignRequest, sent::v3::Campaign);
SENT_DETAIL_OPERATION(sent::v3::ListCampaignsRequest, sent::Page<sent::v3::Campaign>);
SENT_DETAIL_OPERATION(sent::v3::UpdateCampaignRequest, sent::v3::Campaign);
SENT_DETAIL_OPERATION(sent::v3::RemoveCampaignRequest, void);
