#include <sent/v3/account.hpp>

#include "json/field.hpp"
#include "operations/rows.hpp"

namespace sent::detail {
SENT_TABLE(AccountSettings,
           field<&AccountSettings::billing_model>("billing_model"),
           field<&AccountSettings::inherit_contacts>("inherit_contacts"),
           field<&AccountSettings::inherit_templates>("inherit_templates"),
           field<&AccountSettings::inherit_tcr_brand>("inherit_tcr_brand"),
           field<&AccountSettings::inherit_tcr_campaign>("inherit_tcr_campaign"),
           field<&AccountSettings::allow_contact_sharing>("allow_contact_sharing"),
           field<&AccountSettings::allow_template_sharing>("allow_template_sharing"));
SENT_TABLE(AccountProfile,
           field<&AccountProfile::id>("id"),
           field<&AccountProfile::name>("name"),
           field<&AccountProfile::icon>("icon"),
           field<&AccountProfile::description>("description"),
           field<&AccountProfile::short_name>("short_name"),
           field<&AccountProfile::role>("role"),
           field<&AccountProfile::status>("status"),
           field<&AccountProfile::created_at>("created_at"),
           field<&AccountProfile::settings>("settings"));
SENT_TABLE(ChannelSetup,
           field<&ChannelSetup::configured>("configured"),
           field<&ChannelSetup::phone_number>("phone_number"),
           field<&ChannelSetup::business_name>("business_name"));
SENT_TABLE(AccountChannels,
           field<&AccountChannels::sms>("sms"),
           field<&AccountChannels::whatsapp>("whatsapp"),
           field<&AccountChannels::rcs>("rcs"));
SENT_TABLE(Account,
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
           field<&Account::sending_phone_number_profile_id>("sending_phone_number_profile_id"));
SENT_EMPTY_TABLE(GetAccountRequest);

SENT_OPERATION(GetAccountRequest, read("v3.me", "/v3/me", "Get the account that the API key belongs to"));

SENT_OPERATIONS(v3_account, GetAccountRequest);

}  // namespace sent::detail

namespace sent {

Result<Account> Client::me(const CallOptions& options) const {
    return call(GetAccountRequest{}, options);
}

}  // namespace sent
