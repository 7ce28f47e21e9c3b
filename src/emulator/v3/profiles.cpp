#include "emulator/v3/profiles.hpp"

#include <utility>

#include "emulator/http/url.hpp"
#include "emulator/json_reply.hpp"
#include "emulator/state/account.hpp"
#include "emulator/state/ids.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/brand.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/routes.hpp"
#include "emulator/v3/rows.hpp"

namespace sent::testing::emulator {
namespace {

std::string path_profile(const Call& call) {
    return path_uuid(call, 0, "profileId");
}

Profile& profile_of_path(const Call& call) {
    return row_or_refuse(find_profile(call, path_profile(call)), no_profile);
}

Profile new_profile(const Call& call) {
    Problems problems;
    Fields fields(call.body, problems);
    Profile profile{make_guid(), {}, make_guid(), call.world.now()};
    read_new_profile(fields, profile, call.world.now());
    problems.refuse_if_any();
    return profile;
}

// A profile without a WhatsApp Business Account shares the organization's.
void refuse_without_waba(const Call& call, const Profile& profile) {
    if (!profile.waba_id && !has_channel(call.world.account, "whatsapp")) {
        throw Refusal("BUSINESS_007",
                      "Neither the profile nor its organization has a WhatsApp business account")
            .with_status(422);
    }
}

Reply create_profile(Call& call) {
    auto profile = new_profile(call);
    refuse_without_waba(call, profile);
    if (!call.profile.empty()) {
        throw Refusal("AUTH_004", "Profiles belong to organizations, not to profiles");
    }
    if (call.sandbox) {
        return success(call, profile_view(call.world, profile), 201);
    }
    return success(call, profile_view(call.world, call.world.store.profiles.add(std::move(profile))), 201);
}

Reply list_profiles(Call& call) {
    Json profiles = Json::array();
    for (const auto& profile : call.world.store.profiles) {
        if (find_profile(call, profile.id) != nullptr) {
            profiles.push_back(profile_view(call.world, profile));
        }
    }
    return success(call, Json{{"profiles", std::move(profiles)}, {"pagination", nullptr}});
}

Reply get_profile(Call& call) {
    return success(call, profile_view(call.world, profile_of_path(call)));
}

Reply update_profile(Call& call) {
    Profile made_up{path_profile(call), "Sandbox", {}, call.world.now()};
    auto& profile = row_to_change(call, find_profile(call, made_up.id), made_up, no_profile);
    Problems problems;
    Fields fields(call.body, problems);
    Profile changed = profile;
    read_profile_changes(fields, changed, call.world.now());
    problems.refuse_if_any();
    changed.updated_at = call.world.now();
    profile = std::move(changed);
    return success(call, profile_view(call.world, profile));
}

Reply delete_profile(Call& call) {
    const auto id = path_profile(call);
    if (!call.sandbox) {
        row_or_refuse(find_profile(call, id), no_profile).deleted = true;
    }
    return no_content();
}

std::string read_callback(const Call& call) {
    Problems problems;
    Fields fields(call.body, problems);
    const auto url = fields.required_text("webHookUrl");
    if (url && !parse_url(*url)) {
        fields.fail("webHookUrl", "VALIDATION_001", "must be an absolute http or https URL");
    }
    problems.refuse_if_any();
    return url.value();
}

Reply complete_profile(Call& call) {
    const auto id = path_profile(call);
    const auto url = read_callback(call);
    if (!call.sandbox) {
        auto& profile = row_or_refuse(find_profile(call, id), no_profile);
        if (is_complete(profile)) {
            return success(call,
                           Json{{"status", profile.status}, {"message", "The profile is complete already"}});
        }
        start_completion(call.world, profile, url);
    }
    return success(call, Json{{"message", "The profile is being completed"}}, 202);
}

// Returns the organization's id if the profile has none.
Json waba_id_view(const World& world, const Profile& profile) {
    const bool shared = !profile.waba_id && has_channel(world.account, "whatsapp");
    return shared ? Json(organization_waba_id) : value_or_null(profile.waba_id);
}

}  // namespace

Profile* find_profile(const Call& call, const std::string& id) {
    auto* found = call.world.store.profiles.find(id);
    const bool visible = call.profile.empty() || call.profile == id;
    return found == nullptr || found->deleted || !visible ? nullptr : found;
}

Json profile_settings_view(const Profile& profile) {
    return Json{{"billing_model", profile.billing_model},
                {"inherit_contacts", true},
                {"inherit_templates", true},
                {"inherit_tcr_brand", profile.inherit_tcr_brand},
                {"inherit_tcr_campaign", profile.inherit_tcr_campaign},
                {"allow_contact_sharing", false},
                {"allow_template_sharing", false}};
}

Json profile_view(const World& world, const Profile& profile) {
    Json view{{"id", profile.id},
              {"organization_id", world.options().sender_id},
              {"name", profile.name},
              {"email", organization_email},
              {"icon", value_or_null(profile.icon)},
              {"description", value_or_null(profile.description)},
              {"short_name", value_or_null(profile.short_name)},
              {"status", profile.status},
              {"created_at", precise_timestamp(profile.created_at)},
              {"updated_at", time_or_null(profile.updated_at)}};
    view.update(profile_settings_view(profile));
    view["billing_contact"] = profile.billing_contact;
    view["brand"] = brand_view(profile.brand);
    view["allow_number_change_during_onboarding"] = value_or_null(profile.allow_number_change);
    view["sending_phone_number"] = value_or_null(profile.sending_number);
    view["sending_phone_number_profile_id"] = nullptr;
    view["sending_whatsapp_number_profile_id"] = nullptr;
    view["whatsapp_phone_number"] = value_or_null(profile.whatsapp_number);
    view["waba_id"] = waba_id_view(world, profile);
    return view;
}

Endpoints v3_profiles_routes() {
    constexpr auto access = Access::v3;
    return {
        {"POST", "/v3/profiles", access, ExpectedBody::object, create_profile, v3_write},
        {"GET", "/v3/profiles", access, ExpectedBody::none, list_profiles, v3_read},
        {"GET", "/v3/profiles/{profileId}", access, ExpectedBody::none, get_profile, v3_read},
        {"PATCH", "/v3/profiles/{profileId}", access, ExpectedBody::object, update_profile, v3_write},
        {"DELETE", "/v3/profiles/{profileId}", access, ExpectedBody::optional_object, delete_profile,
         v3_removal},
        {"POST", "/v3/profiles/{profileId}/complete", access, ExpectedBody::object, complete_profile,
         v3_sensitive_write},
    };
}

}  // namespace sent::testing::emulator
