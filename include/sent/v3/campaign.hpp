#pragma once

#include <optional>
#include <string>
#include <vector>

#include <sent/json_text.hpp>
#include <sent/open_enum.hpp>
#include <sent/operation.hpp>
#include <sent/page.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/common.hpp>

/// @file
/// A campaign and its parts, in answers and requests.

namespace sent {
inline namespace v3 {

/// Purpose of a campaign's messages. Open enumeration: see OpenEnum.
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

/// Status of a campaign. Open enumeration: see OpenEnum.
class CampaignStatus : public OpenEnum<CampaignStatus> {
  public:
    using OpenEnum::OpenEnum;
    /// `SENT_CREATED` on the wire.
    static constexpr Constant created{"SENT_CREATED"};
    static constexpr Constant active{"ACTIVE"};
    static constexpr Constant expired{"EXPIRED"};
};

/// Whether another provider has accepted a shared campaign. Open enumeration: see OpenEnum.
class CampaignSharingStatus : public OpenEnum<CampaignSharingStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant pending{"PENDING"};
    static constexpr Constant accepted{"ACCEPTED"};
    static constexpr Constant declined{"DECLINED"};
};

/// Purpose of a campaign's messages, with sample messages.
struct CampaignUseCase {
    std::string id{};
    std::string campaign_id{};
    std::string customer_id{};
    MessagingUseCase messaging_use_case_us{};
    std::vector<std::string> sample_messages{};
    std::optional<Timestamp> created_at{};
    std::optional<Timestamp> updated_at{};
};

/// A campaign, in answers. Members that the service leaves out are empty.
struct Campaign {
    std::string id{};
    std::string customer_id{};
    std::string brand_id{};
    std::string name{};
    std::string description{};
    /// Type, such as `KYC` or `App`.
    std::string type{};
    std::vector<CampaignUseCase> use_cases{};
    /// Expected messages a day, a number as text. A number below 2000 selects the low-volume tier.
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
    /// This member and those below appeared only in answers of July 2026.
    std::optional<std::string> csp_id{};
    std::optional<std::string> reseller_id{};
    std::optional<std::string> kyc_submission_form_id{};
    std::optional<std::string> telnyx_campaign_id{};
    std::optional<std::string> upstream_cnp_id{};
    std::optional<CampaignSharingStatus> sharing_status{};
    /// The service names this member but does not document its shape.
    RawJson pricing{};
};

/// Purpose of a campaign's messages, in requests.
struct CampaignUseCaseInput {
    /// Required.
    MessagingUseCase messaging_use_case_us{};
    /// Required. 1 to 5 messages of at most 1,024 characters each.
    std::vector<std::string> sample_messages{};
};

/// A campaign, in requests.
struct CampaignInput {
    /// Required.
    std::string name{};
    /// Required.
    std::string description{};
    /// Required. Type, such as `KYC` or `App`.
    std::string type{};
    /// Required.
    std::vector<CampaignUseCaseInput> use_cases{};
    /// Expected messages a day, a number as text. A number below 2000 selects the low-volume tier; if the
    /// member is not set, the campaign is in the standard tier, which costs more. The tier cannot be changed
    /// after the campaign was submitted.
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

}  // namespace v3
}  // namespace sent

SENT_DETAIL_OPEN_ENUM(sent::v3::MessagingUseCase, marketing, account_notification, customer_care, fraud_alert,
                      two_factor, delivery_notification, security_alert, machine_to_machine, mixed,
                      higher_education, polling_voting, public_service_announcement, low_volume);
SENT_DETAIL_OPEN_ENUM(sent::v3::CampaignStatus, created, active, expired);
SENT_DETAIL_OPEN_ENUM(sent::v3::CampaignSharingStatus, pending, accepted, declined);
SENT_DETAIL_DESCRIBE(sent::v3::CampaignUseCase);
SENT_DETAIL_DESCRIBE(sent::v3::Campaign);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::Campaign>);
SENT_DETAIL_DESCRIBE(sent::v3::CampaignUseCaseInput);
SENT_DETAIL_DESCRIBE(sent::v3::CampaignInput);
