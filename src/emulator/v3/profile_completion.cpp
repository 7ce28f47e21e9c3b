#include <algorithm>
#include <string>
#include <utility>

#include "emulator/state/account.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/profiles.hpp"

namespace sent::testing::emulator {
namespace {

struct End {
    const char* status;    // new status of the profile
    const char* reported;  // status that the callback receives
};

bool has_campaign(const World& world, const Profile& profile) {
    const auto& campaigns = world.store.campaigns;
    return std::any_of(campaigns.begin(), campaigns.end(),
                       [&profile](const Campaign& campaign) { return campaign.profile == profile.id; });
}

bool is_registry_application(const Profile& profile) {
    return profile.brand && member(profile.brand->compliance, "is_tcr_application") == true;
}

bool has_main_country(const Profile& profile) {
    const auto& countries = member(profile.brand->compliance, "destination_countries");
    return std::any_of(countries.begin(), countries.end(),
                       [](const Json& country) { return member(country, "isMain") == true; });
}

// An inherited brand is registered already. Others go to the registry or to a review.
End end_of(const World& world, const Profile& profile) {
    constexpr End failed{"incomplete", "failed"};
    constexpr End submitted{"submitted", "SUBMITTED"};
    constexpr End completed{"completed", "COMPLETED"};
    if (!has_channel(world.account, "sms") && !has_channel(world.account, "whatsapp")) {
        return submitted;
    }
    if (!profile.brand) {
        return profile.inherit_tcr_brand ? completed : failed;
    }
    if (!is_registry_application(profile)) {
        return has_main_country(profile) ? submitted : completed;
    }
    return profile.inherit_tcr_campaign || has_campaign(world, profile) ? submitted : failed;
}

void submit(World& world, Profile& profile, Time time) {
    profile.brand->submitted_at = time;
    for (auto& campaign : world.store.campaigns) {
        if (campaign.profile != profile.id || campaign.submitted_at) {
            continue;
        }
        if (auto* row = world.store.campaigns.find(campaign.id)) {
            row->submitted_at = time;
        }
    }
}

void finish(World& world, const std::string& id, const std::string& url, Time time) {
    auto* profile = world.store.profiles.find(id);
    if (profile == nullptr || profile->deleted) {
        return;
    }
    const auto end = end_of(world, *profile);
    profile->status = end.status;
    profile->updated_at = time;
    if (is_complete(*profile) && is_registry_application(*profile)) {
        submit(world, *profile, time);
    }
    const Json body{{"profile_id", id}, {"status", end.reported}};
    world.webhooks.add({url, {}, "profile." + to_lower(end.reported), {}, to_text(body)});
}

}  // namespace

bool is_complete(const Profile& profile) {
    return profile.status == "completed" || profile.status == "submitted";
}

void start_completion(World& world, Profile& profile, const std::string& url) {
    if (profile.status == "in_progress") {
        return;
    }
    profile.status = "in_progress";
    world.at(world.now() + world.options().template_approval_delay,
             [&world, id = profile.id, url](Time time) { finish(world, id, url, time); });
}

}  // namespace sent::testing::emulator
