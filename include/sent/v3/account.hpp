#pragma once

#include <optional>
#include <string>
#include <vector>

#include <sent/client.hpp>
#include <sent/open_enum.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/common.hpp>

namespace sent {
inline namespace v3 {

/// What a key belongs to. The set is open.
class AccountType : public OpenEnum<AccountType> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant organization{"organization"};
    static constexpr Constant user{"user"};
    static constexpr Constant profile{"profile"};
};

/// Who pays for a profile. The set is open.
class BillingModel : public OpenEnum<BillingModel> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant profile{"profile"};
    static constexpr Constant organization{"organization"};
    static constexpr Constant profile_and_organization{"profile_and_organization"};
};

/// How far a profile's registration has come. The set is open.
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

/// What an account shares and inherits. The `allow_...` members are absent from AccountProfile::settings
/// since August 2026.
struct AccountSettings {
    std::optional<BillingModel> billing_model{};
    std::optional<bool> inherit_contacts{};
    std::optional<bool> inherit_templates{};
    std::optional<bool> inherit_tcr_brand{};
    std::optional<bool> inherit_tcr_campaign{};
    std::optional<bool> allow_contact_sharing{};
    std::optional<bool> allow_template_sharing{};
};

/// A profile of the account, in short. See Profiles::get().
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

/// Whether a channel can be used.
struct ChannelSetup {
    bool configured = false;
    std::optional<std::string> phone_number{};
    /// WhatsApp only.
    std::optional<std::string> business_name{};
};

/// The channels of an account.
struct AccountChannels {
    ChannelSetup sms{};
    ChannelSetup whatsapp{};
    ChannelSetup rcs{};
};

/// What `GET /v3/me` answers: the account that the key belongs to.
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

/// `GET /v3/me`.
struct GetAccountRequest {};

/// Something that has to be done before messages go out.
struct SetupStep {
    enum class Kind {
        fix_api_key,            ///< missing, wrong or revoked (AUTH_001, AUTH_002)
        complete_verification,  ///< the identity check, KYC (AUTH_006)
        configure_channel,      ///< no channel, or none that messages go out by (AUTH_007)
        complete_profile,       ///< a profile is incomplete, or was rejected
        wait_for_review,        ///< a profile has been submitted
        wait_for_activation,    ///< all is done but for the vendor's activation (AUTH_005)
        restore_account,        ///< suspended (BUSINESS_014)
        use_permitted_key       ///< the key's role may not do this (AUTH_004)
    };
    Kind kind = Kind::configure_channel;
    /// What to do, in a sentence.
    std::string advice{};
    /// Of the profile that it is about; empty: the account itself.
    std::string profile_id{};
};

/// What an account's owner still has to do: no channel configured, profiles that are incomplete, rejected or
/// under review. Empty: ready to send.
[[nodiscard]] SENT_EXPORT std::vector<SetupStep> remaining_setup(const Account& account);
/// The same for a call that was refused: AUTH_001 to AUTH_007, BUSINESS_014. Empty: the error has other
/// reasons.
[[nodiscard]] SENT_EXPORT std::vector<SetupStep> remaining_setup(const Error& error);
/// The same for the result of Client::me(), however it went.
[[nodiscard]] SENT_EXPORT std::vector<SetupStep> remaining_setup(const Result<Account>& account);

}  // namespace v3
}  // namespace sent

SENT_DETAIL_HASHABLE(sent::v3::AccountType);
SENT_DETAIL_HASHABLE(sent::v3::BillingModel);
SENT_DETAIL_HASHABLE(sent::v3::ProfileStatus);

SENT_DETAIL_DESCRIBE(sent::v3::AccountSettings);
SENT_DETAIL_DESCRIBE(sent::v3::AccountProfile);
SENT_DETAIL_DESCRIBE(sent::v3::ChannelSetup);
SENT_DETAIL_DESCRIBE(sent::v3::AccountChannels);
SENT_DETAIL_DESCRIBE(sent::v3::Account);
SENT_DETAIL_DESCRIBE(sent::v3::GetAccountRequest);
SENT_DETAIL_OPERATION(sent::v3::GetAccountRequest, sent::v3::Account);
