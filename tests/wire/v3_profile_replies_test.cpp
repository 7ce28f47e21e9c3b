#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "wire/v3_calls.hpp"

/// Every member of the documented profiles; the requests are in v3_profiles_test.cpp.

namespace {

using sent::Client;
using wire::at;
using wire::read_reply;

void expect_whole_contact(const std::optional<sent::BrandContact>& contact) {
    ASSERT_TRUE(contact);
    EXPECT_EQ(contact->name, "Mira Example");
    EXPECT_EQ(contact->business_name, "Example");
    EXPECT_EQ(contact->email, "mira@example.org");
    EXPECT_EQ(contact->phone, "2071838750");
    EXPECT_EQ(contact->phone_country_code, "44");
    EXPECT_EQ(contact->role, "CEO");
}

void expect_whole_business(const std::optional<sent::BrandBusiness>& business) {
    ASSERT_TRUE(business);
    EXPECT_EQ(business->legal_name, "Example Ltd");
    EXPECT_EQ(business->entity_type, sent::EntityType::private_profit);
    EXPECT_EQ(business->tax_id, "12-3456789");
    EXPECT_EQ(business->tax_id_type, "EIN");
    EXPECT_EQ(business->street, "1 Main St");
    EXPECT_EQ(business->city, "London");
    EXPECT_EQ(business->state, "LDN");
    EXPECT_EQ(business->postal_code, "EC1A 1BB");
    EXPECT_EQ(business->country, "GB");
    EXPECT_EQ(business->country_of_registration, "US");
    EXPECT_EQ(business->url, "https://example.org");
}

void expect_whole_compliance(const std::optional<sent::BrandCompliance>& compliance) {
    ASSERT_TRUE(compliance);
    EXPECT_EQ(compliance->brand_relationship, sent::BrandRelationship::key_account);
    EXPECT_EQ(compliance->vertical, sent::BrandVertical::healthcare);
    EXPECT_EQ(compliance->primary_use_case, "reminders");
    EXPECT_EQ(compliance->expected_messaging_volume, "1000");
    EXPECT_EQ(compliance->phone_number_prefix, "+44");
    EXPECT_EQ(compliance->notes, "none");
    EXPECT_EQ(compliance->is_tcr_application, true);
    ASSERT_EQ(compliance->destination_countries.size(), 2U);
    EXPECT_EQ(compliance->destination_countries[0].id, "GB");
    EXPECT_TRUE(compliance->destination_countries[0].is_main);
    EXPECT_EQ(compliance->destination_countries[1].id, "US");
    EXPECT_FALSE(compliance->destination_countries[1].is_main);
}

void expect_whole_brand(const std::optional<sent::Brand>& brand) {
    ASSERT_TRUE(brand);
    EXPECT_EQ(brand->id, wire::brand_id);
    EXPECT_EQ(brand->tcr_brand_id, "B4X1");
    EXPECT_EQ(brand->csp_id, "CSP1");
    EXPECT_EQ(brand->universal_ein, "EIN1");
    EXPECT_EQ(brand->status, sent::BrandStatus::active);
    EXPECT_EQ(brand->identity_status, sent::BrandIdentityStatus::vetted_verified);
    EXPECT_TRUE(brand->submitted_to_tcr);
    EXPECT_EQ(brand->submitted_at, at("2026-07-01T09:00:00Z"));
    EXPECT_TRUE(brand->is_inherited);
    EXPECT_EQ(brand->created_at, at("2026-07-01T08:00:00Z"));
    EXPECT_EQ(brand->updated_at, at("2026-07-02T08:00:00Z"));
    expect_whole_contact(brand->contact);
    expect_whole_business(brand->business);
    expect_whole_compliance(brand->compliance);
}

void expect_whole(const sent::Profile& profile) {
    EXPECT_EQ(profile.id, wire::profile_id);
    EXPECT_EQ(profile.organization_id, wire::organization_id);
    EXPECT_EQ(profile.name, "Clinic");
    EXPECT_EQ(profile.email, "clinic@example.org");
    EXPECT_EQ(profile.icon, "https://cdn.example.org/i.png");
    EXPECT_EQ(profile.description, "A clinic");
    EXPECT_EQ(profile.short_name, "Clinic 1");
    EXPECT_EQ(profile.status, sent::ProfileStatus::pending_review);
    EXPECT_EQ(profile.created_at, at("2026-07-01T08:00:00Z"));
    EXPECT_EQ(profile.updated_at, at("2026-07-02T09:30:00Z"));
    EXPECT_EQ(profile.billing_model, sent::BillingModel::profile_and_organization);
    ASSERT_TRUE(profile.billing_contact);
    EXPECT_EQ(profile.billing_contact->name, "Noa");
    EXPECT_EQ(profile.billing_contact->email, "noa@example.org");
    EXPECT_EQ(profile.billing_contact->phone, "+442071838752");
    EXPECT_EQ(profile.billing_contact->address, "1 Main St");
    expect_whole_brand(profile.brand);
    EXPECT_TRUE(profile.inherit_contacts);
    EXPECT_TRUE(profile.inherit_templates);
    EXPECT_TRUE(profile.inherit_tcr_brand);
    EXPECT_TRUE(profile.inherit_tcr_campaign);
    EXPECT_TRUE(profile.allow_contact_sharing);
    EXPECT_TRUE(profile.allow_template_sharing);
    EXPECT_EQ(profile.allow_number_change_during_onboarding, true);
    EXPECT_EQ(profile.sending_phone_number, "+442071838760");
    EXPECT_EQ(profile.sending_phone_number_profile_id, "11111111-2222-4333-8444-555555555551");
    EXPECT_EQ(profile.sending_whatsapp_number_profile_id, "11111111-2222-4333-8444-555555555552");
    EXPECT_EQ(profile.whatsapp_phone_number, "+442071838761");
    EXPECT_EQ(profile.waba_id, "102030405060");
}

void expect_empty_brand(const sent::Brand& brand) {
    EXPECT_EQ(brand.id, wire::brand_id);
    EXPECT_FALSE(brand.tcr_brand_id);
    EXPECT_FALSE(brand.csp_id);
    EXPECT_FALSE(brand.universal_ein);
    EXPECT_FALSE(brand.status);
    EXPECT_FALSE(brand.identity_status);
    EXPECT_FALSE(brand.submitted_to_tcr);
    EXPECT_FALSE(brand.submitted_at);
    EXPECT_FALSE(brand.is_inherited);
    EXPECT_FALSE(brand.created_at);
    EXPECT_FALSE(brand.updated_at);
    EXPECT_FALSE(brand.contact);
    EXPECT_FALSE(brand.business);
    EXPECT_FALSE(brand.compliance);
}

void expect_empty(const sent::Profile& profile, const std::string& id = wire::profile_id) {
    EXPECT_EQ(profile.id, id);
    EXPECT_FALSE(profile.organization_id);
    EXPECT_EQ(profile.name, "");
    EXPECT_FALSE(profile.email);
    EXPECT_FALSE(profile.icon);
    EXPECT_FALSE(profile.description);
    EXPECT_FALSE(profile.short_name);
    EXPECT_TRUE(profile.status.empty());
    EXPECT_FALSE(profile.created_at);
    EXPECT_FALSE(profile.updated_at);
    EXPECT_TRUE(profile.billing_model.empty());
    EXPECT_FALSE(profile.billing_contact);
    EXPECT_FALSE(profile.inherit_contacts);
    EXPECT_FALSE(profile.inherit_templates);
    EXPECT_FALSE(profile.inherit_tcr_brand);
    EXPECT_FALSE(profile.inherit_tcr_campaign);
    EXPECT_FALSE(profile.allow_contact_sharing);
    EXPECT_FALSE(profile.allow_template_sharing);
    EXPECT_FALSE(profile.allow_number_change_during_onboarding);
    EXPECT_FALSE(profile.sending_phone_number);
    EXPECT_FALSE(profile.sending_phone_number_profile_id);
    EXPECT_FALSE(profile.sending_whatsapp_number_profile_id);
    EXPECT_FALSE(profile.whatsapp_phone_number);
    EXPECT_FALSE(profile.waba_id);
}

void expect_sparse(const sent::Profile& profile) {
    expect_empty(profile);
    ASSERT_TRUE(profile.brand);
    expect_empty_brand(*profile.brand);
}

void expect_strange(const sent::Profile& profile) {
    EXPECT_EQ(profile.id, wire::profile_id);
    EXPECT_EQ(profile.status.str(), "on_holiday");
    EXPECT_EQ(profile.billing_model.str(), "barter");
    ASSERT_TRUE(profile.brand);
    EXPECT_EQ(profile.brand->status, "DORMANT");
    EXPECT_EQ(profile.brand->identity_status, "RUMOURED");
    ASSERT_TRUE(profile.brand->contact);
    EXPECT_EQ(profile.brand->contact->name, "M");
    ASSERT_TRUE(profile.brand->business);
    EXPECT_EQ(profile.brand->business->entity_type, "GUILD");
    ASSERT_TRUE(profile.brand->compliance);
    EXPECT_EQ(profile.brand->compliance->brand_relationship, "HUGE");
    EXPECT_EQ(profile.brand->compliance->vertical, "ALCHEMY");
    ASSERT_EQ(profile.brand->compliance->destination_countries.size(), 2U);
    EXPECT_EQ(profile.brand->compliance->destination_countries[0].id, "ZZ");
}

template <class Call>
void expect_profile_replies(const std::string& operation, Call call) {
    SCOPED_TRACE(operation);
    expect_whole(read_reply(operation + ".reply", call));
    expect_sparse(read_reply(operation + ".reply_nulls", call));
    expect_strange(read_reply(operation + ".reply_unknown", call));
}

TEST(V3Profiles, HaveEveryMember) {
    sent::CreateProfileRequest create;
    create.name = "Clinic";
    sent::UpdateProfileRequest update;
    update.profile_id = wire::profile_id;
    expect_profile_replies("profiles.create", [&](const Client& c) { return c.profiles().create(create); });
    expect_profile_replies("profiles.get", [](const Client& c) { return c.profiles().get("1"); });
    expect_profile_replies("profiles.update", [&](const Client& c) { return c.profiles().update(update); });
}

TEST(V3Profiles, ComeAsAWholeList) {
    const auto list = [](const Client& c) { return c.profiles().list(); };

    const auto whole = read_reply("profiles.list.reply", list);
    ASSERT_EQ(whole.items.size(), 2U);
    expect_whole(whole.items[0]);
    expect_empty(whole.items[1], "second");
    EXPECT_FALSE(whole.items[1].brand);
    wire::expect_one_page(whole);

    const auto sparse = read_reply("profiles.list.reply_nulls", list);
    ASSERT_EQ(sparse.items.size(), 2U) << "a null is no element";
    expect_sparse(sparse.items[0]);
    wire::expect_one_page(sparse);

    const auto extended = read_reply("profiles.list.reply_unknown", list);
    ASSERT_EQ(extended.items.size(), 2U);
    expect_strange(extended.items[0]);
    wire::expect_extended_totals(extended);
}

TEST(V3Profiles, AreRemoved) {
    wire::expect_done("profiles.remove.reply",
                      [](const Client& c) { return c.profiles().remove(wire::profile_id); });
}

TEST(V3Profiles, AreCompletedWithAnyOfThreeStatuses) {
    const auto complete = [](const Client& c) {
        return c.profiles().complete({wire::profile_id, "https://hooks.example.org/done"});
    };

    const auto done = read_reply("profiles.complete.reply", complete);
    EXPECT_EQ(done.status, sent::ProfileStatus::completed);
    EXPECT_EQ(done.message, "The profile is complete.");
    const auto running = read_reply("profiles.complete.reply_running", complete);
    EXPECT_FALSE(running.status);
    EXPECT_EQ(running.message, "The profile is being completed.");
    const auto silent = read_reply("profiles.complete.reply_empty", complete);
    EXPECT_FALSE(silent.status);
    EXPECT_FALSE(silent.message);

    const auto sparse = read_reply("profiles.complete.reply_nulls", complete);
    EXPECT_FALSE(sparse.status);
    EXPECT_FALSE(sparse.message);
    EXPECT_EQ(read_reply("profiles.complete.reply_unknown", complete).status, "half_done");
}

}  // namespace
