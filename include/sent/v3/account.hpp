#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <sent/client.hpp>
#include <sent/open_enum.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/common.hpp>

namespace sent {
inline namespace v3 {

/// Type of the account that an API key belongs to. Open enumeration: see OpenEnum.
class AccountType : public OpenEnum<AccountType> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant organization{"organization"};
    static constexpr Constant user{"user"};
    static constexpr Constant profile{"profile"};
};

/// Who pays for a profile. Open enumeration: see OpenEnum.
class BillingModel : public OpenEnum<BillingModel> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant profile{"profile"};
    static constexpr Constant organization{"organization"};
    static constexpr Constant profile_and_organization{"profile_and_organization"};
};

/// Progress of a profile's registration. Open enumeration: see OpenEnum.
class ProfileStatus : public OpenEnum<ProfileStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant incomplete{"incomplete"};
    static constexpr Constant pending_review{"pending_review"};
    static constexpr Constant approved{"approved"};
    static constexpr Constant rejected{"rejected"};
    static constexpr Constant submitted{"submitted"};
    static constexpr Constant completed{"completed"};
    static constexpr Constant in_progress{"in_progress"};
};

/// Settings for what an account shares and inherits. Since August 2026 AccountProfile::settings does not
/// contain the `allow_...` members.
struct AccountSettings {
    std::optional<BillingModel> billing_model{};
    std::optional<bool> inherit_contacts{};
    std::optional<bool> inherit_templates{};
    std::optional<bool> inherit_tcr_brand{};
    std::optional<bool> inherit_tcr_campaign{};
    std::optional<bool> allow_contact_sharing{};
    std::optional<bool> allow_template_sharing{};
};

/// Summary of a profile of the account. Profiles::get() returns the whole profile.
struct AccountProfile {
    std::string id{};
    std::string name{};
    std::optional<std::string> icon{};
    std::optional<std::string> description{};
    std::optional<std::string> short_name{};
    std::optional<std::string> role{};
    std::optional<ProfileStatus> status{};
    std::optional<Timestamp> created_at{};
    std::optional<AccountSettings> settings{};
};

/// Set-up of one channel.
struct ChannelSetup {
    /// Whether the account can use the channel.
    bool configured = false;
    std::optional<std::string> phone_number{};
    /// Only for WhatsApp.
    std::optional<std::string> business_name{};
};

/// Channels of an account.
struct AccountChannels {
    ChannelSetup sms{};
    ChannelSetup whatsapp{};
    ChannelSetup rcs{};
};

/// The account that the API key belongs to: the answer to `GET /v3/me`.
struct Account {
    std::string id{};
    AccountType type{};
    std::string name{};
    std::optional<std::string> email{};
    std::optional<std::string> icon{};
    std::optional<std::string> description{};
    std::optional<Timestamp> created_at{};
    std::optional<std::string> organization_id{};
    std::optional<std::string> short_name{};
    std::optional<ProfileStatus> status{};
    std::optional<AccountSettings> settings{};
    std::vector<AccountProfile> profiles{};
    AccountChannels channels{};
    std::optional<std::string> sending_phone_number{};
    std::optional<std::string> sending_phone_number_profile_id{};
};

/// Reads the account that the API key belongs to: `GET /v3/me`. See Client::me().
struct GetAccountRequest {};

/// One step that the owner of an account must complete before messages can be sent.
struct SetupStep {
    enum class Kind {
        fix_api_key,            ///< the key is missing, wrong or revoked (AUTH_001, AUTH_002)
        complete_verification,  ///< the identity check (KYC) is not complete (AUTH_006)
        configure_channel,      ///< no channel can send messages (AUTH_007)
        complete_profile,       ///< a profile is incomplete, or was rejected
        wait_for_review,        ///< a profile has been submitted
        wait_for_activation,    ///< only the vendor's activation is missing (AUTH_005)
        restore_account,        ///< the account is suspended (BUSINESS_014)
        use_permitted_key       ///< the key's role does not permit the call (AUTH_004)
    };
    /// Kind of the step.
    Kind kind = Kind::configure_channel;
    /// One sentence that says what to do.
    std::string advice{};
    /// Id of the profile that the step is about. If it is empty, the step is about the account.
    std::string profile_id{};
};

/// Returns the steps that the owner of the account must still complete: no channel is configured, or a
/// profile is incomplete, rejected or under review. If the result is empty, the account is ready to send.
[[nodiscard]] SENT_EXPORT std::vector<SetupStep> remaining_setup(const Account& account);
/// Returns the steps for the result of Client::me(), whether it is an account or an error.
[[nodiscard]] SENT_EXPORT std::vector<SetupStep> remaining_setup(const Result<Account>& account);
/// Returns the step that a refused call needs: for an error with the code AUTH_001, AUTH_002, AUTH_004 to
/// AUTH_007 or BUSINESS_014, or any 401. If the result is empty, the error has another reason.
/// (A template, so that `remaining_setup({})` means an account.)
template <class Failure, class = std::enable_if_t<std::is_same_v<Failure, Error>>>
[[nodiscard]] std::vector<SetupStep> remaining_setup(const Failure& error) {
    return remaining_setup(Result<Account>{error});
}

}  // namespace v3
}  // namespace sent

SENT_DETAIL_OPEN_ENUM(sent::v3::AccountType, organization, user, profile);
SENT_DETAIL_OPEN_ENUM(sent::v3::BillingModel, profile, organization, profile_and_organization);
SENT_DETAIL_OPEN_ENUM(sent::v3::ProfileStatus, incomplete, pending_review, approved, rejected, submitted,
                      completed, in_progress);

SENT_DETAIL_DESCRIBE(sent::v3::AccountSettings);
SENT_DETAIL_DESCRIBE(sent::v3::AccountProfile);
SENT_DETAIL_DESCRIBE(sent::v3::ChannelSetup);
SENT_DETAIL_DESCRIBE(sent::v3::AccountChannels);
SENT_DETAIL_DESCRIBE(sent::v3::Account);
SENT_DETAIL_DESCRIBE(sent::v3::GetAccountRequest);
SENT_DETAIL_OPERATION(sent::v3::GetAccountRequest, sent::v3::Account);
