#include <sent/v3/account.hpp>

#include "json/field.hpp"
#include "operations/v3/routes.hpp"

namespace sent::detail {
namespace {

constexpr Field account_settings_fields[] = {
    field<&AccountSettings::billing_model>("billing_model"),
    field<&AccountSettings::inherit_contacts>("inherit_contacts"),
    field<&AccountSettings::inherit_templates>("inherit_templates"),
    field<&AccountSettings::inherit_tcr_brand>("inherit_tcr_brand"),
    field<&AccountSettings::inherit_tcr_campaign>("inherit_tcr_campaign"),
    field<&AccountSettings::allow_contact_sharing>("allow_contact_sharing"),
    field<&AccountSettings::allow_template_sharing>("allow_template_sharing"),
};
constexpr StructInfo account_settings_info{"v3::AccountSettings", account_settings_fields};

constexpr Field account_profile_fields[] = {
    field<&AccountProfile::id>("id"),
    field<&AccountProfile::name>("name"),
    field<&AccountProfile::icon>("icon"),
    field<&AccountProfile::description>("description"),
    field<&AccountProfile::short_name>("short_name"),
    field<&AccountProfile::role>("role"),
    field<&AccountProfile::status>("status"),
    field<&AccountProfile::created_at>("created_at"),
    field<&AccountProfile::settings>("settings"),
};
constexpr StructInfo account_profile_info{"v3::AccountProfile", account_profile_fields};

constexpr Field channel_setup_fields[] = {
    field<&ChannelSetup::configured>("configured"),
    field<&ChannelSetup::phone_number>("phone_number"),
    field<&ChannelSetup::business_name>("business_name"),
};
constexpr StructInfo channel_setup_info{"v3::ChannelSetup", channel_setup_fields};

constexpr Field account_channels_fields[] = {
    field<&AccountChannels::sms>("sms"),
    field<&AccountChannels::whatsapp>("whatsapp"),
    field<&AccountChannels::rcs>("rcs"),
};
constexpr StructInfo account_channels_info{"v3::AccountChannels", account_channels_fields};

constexpr Field account_fields[] = {
    field<&Account::id>("id"),
    field<&Account::type>("type"),
    field<&Account::name>("name"),
    field<&Account::email>("email"),
    field<&Account::icon>("icon"),
    field<&Account::description>("description"),
    field<&Account::created_at>("created_at"),
    field<&Account::organization_id>("organization_id"),
    field<&Account::short_name>("short_name"),
    field<&Account::status>("status"),
    field<&Account::settings>("settings"),
    field<&Account::profiles>("profiles"),
    field<&Account::channels>("channels"),
    field<&Account::sending_phone_number>("sending_phone_number"),
    field<&Account::sending_phone_number_profile_id>("sending_phone_number_profile_id"),
};
constexpr StructInfo account_info{"v3::Account", account_fields};

constexpr StructInfo get_account_info{"v3::GetAccountRequest"};

constexpr Route get_account_route = v3_read_route("v3.me", "/v3/me", get_account_info, account_info);

}  // namespace

const StructInfo& Described<AccountSettings>::info() noexcept {
    return account_settings_info;
}
const StructInfo& Described<AccountProfile>::info() noexcept {
    return account_profile_info;
}
const StructInfo& Described<ChannelSetup>::info() noexcept {
    return channel_setup_info;
}
const StructInfo& Described<AccountChannels>::info() noexcept {
    return account_channels_info;
}
const StructInfo& Described<Account>::info() noexcept {
    return account_info;
}
const StructInfo& Described<GetAccountRequest>::info() noexcept {
    return get_account_info;
}

}  // namespace sent::detail

namespace sent {

const Route& operation<GetAccountRequest>::route() noexcept {
    return detail::get_account_route;
}

Result<Account> Client::me(const CallOptions& options) const {
    return call(GetAccountRequest{}, options);
}

}  // namespace sent
