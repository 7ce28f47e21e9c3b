#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "wire/request_cases.hpp"
#include "wire/v3_calls.hpp"

/// What profiles are asked for; the replies are in v3_profile_replies_test.cpp.

namespace {

using sent::Client;
using wire::Requests;

sent::BrandInput brand() {
    sent::BrandInput brand;
    brand.contact.name = "Mira Example";
    brand.contact.business_name = "Example";
    brand.contact.email = "mira@example.org";
    brand.contact.phone = "2071838750";
    brand.contact.phone_country_code = "44";
    brand.contact.role = "CEO";
    brand.compliance.brand_relationship = sent::BrandRelationship::key_account;
    brand.compliance.vertical = sent::BrandVertical::healthcare;
    brand.compliance.destination_countries = {{"GB", true}, {"US", false}};
    brand.compliance.is_tcr_application = true;
    brand.compliance.phone_number_prefix = "+44";
    brand.compliance.primary_use_case = "reminders";
    brand.compliance.notes = "none";
    auto& business = brand.business.emplace();
    business.legal_name = "Example Ltd";
    business.entity_type = sent::EntityType::private_profit;
    business.tax_id = "12-3456789";
    business.tax_id_type = "EIN";
    business.street = "1 Main St";
    business.city = "London";
    business.state = "LDN";
    business.postal_code = "EC1A 1BB";
    business.country = "GB";
    business.country_of_registration = "US";
    business.url = "https://example.org";
    return brand;
}

/// The members that create and update share.
template <class Request>
void fill(Request& request) {
    request.name = "Clinic";
    request.icon = "https://cdn.example.org/i.png";
    request.description = "A clinic";
    request.short_name = "Clinic 1";
    request.billing_model = sent::BillingModel::profile;
    request.billing_contact = sent::BillingContact{"Noa", "noa@example.org", "+442071838752", "1 Main St"};
    request.payment_details = sent::PaymentDetails{"4111111111111111", "04/29", "123", "10115"};
    request.brand = brand();
    request.inherit_contacts = false;
    request.inherit_templates = true;
    request.inherit_tcr_brand = false;
    request.inherit_tcr_campaign = true;
    request.allow_contact_sharing = false;
    request.allow_template_sharing = true;
}

sent::CreateProfileRequest create_named() {
    sent::CreateProfileRequest request;
    request.name = "Clinic";
    return request;
}

sent::CreateProfileRequest create_whole() {
    sent::CreateProfileRequest request;
    fill(request);
    request.whatsapp_business_account = sent::WhatsappBusinessAccount{"102030405060", "EAAB-secret", "7788"};
    return request;
}

sent::UpdateProfileRequest update() {
    sent::UpdateProfileRequest request;
    request.profile_id = wire::profile_id;
    return request;
}

sent::UpdateProfileRequest update_everything() {
    auto request = update();
    fill(request);
    request.allow_number_change_during_onboarding = true;
    request.sending_phone_number = "+442071838760";
    request.sending_phone_number_profile_id = "11111111-2222-4333-8444-555555555551";
    request.sending_whatsapp_number_profile_id = "11111111-2222-4333-8444-555555555552";
    request.whatsapp_phone_number = "+442071838761";
    return request;
}

sent::UpdateProfileRequest clear_everything() {
    auto request = update();
    request.name = sent::null;
    request.icon = sent::null;
    request.description = sent::null;
    request.short_name = sent::null;
    request.billing_model = sent::null;
    request.billing_contact = sent::null;
    request.payment_details = sent::null;
    request.brand = sent::null;
    request.inherit_contacts = sent::null;
    request.inherit_templates = sent::null;
    request.inherit_tcr_brand = sent::null;
    request.inherit_tcr_campaign = sent::null;
    request.allow_contact_sharing = sent::null;
    request.allow_template_sharing = sent::null;
    request.allow_number_change_during_onboarding = sent::null;
    request.sending_phone_number = sent::null;
    request.sending_phone_number_profile_id = sent::null;
    request.sending_whatsapp_number_profile_id = sent::null;
    request.whatsapp_phone_number = sent::null;
    return request;
}

std::vector<wire::RequestCase> profile_requests() {
    const auto create = [](const sent::CreateProfileRequest& request, const sent::CallOptions& options) {
        return [=](const Client& c) { (void)c.profiles().create(request, options); };
    };
    const auto change = [](const sent::UpdateProfileRequest& request, const sent::CallOptions& options) {
        return [=](const Client& c) { (void)c.profiles().update(request, options); };
    };
    const auto complete = [](const sent::CallOptions& options) {
        return [=](const Client& c) {
            (void)c.profiles().complete({wire::profile_id, "https://hooks.example.org/done"}, options);
        };
    };
    auto renamed = update();
    renamed.name = "Clinic";
    const auto keyed = wire::keyed();
    const auto simulated = wire::in_sandbox(keyed);
    return {
        {"v3/profiles.create.minimal", create(create_named(), keyed)},
        {"v3/profiles.create.full", create(create_whole(), keyed)},
        {"v3/profiles.create.sandbox", create(create_named(), simulated)},
        {"v3/profiles.list.minimal", [](const Client& c) { (void)c.profiles().list(); }},
        {"v3/profiles.get.minimal", [](const Client& c) { (void)c.profiles().get(wire::profile_id); }},
        {"v3/profiles.update.minimal", change(update(), keyed)},
        {"v3/profiles.update.full", change(update_everything(), keyed)},
        {"v3/profiles.update.nulls", change(clear_everything(), keyed)},
        {"v3/profiles.update.sandbox", change(renamed, simulated)},
        {"v3/profiles.remove.minimal", [](const Client& c) { (void)c.profiles().remove(wire::profile_id); }},
        {"v3/profiles.remove.sandbox",
         [](const Client& c) { (void)c.profiles().remove(wire::profile_id, wire::in_sandbox()); }},
        {"v3/profiles.complete.minimal", complete(keyed)},
        {"v3/profiles.complete.sandbox", complete(simulated)},
    };
}

INSTANTIATE_TEST_SUITE_P(V3Profiles, Requests, ::testing::ValuesIn(profile_requests()), wire::name_of_case);

}  // namespace
