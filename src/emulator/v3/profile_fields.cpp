#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "base/text/ascii.hpp"
#include "emulator/v3/brand.hpp"
#include "emulator/v3/profiles.hpp"
#include "emulator/v3/reply.hpp"

namespace sent::testing::emulator {
namespace {

constexpr auto bad_form = "VALIDATION_001";

using detail::is_alphanumeric;
using detail::is_digit;
using detail::is_letter;

bool is_digits(const std::string& text, std::size_t fewest, std::size_t most) {
    return text.size() >= fewest && text.size() <= most && std::all_of(text.begin(), text.end(), is_digit);
}

// Matches "MM/YY".
bool is_expiry(const std::string& text) {
    return text.size() == 5 && text[2] == '/' && is_digits(text.substr(3), 2, 2) &&
           text.substr(0, 2) >= "01" && text.substr(0, 2) <= "12" && is_digit(text[1]);
}

// Takes the value of a member if it is present, even if it is null. Otherwise keeps the old value.
template <typename Value>
void replace_if_given(const Fields& fields, const char* name, Value& old, Value value) {
    if (fields.given(name)) {
        old = std::move(value);
    }
}

void read_text(Fields& fields, const char* name, std::optional<std::string>& into) {
    replace_if_given(fields, name, into, fields.text(name));
}

void read_number(Fields& fields, const char* name, std::optional<std::string>& into) {
    const auto number = fields.number(name);
    replace_if_given(fields, name, into, number ? std::optional<std::string>(number->e164) : std::nullopt);
}

void read_flag(Fields& fields, const char* name, bool& into, bool if_null) {
    replace_if_given(fields, name, into, fields.flag(name).value_or(if_null));
}

Json read_billing_contact(Fields& fields) {
    auto contact = fields.object("billing_contact");
    if (!contact) {
        return {};
    }
    contact->required_text("name");
    contact->required_text("email");
    Json result = Json::object();
    for (const char* name : {"name", "email", "phone", "address"}) {
        result[name] = value_or_null(contact->text(name));
    }
    return result;
}

void read_billing(Fields& fields, Profile& into) {
    const bool had_contact = !into.billing_contact.is_null();
    const auto model =
        fields.one_of("billing_model", {"profile", "organization", "profile_and_organization"});
    replace_if_given(fields, "billing_model", into.billing_model, model.value_or("profile"));
    replace_if_given(fields, "billing_contact", into.billing_contact, read_billing_contact(fields));
    // A profile without billing members does not need a contact, although "profile" is the default model.
    const bool asked = model || had_contact;
    if (asked && into.billing_model != "organization" && into.billing_contact.is_null()) {
        fields.fail("billing_contact", "VALIDATION_004", "is required by this billing_model");
    }
}

// Only checks the card: it is not kept, and no message repeats a part of it.
void check_payment_details(Fields& fields, const Profile& profile) {
    auto card = fields.object("payment_details");
    if (!card) {
        return;
    }
    if (profile.billing_model == "organization") {
        fields.fail("payment_details", bad_form, "is not allowed when the organization pays");
    }
    const auto number = card->required_text("card_number");
    if (number && !is_digits(*number, 13, 19)) {
        card->fail("card_number", bad_form, "must be 13 to 19 digits");
    }
    const auto expiry = card->required_text("expiry");
    if (expiry && !is_expiry(*expiry)) {
        card->fail("expiry", bad_form, "must be MM/YY");
    }
    const auto cvc = card->required_text("cvc");
    if (cvc && !is_digits(*cvc, 3, 4)) {
        card->fail("cvc", bad_form, "must be 3 or 4 digits");
    }
    card->required_text("zip_code");
}

// A profile either inherits the organization's brand or has its own.
void read_brand_of_profile(Fields& fields, Profile& into, Time now) {
    replace_if_given(fields, "brand", into.brand, read_brand(fields, into.brand, now));
    const bool brings_one = fields.raw("brand").is_object();
    if (brings_one && fields.raw("inherit_tcr_brand") == true) {
        fields.fail("brand", bad_form, "must not be given when inherit_tcr_brand is true");
    }
    into.inherit_tcr_brand = into.inherit_tcr_brand && !brings_one;
    read_flag(fields, "inherit_tcr_brand", into.inherit_tcr_brand, !brings_one);
}

// Accepted, but without effect since August 2026.
void check_ignored_members(Fields& fields) {
    for (const char* name :
         {"inherit_contacts", "inherit_templates", "allow_contact_sharing", "allow_template_sharing"}) {
        fields.flag(name);
    }
    for (const char* name : {"sending_phone_number_profile_id", "sending_whatsapp_number_profile_id"}) {
        fields.text(name);
    }
}

// Reads the members that POST and PATCH have in common.
void read_profile_members(Fields& fields, Profile& into, Time now) {
    // A profile always has a name, so null does not change it.
    into.name = fields.text("name").value_or(into.name);
    read_text(fields, "icon", into.icon);
    read_text(fields, "description", into.description);
    read_text(fields, "short_name", into.short_name);
    if (fields.given("short_name") && into.short_name && !is_short_name(*into.short_name)) {
        fields.fail("short_name", bad_form,
                    "must be 3 to 11 letters, digits and spaces, with at least one letter");
    }
    read_billing(fields, into);
    check_payment_details(fields, into);
    read_brand_of_profile(fields, into, now);
    read_flag(fields, "inherit_tcr_campaign", into.inherit_tcr_campaign, true);
    check_ignored_members(fields);
}

}  // namespace

bool is_short_name(const std::string& text) {
    return text.size() >= 3 && text.size() <= 11 && std::any_of(text.begin(), text.end(), is_letter) &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_alphanumeric(c) || c == ' '; });
}

void read_profile_changes(Fields& fields, Profile& into, Time now) {
    read_profile_members(fields, into, now);
    if (fields.given("name") && into.name.empty()) {
        fields.fail("name", "VALIDATION_004", "must not be empty");
    }
    replace_if_given(fields, "allow_number_change_during_onboarding", into.allow_number_change,
                     fields.flag("allow_number_change_during_onboarding"));
    read_number(fields, "sending_phone_number", into.sending_number);
    read_number(fields, "whatsapp_phone_number", into.whatsapp_number);
}

void read_new_profile(Fields& fields, Profile& into, Time now) {
    fields.required_text("name");
    read_profile_members(fields, into, now);
    if (auto account = fields.object("whatsapp_business_account")) {
        into.waba_id = account->required_text("waba_id");
        account->required_text("access_token");  // a secret, which is not kept
        account->text("phone_number_id");
    }
}

}  // namespace sent::testing::emulator
